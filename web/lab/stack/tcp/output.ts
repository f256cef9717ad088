/** Sending what may be sent: RFC 9293 §3.8.6.2.1 (Nagle, silly windows), RFC 5681 §3 (congestion window). */
import { TCP_FLAGS } from '#packets/tcp.ts';
import { type Because, because } from '../because.ts';
import { advance, before, distance } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { restartAfterIdle } from './congestion.ts';
import { emit, emitAck, nothingInFlight } from './emit.ts';
import { considerPersisting } from './persist.ts';
import { startRetransmissionTimer } from './retransmission.ts';
import { OFF, type Tcb } from './tcb.ts';

/** Sends data as far as windows allow, then the ACK that is due when no data has carried it. */
export function output(turn: Turn, tcb: Tcb): void {
  if (mayCarryData(tcb)) {
    restartAfterIdle(turn, tcb);
    let next = nextSegment(tcb);
    while (next !== null) {
      sendData(turn, tcb, next);
      next = nextSegment(tcb);
    }
    considerPersisting(turn, tcb);
  }
  if (tcb.ackReason !== null) emitAck(turn, tcb, tcb.ackReason);
}

/** The states in which the send queue or a FIN may be on its way. */
export function mayCarryData({ state }: Tcb): boolean {
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

/** What was sent since `sndUna` and counts against the congestion window. */
export function flightSize(tcb: Tcb): number {
  return distance(tcb.sndUna, tcb.sndCursor);
}

function nextSegment(tcb: Tcb): Sendable | null {
  const seq = tcb.sndCursor;
  const left = unsentFrom(tcb, seq);
  const usable = usableFrom(tcb, seq);
  const length = Math.max(0, Math.min(tcb.smss, left, usable));
  const fin = tcb.finQueued && length === left && usable > length;
  if (length === 0 && !fin) return null;
  const extra = limitedTransmit(tcb);
  const room = tcb.cwnd + extra - flightSize(tcb);
  if (room < Math.max(1, length)) return null;
  const isOld = before(seq, tcb.sndNxt);
  if (!isOld && !worthSending(tcb, length, left, usable)) return null;
  const numbers = { window: tcb.sndWnd, cwnd: tcb.cwnd, flight: flightSize(tcb), octets: length };
  return { seq, length, fin, because: because(ruleFor(tcb, isOld, length, fin, extra), numbers) };
}

function ruleFor(tcb: Tcb, isOld: boolean, length: number, fin: boolean, extra: number): Because['rule'] {
  if (isOld && !before(tcb.sndNxt, advance(tcb.sndCursor, length))) return 'slow-start-retransmit';
  if (extra > 0 && tcb.cwnd - flightSize(tcb) < length) return 'limited-transmit';
  return fin && length === 0 ? 'fin-on-close' : 'data-fits-window';
}

/** RFC 3042 §2: one new segment on each of the first two duplicate ACKs. */
function limitedTransmit(tcb: Tcb): number {
  return tcb.options.fastRetransmit && tcb.recovery === 'none' && tcb.duplicateAcks < 3
    ? tcb.duplicateAcks * tcb.smss
    : 0;
}

/**
 * RFC 9293 §3.8.6.2.1: (1) a full segment; (2) all that is there, when nothing is in flight or Nagle is off; (3) half of
 * the largest window, under the same condition. The override, (4), is the persist timer's. A FIN does not wait.
 */
function worthSending(tcb: Tcb, length: number, left: number, usable: number): boolean {
  if (length >= tcb.smss) return true;
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
  tcb.lastSentAt = turn.now;
  if (tcb.retransmissionAt === OFF) startRetransmissionTimer(turn, tcb);
}

/** RFC 6298 §3: one segment a round trip is timed at least. */
function timeSegment(turn: Turn, tcb: Tcb, end: number): void {
  if (tcb.timedAt !== OFF) return;
  tcb.timedAt = turn.now;
  tcb.timedEnd = end;
}
