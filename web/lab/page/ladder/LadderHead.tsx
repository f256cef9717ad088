import type { ReactNode } from 'react';
import type { HostId } from '../../net/link-settings.ts';
import { useLabState } from '../lab-context.tsx';
import type { Flow } from '../packet-book.ts';
import { useNames } from '../use-names.ts';
import s from './Ladder.module.css';
import type { Columns } from './ladder-geometry.ts';

/** Props of {@link LadderHead}. */
export interface LadderHeadProps {
  readonly columns: Columns;
  readonly flow: Flow | null;
  readonly children: ReactNode;
}

/** The hosts above their lifelines. */
export function LadderHead({ columns, flow, children }: LadderHeadProps) {
  return (
    <div className={s.head}>
      <HostName host="a" x={columns.a} flow={flow} />
      <HostName host="b" x={columns.b} flow={flow} />
      {children}
    </div>
  );
}

function HostName({ host, x, flow }: { readonly host: HostId; readonly x: number; readonly flow: Flow | null }) {
  const names = useNames();
  const { hosts } = useLabState((state) => state.run.setup);
  const port = flow?.[host].port;
  return (
    <span className={s.host} data-host={host} style={{ left: x }}>
      <b>{names[host]}</b> <span>{hosts[host].address + (port ? `:${port}` : '')}</span>
    </span>
  );
}
