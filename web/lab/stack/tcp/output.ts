/** Sending what may be sent: RFC 9293 §3.8.6.2.1 (Nagle, silly windows), RFC 5681 §3 (congestion window). */
import { TCP_FLAGS } from '#packets/tcp.ts';
import { type Because, because } from '../because.ts';
import { MAX_WINDOW_OCTETS } from '../congestion/control.ts';
import { advance, before, distance } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { restartAfterIdle } from './congestion.ts';
import { DUPLICATE_THRESHOLD } from './duplicates.ts';
import { emit, emitAck, fullSegment, nothingInFlight } from './emit.ts';
import { considerPersisting } from './persist.ts';
import { startRetransmissionTimer } from './retransmission.ts';
import { sendInSackRecovery } from './sack-recovery.ts';
import { gapFrom, unsackedBetween } from './sack-scoreboard.ts';
import { OFF, type Tcb } from './tcb.ts';

/** Sends data as far as windows allow, then the ACK that is due when no data has carried it. */
export function output(turn: Turn, tcb: Tcb): void {
  if (mayCarryData(tcb)) {
    restartAfterIdle(turn, tcb);
    if (tcb.sackOn && tcb.recovery === 'fast')
      sendInSackRecovery(turn, tcb, () => nextSegment(tcb, MAX_WINDOW_OCTETS, 'data-fits-window'));
    else sendByWindow(turn, tcb);
    considerPersisting(turn, tcb);
    keepTimerRunning(turn, tcb);
  }
  if (tcb.ackReason !== null) emitAck(turn, tcb, tcb.ackReason);
}

/** RFC 6298 §5.1: whenever something is in flight, one of the two timers sees to it. */
function keepTimerRunning(turn: Turn, tcb: Tcb): void {
  const isWatched = tcb.retransmissionAt !== OFF || tcb.persistAt !== OFF;
  if (!isWatched && !nothingInFlight(tcb)) startRetransmissionTimer(turn, tcb);
}

function sendByWindow(turn: Turn, tcb: Tcb): void {
  for (;;) {
    const extra = limitedTransmit(tcb);
    const room = tcb.cwnd - flightSize(tcb);
    const next = nextSegment(tcb, room, 'data-fits-window') ?? nextSegment(tcb, room + extra, 'limited-transmit');
    if (next === null) return;
    sendData(turn, tcb, next);
  }
}

/** The states in which the send queue or a FIN may be on its way. */
function mayCarryData({ state }: Tcb): boolean {
  return (
    state === 'ESTABLISHED' ||
    state === 'CLOSE-WAIT' ||
    state === 'FIN-WAIT-1' ||
    state === 'CLOSING' ||
    state === 'LAST-ACK'
  );
}

/** A piece of the send queue, and whether FIN is behind it. */
export interface Sendable {
  readonly seq: number;
  readonly length: number;
  readonly fin: boolean;
  readonly because: Because;
}

/** Sequence number behind the last octet of the send queue: that of the FIN, if there is one. */
export function dataEnd(tcb: Tcb): number {
  return advance(tcb.queueSeq, tcb.sendQueue.length);
}

/** Octets of the queue from `seq` on; negative when `seq` is behind the FIN. */
export function unsentFrom(tcb: Tcb, seq: number): number {
  return (dataEnd(tcb) - seq) | 0;
}

/** Octets that the peer's window takes from `seq` on: U of RFC 9293 §3.8.6.2.1. May be negative. */
export function usableFrom(tcb: Tcb, seq: number): number {
  return (tcb.sndUna + tcb.sndWnd - seq) | 0;
}

/** What was sent since `sndUna`, or since a timeout, and has not arrived as far as is known. */
export function flightSize(tcb: Tcb): number {
  return tcb.recovery === 'loss'
    ? unsackedBetween(tcb, tcb.sndUna, tcb.sndCursor)
    : distance(tcb.sndUna, tcb.sndCursor);
}

/** The next segment that the peer's window and `room`, octets of the congestion window, allow. */
function nextSegment(tcb: Tcb, room: number, rule: Because['rule']): Sendable | null {
  const { seq, end } = gapFrom(tcb, tcb.sndCursor);
  const left = unsentFrom(tcb, seq);
  const usable = usableFrom(tcb, seq);
  const gap = end === null ? MAX_WINDOW_OCTETS : distance(seq, end);
  const length = Math.max(0, Math.min(fullSegment(tcb), left, usable, gap));
  const fin = tcb.finQueued && length === left && usable > length;
  // A FIN without octets is no load on the path: it does not wait for the congestion window.
  if (length === 0 ? !fin : room < length) return null;
  const isOld = before(seq, tcb.sndNxt);
  if (!isOld && !worthSending(tcb, length, left, usable)) return null;
  const numbers = { window: tcb.sndWnd, cwnd: tcb.cwnd, flight: flightSize(tcb), octets: length };
  return { seq, length, fin, because: because(ruleFor(tcb, seq, length, fin, rule), numbers) };
}

function ruleFor(tcb: Tcb, seq: number, length: number, fin: boolean, rule: Because['rule']): Because['rule'] {
  const isOld = before(seq, tcb.sndNxt) && !before(tcb.sndNxt, advance(seq, length));
  if (isOld && tcb.recovery === 'loss') return 'slow-start-retransmit';
  if (isOld && tcb.isRecutting) return 'path-mtu-lowered';
  return fin && length === 0 ? 'fin-on-close' : rule;
}

/** RFC 3042 §2: one new segment on each of the first two duplicate ACKs; by SACK, what has left the network. */
function limitedTransmit(tcb: Tcb): number {
  if (!tcb.options.fastRetransmit || tcb.recovery !== 'none') return 0;
  return Math.min(tcb.duplicateAcks, DUPLICATE_THRESHOLD - 1) * tcb.smss;
}

/**
 * RFC 9293 §3.8.6.2.1: (1) a full segment; (2) all that is there, when nothing is in flight or Nagle is off; (3) half of
 * the largest window, under the same condition. The override, (4), is the persist timer's. A FIN does not wait.
 */
function worthSending(tcb: Tcb, length: number, left: number, usable: number): boolean {
  if (length >= fullSegment(tcb)) return true;
  const free = !tcb.options.nagle || nothingInFlight(tcb);
  if (left <= usable) return free || tcb.finQueued;
  if (!tcb.options.sillyWindowAvoidance) return free;
  return free && length >= tcb.maxSndWnd / 2;
}

/** Sends it and moves on. RFC 6298 §5.1: the timer runs as long as something is in flight. */
export function sendData(turn: Turn, tcb: Tcb, { seq, length, fin, because: reason }: Sendable): void {
  const end = advance(seq, length + (fin ? 1 : 0));
  const isNew = !before(seq, tcb.sndNxt);
  const isLast = length > 0 && advance(seq, length) === dataEnd(tcb);
  // RFC 9293 §3.9.1: PSH with the last octet of what is buffered.
  const flags = (fin ? TCP_FLAGS.fin : 0) | (isLast ? TCP_FLAGS.psh : 0);
  emit(turn, tcb, { seq, length, flags, because: reason });
  if (isNew) timeSegment(turn, tcb, end);
  // RFC 6298 §3 (Karn): what was sent twice is not timed.
  else tcb.timedAt = OFF;
  if (before(tcb.sndCursor, end)) tcb.sndCursor = end;
  if (before(tcb.sndNxt, end)) tcb.sndNxt = end;
  if (tcb.sndCursor === tcb.sndNxt) tcb.isRecutting = false;
  tcb.lastSentAt = turn.now;
  if (reason.rule === 'limited-transmit') tcb.limitedOctets += length;
  if (tcb.retransmissionAt === OFF) startRetransmissionTimer(turn, tcb);
}

/** RFC 6298 §3: one segment a round trip is timed at least. */
function timeSegment(turn: Turn, tcb: Tcb, end: number): void {
  if (tcb.timedAt !== OFF) return;
  tcb.timedAt = turn.now;
  tcb.timedEnd = end;
}
