/** Loss recovery by SACK: RFC 6675 §5. For connections on which both ends permit it. */
import { type Because, because } from '../because.ts';
import { MAX_WINDOW_OCTETS } from '../congestion/control.ts';
import { advance, before, distance } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { controlOf } from './congestion.ts';
import { DUPLICATE_THRESHOLD } from './duplicates.ts';
import { dataEnd, type Sendable, sendData, usableFrom } from './output.ts';
import { finWasSent, resendAtUna } from './retransmission.ts';
import { gapFrom, lostBelow, pipe } from './sack-scoreboard.ts';
import type { Tcb } from './tcb.ts';

/** §5: whether DupAcks or the scoreboard say that the first octet in flight is lost. Not before a timeout is mended. */
export function considerSackRecovery(turn: Turn, tcb: Tcb): void {
  if (!tcb.options.fastRetransmit || tcb.recovery !== 'none' || !isSentOnce(tcb)) return;
  if (tcb.duplicateAcks < DUPLICATE_THRESHOLD && !before(tcb.sndUna, lostBelow(tcb))) return;
  tcb.recover = tcb.sndNxt;
  tcb.recovery = 'fast';
  // What limited transmit has sent does not count (§5, step 4.2).
  controlOf(tcb).lost(tcb, distance(tcb.sndUna, tcb.sndNxt) - tcb.limitedOctets, turn.now);
  if (tcb.ssthresh < MAX_WINDOW_OCTETS) tcb.cwnd = tcb.ssthresh;
  const sent = resendAtUna(turn, tcb, 'fast-retransmit');
  tcb.highRxt = sent;
  tcb.rescueRxt = sent;
}

/** Whether something is in flight and nothing of it waits to go again anyway. */
function isSentOnce(tcb: Tcb): boolean {
  return before(tcb.sndUna, tcb.sndNxt) && tcb.sndCursor === tcb.sndNxt;
}

/** §5 (A): everything that was in flight at the beginning is acknowledged. */
export function leaveSackRecovery(tcb: Tcb): void {
  tcb.recovery = 'none';
  tcb.rescueRxt = null;
}

/** §5 (C): sends while the pipe has room for a segment. */
export function sendInSackRecovery(turn: Turn, tcb: Tcb, newData: () => Sendable | null): void {
  while (tcb.cwnd - pipe(tcb) >= tcb.smss) {
    const next = lostSegment(tcb) ?? newData() ?? unsureSegment(tcb) ?? rescueSegment(tcb);
    if (next === null) return;
    sendData(turn, tcb, next);
    if (next.because.rule === 'sack-retransmit') tcb.highRxt = advance(next.seq, next.length + (next.fin ? 1 : 0));
  }
}

/** NextSeg() rule (1): the first gap that is lost and has not been sent again. */
function lostSegment(tcb: Tcb): Sendable | null {
  return segmentInGap(tcb, lostBelow(tcb));
}

/** NextSeg() rule (3): the same without knowing that it is lost, below the highest block. */
function unsureSegment(tcb: Tcb): Sendable | null {
  const highest = tcb.sacked.at(-1);
  return highest === undefined ? null : segmentInGap(tcb, highest.left);
}

function segmentInGap(tcb: Tcb, below: number): Sendable | null {
  const { seq, end } = gapFrom(tcb, before(tcb.highRxt, tcb.sndUna) ? tcb.sndUna : tcb.highRxt);
  if (end === null || !before(seq, below)) return null;
  return oldSegment(tcb, seq, distance(seq, end), 'sack-retransmit');
}

/** NextSeg() rule (4): once in a recovery, the end of what is in flight, so that a lost retransmission is noticed. */
function rescueSegment(tcb: Tcb): Sendable | null {
  if (tcb.rescueRxt !== null && !before(tcb.rescueRxt, tcb.sndUna)) return null;
  const last = tcb.sacked.at(-1);
  const end = last !== undefined && last.right === tcb.sndNxt ? last.left : tcb.sndNxt;
  const earliest = last === undefined || last.right === tcb.sndNxt ? tcb.sndUna : last.right;
  const octets = Math.min(tcb.smss, distance(earliest, end));
  if (octets === 0) return null;
  tcb.rescueRxt = tcb.recover;
  return oldSegment(tcb, advance(end, -octets), octets, 'rescue-retransmit');
}

function oldSegment(tcb: Tcb, seq: number, octets: number, rule: Because['rule']): Sendable | null {
  const left = (dataEnd(tcb) - seq) | 0;
  const length = Math.max(0, Math.min(tcb.smss, octets, left, usableFrom(tcb, seq)));
  const fin = finWasSent(tcb) && length === left && octets > length;
  if (length === 0 && !fin) return null;
  const numbers = { cwnd: tcb.cwnd, pipe: pipe(tcb), blocks: tcb.sacked.length, octets: length };
  return { seq, length, fin, because: because(rule, numbers) };
}
