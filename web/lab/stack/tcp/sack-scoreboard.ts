/** What the peer says it has beyond the first gap: RFC 2018 §5; what follows from it: RFC 6675 §4. */
import type { SackBlock } from '#packets/tcp.ts';
import { before, distance } from '../sequence.ts';
import { DUPLICATE_THRESHOLD } from './duplicates.ts';
import type { Tcb } from './tcb.ts';

/** Blocks that are remembered; further ones are not, and their octets are sent again. */
const MAX_BLOCKS = 4096;

/** Update(): takes the blocks of an ACK. Answers whether they tell anything new. */
export function takeBlocks(tcb: Tcb, blocks: readonly SackBlock[]): boolean {
  let isNews = false;
  for (const block of blocks) {
    const clipped = clip(tcb, block);
    if (clipped === null || isCovered(tcb.sacked, clipped)) continue;
    const merged = merge(tcb.sacked, clipped);
    if (merged.length > MAX_BLOCKS) continue;
    tcb.sacked = merged;
    isNews = true;
  }
  return isNews;
}

/** What lies in flight of a block; `null` of one that is old, upside down, or of octets never sent (RFC 2018 §5, RFC 2883). */
function clip(tcb: Tcb, { left, right }: SackBlock): SackBlock | null {
  if (!before(left, right) || before(tcb.sndNxt, right) || !before(tcb.sndUna, right)) return null;
  return { left: before(left, tcb.sndUna) ? tcb.sndUna : left, right };
}

function isCovered(blocks: readonly SackBlock[], { left, right }: SackBlock): boolean {
  return blocks.some((block) => !before(left, block.left) && !before(block.right, right));
}

function merge(blocks: readonly SackBlock[], added: SackBlock): SackBlock[] {
  const merged: SackBlock[] = [];
  let { left, right } = added;
  for (const block of blocks) {
    if (before(block.right, left)) merged.push(block);
    else if (!before(right, block.left)) {
      if (before(block.left, left)) left = block.left;
      if (before(right, block.right)) right = block.right;
    }
  }
  merged.push({ left, right });
  for (const block of blocks) if (before(right, block.left)) merged.push(block);
  return merged;
}

/** Forgets what is acknowledged in order. */
export function dropBelow(tcb: Tcb, una: number): void {
  const [first] = tcb.sacked;
  if (first === undefined || !before(first.left, una)) return;
  tcb.sacked = tcb.sacked
    .filter(({ right }) => before(una, right))
    .map(({ left, right }) => ({ left: before(left, una) ? una : left, right }));
}

/** Octets that the peer has said it has, between two numbers. */
export function sackedBetween(tcb: Tcb, from: number, to: number): number {
  let octets = 0;
  for (const { left, right } of tcb.sacked) {
    const start = before(left, from) ? from : left;
    const end = before(to, right) ? to : right;
    if (before(start, end)) octets += distance(start, end);
  }
  return octets;
}

/** Octets between two numbers that the peer has not said it has; none when `to` is before `from`. */
export function unsackedBetween(tcb: Tcb, from: number, to: number): number {
  return before(from, to) ? distance(from, to) - sackedBetween(tcb, from, to) : 0;
}

/**
 * IsLost() for all numbers at once: what is not SACKed below the answered number is lost, because three blocks, or more
 * than two segments' octets, have arrived above it.
 */
export function lostBelow(tcb: Tcb): number {
  let octets = 0;
  for (let index = tcb.sacked.length - 1; index >= 0; index -= 1) {
    const block = tcb.sacked[index];
    if (block === undefined) break;
    octets += distance(block.left, block.right);
    const count = tcb.sacked.length - index;
    if (count >= DUPLICATE_THRESHOLD || octets > (DUPLICATE_THRESHOLD - 1) * tcb.smss) return block.left;
  }
  return tcb.sndUna;
}

/** SetPipe(): octets that are thought to be in the network. */
export function pipe(tcb: Tcb): number {
  return unsackedBetween(tcb, lostBelow(tcb), tcb.sndNxt) + unsackedBetween(tcb, tcb.sndUna, tcb.highRxt);
}

/** The first number from `seq` on that is not SACKed, and how far the gap reaches: to the next block, or without end. */
export function gapFrom(tcb: Tcb, seq: number): { readonly seq: number; readonly end: number | null } {
  let from = seq;
  for (const { left, right } of tcb.sacked) {
    if (before(from, left)) return { seq: from, end: left };
    if (before(from, right)) from = right;
  }
  return { seq: from, end: null };
}
