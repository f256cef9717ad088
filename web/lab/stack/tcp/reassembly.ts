/** Segments that come out of order: RFC 9293 §3.10.7.4 (seventh); what is said of them: RFC 2018 §4. */
import type { SackBlock } from '#packets/tcp.ts';
import { advance, before, distance } from '../sequence.ts';
import type { Piece, Tcb } from './tcb.ts';

/** Pieces that wait for a gap to be filled; further ones are not kept, and are sent again in time. */
const MAX_PIECES = 4096;
/** Pieces whose order of arrival is remembered: more than the blocks that an option holds, for some become one. */
const MAX_RECENT_PIECES = 16;

/** Keeps octets beyond a gap; what is there already is not kept twice. Answers whether they are kept. */
export function keepPiece(tcb: Tcb, seq: number, bytes: Uint8Array): boolean {
  if (tcb.outOfOrder.length >= MAX_PIECES) return false;
  const kept: Piece[] = [];
  let rest: Piece | null = { seq, bytes };
  for (const piece of tcb.outOfOrder) {
    if (rest !== null) {
      const front = partBefore(rest, piece);
      if (front !== null) kept.push(front);
      rest = partAfter(rest, piece);
    }
    kept.push(piece);
  }
  if (rest !== null) kept.push(rest);
  kept.sort((a, b) => (a.seq === b.seq ? 0 : before(a.seq, b.seq) ? -1 : 1));
  tcb.outOfOrder = kept;
  tcb.recentPieces = [seq, ...tcb.recentPieces.filter((each) => each !== seq)].slice(0, MAX_RECENT_PIECES);
  return true;
}

const endOf = ({ seq, bytes }: Piece): number => advance(seq, bytes.length);

/** The octets of `a` that lie before `b`. */
function partBefore(a: Piece, b: Piece): Piece | null {
  if (!before(a.seq, b.seq)) return null;
  const length = Math.min(a.bytes.length, distance(a.seq, b.seq));
  return { seq: a.seq, bytes: a.bytes.subarray(0, length) };
}

/** The octets of `a` that lie after `b`. */
function partAfter(a: Piece, b: Piece): Piece | null {
  if (!before(endOf(b), endOf(a))) return null;
  if (!before(a.seq, endOf(b))) return a;
  return { seq: endOf(b), bytes: a.bytes.subarray(distance(a.seq, endOf(b))) };
}

/** Moves what is in order now to the receive queue. */
export function takeInOrder(tcb: Tcb): void {
  let taken = 0;
  for (const piece of tcb.outOfOrder) {
    if (before(tcb.rcvNxt, piece.seq)) break;
    taken += 1;
    if (!before(tcb.rcvNxt, endOf(piece))) continue;
    const fresh = piece.bytes.subarray(distance(piece.seq, tcb.rcvNxt));
    tcb.receiveQueue.adopt(fresh);
    tcb.rcvNxt = endOf(piece);
  }
  if (taken > 0) tcb.outOfOrder = tcb.outOfOrder.slice(taken);
}

/** What has come beyond the first gap, joined to blocks, in order. */
export function outOfOrderBlocks(tcb: Tcb): SackBlock[] {
  const blocks: SackBlock[] = [];
  for (const piece of tcb.outOfOrder) {
    const last = blocks.at(-1);
    if (last !== undefined && last.right === piece.seq)
      blocks[blocks.length - 1] = { left: last.left, right: endOf(piece) };
    else blocks.push({ left: piece.seq, right: endOf(piece) });
  }
  return blocks;
}

/** The blocks of a SACK option: the one that changed last in front, then those that were last reported. RFC 2018 §4. */
export function sackBlocks(tcb: Tcb, max: number): readonly SackBlock[] {
  const blocks = outOfOrderBlocks(tcb);
  const ordered = new Set<SackBlock>();
  for (const seq of tcb.recentPieces) {
    const block = blocks.find(({ left, right }) => !before(seq, left) && before(seq, right));
    if (block) ordered.add(block);
  }
  return [...ordered, ...blocks.filter((block) => !ordered.has(block))].slice(0, max);
}
