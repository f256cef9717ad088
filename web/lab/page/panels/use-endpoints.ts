import type { HostId } from '../../net/link-settings.ts';
import type { Run } from '../../net/run.ts';
import type { TcpView } from '../../stack/tcp-view.ts';
import { useLab, useLabState } from '../lab-context.tsx';
import type { Flow, PacketBook } from '../packet-book.ts';
import { useSlowTurn } from '../use-slow-turn.ts';
import { closedView } from './closed-view.ts';

/** Both ends of the connection that is looked at; `null` where a host has none. */
export interface Endpoints {
  readonly flow: Flow | null;
  readonly a: TcpView | null;
  readonly b: TcpView | null;
  readonly now: number;
  /** Packets have flown, and none of them was TCP's. */
  readonly hasNoTcp: boolean;
}

/** Numbers that change more often cannot be read. */
const NUMBERS_MS = 60;

/** The ends of the chosen packet's connection, else of the first one; looked at again after so many milliseconds at most. */
export function useEndpoints(everyMs = NUMBERS_MS): Endpoints {
  const { book } = useLab();
  const run = useLabState((state) => state.run);
  const selected = useLabState((state) => state.selected);
  useSlowTurn(everyMs);
  const chosen = selected === null ? undefined : book.get(selected)?.flow;
  const flow = (chosen?.protocol === 'tcp' ? chosen : book.flows.find(({ protocol }) => protocol === 'tcp')) ?? null;
  const hasNoTcp = flow === null && book.flows.length > 0;
  return { flow, hasNoTcp, a: endpointOf(run, book, flow, 'a'), b: endpointOf(run, book, flow, 'b'), now: run.now };
}

/** The newest connection of a flow on a host, as it is or as it ended; its listener before there is one. */
function endpointOf(
  run: Pick<Run, 'views' | 'history'>,
  book: PacketBook,
  flow: Flow | null,
  host: HostId,
): TcpView | null {
  const views = run.views(host);
  const connection = flow ? book.connectionsOf(flow, host).at(-1) : undefined;
  if (!flow || connection === undefined) {
    const port = flow?.[host].port;
    return views.find(({ state, local }) => state === 'LISTEN' && (port === undefined || local.port === port)) ?? null;
  }
  const live = views.find((view) => view.connection === connection);
  const last = run.history(host, connection).at(-1);
  return live ?? (last ? closedView(last, connection, book, flow, host) : null);
}
