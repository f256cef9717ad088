import { useTranslation } from 'react-i18next';
import { formatMs } from '../../../workbench/format.ts';
import type { HostId } from '../../net/link-settings.ts';
import type { RunEvent } from '../../net/run-event.ts';
import { useLabState } from '../lab-context.tsx';
import { useNames } from '../use-names.ts';
import s from './Panels.module.css';

/** Lines shown of one host; a program that prints without end must not make the page slow. */
const MAX_LINES = 200;

/** Props of {@link OutputPanel}. */
export interface OutputPanelProps {
  readonly host: HostId;
  /** Its number on the host; left out: all programs of the host. */
  readonly program?: number;
}

/** What programs of a host print, and why one failed. */
export function OutputPanel({ host, program }: OutputPanelProps) {
  const { t } = useTranslation('lab');
  const names = useNames();
  const run = useLabState((state) => state.run);
  useLabState((state) => state.turn);
  const name = program === undefined ? null : run.setup.programs[host][program]?.name;
  const label = [t('program.output', { host: names[host] }), name ?? ''].join(' ').trim();
  const isShown = (event: RunEvent): boolean =>
    event.kind === 'output' && event.host === host && (program === undefined || event.program === program);
  const lines = run.events.filter(isShown).slice(-MAX_LINES);
  return (
    <section className={s.output} aria-label={label}>
      {lines.length === 0 ? <p className={s.quiet}>{t('program.quiet')}</p> : null}
      <ol>
        {lines.map((event, index) =>
          event.kind === 'output' ? (
            // biome-ignore lint/suspicious/noArrayIndexKey: lines are never reordered, and two may be alike
            <li key={index} data-failed={event.failed}>
              <span className={s.at}>{formatMs(event.at)}</span> {event.failed ? `${t('program.failed')} ` : ''}
              {event.line === null ? '' : `${t('program.line', { line: event.line })} `}
              {event.text}
            </li>
          ) : null,
        )}
      </ol>
    </section>
  );
}
