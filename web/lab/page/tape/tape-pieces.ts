/** The octets of one direction, and what each stretch of them is at this moment. */
import { distance } from '#packets/sequence.ts';
import type { TcpView } from '../../stack/tcp-view.ts';

/** What octets are: gone through, on their way, held beyond a gap, waiting, or allowed. */
export type TapeKind = 'acknowledged' | 'flight' | 'held' | 'queued' | 'usable';

/** A stretch of the tape. Numbers count from the sender's SYN, which is number 0; the end is left out. */
export interface TapePiece {
  readonly kind: TapeKind;
  readonly from: number;
  readonly to: number;
}

/** The tape of one direction. */
export interface Tape {
  readonly pieces: readonly TapePiece[];
  /** First and last number that the tape shows. */
  readonly from: number;
  readonly to: number;
  readonly una: number;
  readonly nxt: number;
  /** Right edge of what may be sent: snd.una + min(cwnd, snd.wnd). */
  readonly edge: number;
  /** Which of the two windows is the smaller one. */
  readonly limit: 'cwnd' | 'rwnd';
}

/** Part of the tape that shows what is over and done. */
const BEHIND = 0.2;

/** The direction that `sender` sends in; `receiver` is the other end, where it is known. */
export function tapeOf(sender: TcpView, receiver: TcpView | null): Tape {
  const { iss, cwnd, sndWnd, queued } = sender;
  const una = distance(iss, sender.sndUna);
  const nxt = distance(iss, sender.sndNxt);
  const edge = una + Math.min(cwnd, sndWnd);
  const queuedTo = Math.max(nxt, una + queued);
  const span = Math.max(1, Math.max(nxt, edge, queuedTo) - una);
  const from = Math.max(0, una - Math.round((span * BEHIND) / (1 - BEHIND)));
  const to = Math.max(nxt, edge, queuedTo);
  const held = (receiver?.outOfOrder ?? []).map(
    ({ left, right }): TapePiece => ({ kind: 'held', from: distance(iss, left), to: distance(iss, right) }),
  );
  const pieces: TapePiece[] = [
    { kind: 'acknowledged', from, to: una },
    { kind: 'flight', from: una, to: nxt },
    ...held,
    { kind: 'usable', from: nxt, to: edge },
    { kind: 'queued', from: nxt, to: queuedTo },
  ];
  return {
    pieces: pieces.filter((piece) => piece.to > piece.from),
    from,
    to,
    una,
    nxt,
    edge,
    limit: cwnd <= sndWnd ? 'cwnd' : 'rwnd',
  };
}
