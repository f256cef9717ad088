/** The states of a connection along the lifelines. */

import type { TcpState } from '#packets/tcp-state.ts';
import type { HostId } from '../../net/link-settings.ts';
import type { RunEvent } from '../../net/run-event.ts';
import type { Flow, PacketBook } from '../packet-book.ts';
import type { LadderLayout } from './ladder-layout.ts';

/** A stretch of a lifeline in one state. */
export interface RibbonPiece {
  readonly host: HostId;
  readonly state: TcpState;
  readonly from: number;
  readonly to: number;
}

/** Whose states are drawn, by host. */
export type RibbonChoice = Readonly<Record<HostId, ReadonlySet<number>>>;

/** The connections of a flow on both hosts, and the listeners that they came from; without a flow, all listeners. */
export function ribbonChoice(events: readonly RunEvent[], book: PacketBook, flow: Flow | null): RibbonChoice {
  const choice = {
    a: new Set(flow ? book.connectionsOf(flow, 'a') : []),
    b: new Set(flow ? book.connectionsOf(flow, 'b') : []),
  };
  const ports = new Map<string, number>();
  for (const event of events) {
    if (event.kind === 'call' && event.call.call === 'tcp.listen')
      ports.set(`${event.host}${event.call.socket}`, event.answer.ok ? event.answer.value : event.call.port);
    if (event.kind !== 'state' || event.to !== 'LISTEN') continue;
    const port = ports.get(`${event.host}${event.socket}`);
    if (!flow || port === flow[event.host].port) choice[event.host].add(event.connection);
  }
  return choice;
}

/** The pieces of both lifelines, from the top to `endY`. */
export function ribbonOf(
  events: readonly RunEvent[],
  choice: RibbonChoice,
  layout: LadderLayout,
  endY: number,
): readonly RibbonPiece[] {
  const pieces: RibbonPiece[] = [];
  const open: Partial<Record<HostId, { readonly state: TcpState; readonly from: number }>> = {};
  for (const { event: index, y } of layout.rows) {
    const event = events[index];
    if (event?.kind !== 'state' || !choice[event.host].has(event.connection)) continue;
    close(pieces, event.host, open[event.host], y);
    open[event.host] = { state: event.to, from: y };
  }
  close(pieces, 'a', open.a, endY);
  close(pieces, 'b', open.b, endY);
  return pieces;
}

function close(
  pieces: RibbonPiece[],
  host: HostId,
  piece: { readonly state: TcpState; readonly from: number } | undefined,
  to: number,
): void {
  if (piece && piece.state !== 'CLOSED' && to > piece.from) pieces.push({ host, ...piece, to });
}

/** What a state means for the colour of its ribbon; its name is always written, too. */
export type StateTone = 'waiting' | 'open' | 'closing' | 'idle';

const TONES: Readonly<Record<TcpState, StateTone>> = {
  CLOSED: 'idle',
  LISTEN: 'idle',
  'SYN-SENT': 'waiting',
  'SYN-RECEIVED': 'waiting',
  ESTABLISHED: 'open',
  'FIN-WAIT-1': 'closing',
  'FIN-WAIT-2': 'closing',
  'CLOSE-WAIT': 'closing',
  CLOSING: 'closing',
  'LAST-ACK': 'closing',
  'TIME-WAIT': 'idle',
};

/** The tone of a state. */
export function toneOf(state: TcpState): StateTone {
  return TONES[state];
}
