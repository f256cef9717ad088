/** The ACK field of a segment, in the states that are synchronized: RFC 9293 §3.10.7.4 (fifth); RFC 5961 §5. */
import { because } from '../because.ts';
import { advance, before, distance } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { timestampClock } from './emit.ts';
import { duplicateAck, recoverOrGrow } from './fast-recovery.ts';
import { dataEnd, flightSize } from './output.ts';
import { windowHeard } from './persist.ts';
import { startRetransmissionTimer, takeRoundTrip } from './retransmission.ts';
import { considerSackRecovery } from './sack-recovery.ts';
import { dropBelow, sackedBetween, takeBlocks } from './sack-scoreboard.ts';
import { type Segment, sequenceLength } from './segment.ts';
import { OFF, type Tcb } from './tcb.ts';

/** Whether the rest of the segment is looked at. An ACK of what was never sent, or far too old, is answered and ends it. */
export function acknowledge(turn: Turn, tcb: Tcb, segment: Segment): boolean {
  const { ack } = segment;
  if (before(tcb.sndNxt, ack)) return refuse(turn, tcb, 'ack-of-unsent');
  if (before(ack, tcb.sndUna)) return isRecent(tcb, ack) || refuse(turn, tcb, 'ack-too-old');
  const advanced = before(tcb.sndUna, ack);
  const isNews = tcb.sackOn && segment.sacks.length > 0 && takeBlocks(tcb, segment.sacks);
  // RFC 6675 §2: with SACK, a duplicate is an ACK that tells of octets beyond a gap.
  const isDuplicate = !advanced && (isNews || isDuplicateAck(tcb, segment));
  updateWindow(tcb, segment);
  if (advanced) takeAcknowledgment(turn, tcb, segment);
  else if (isDuplicate) duplicateAck(turn, tcb);
  if (tcb.sackOn && (isDuplicate || isNews)) considerSackRecovery(turn, tcb);
  windowHeard(tcb);
  return true;
}

/** RFC 5961 §5.2: SND.UNA - MAX.SND.WND =< SEG.ACK; older ones are not believed. */
function isRecent(tcb: Tcb, ack: number): boolean {
  return !tcb.options.challengeAck || distance(ack, tcb.sndUna) <= tcb.maxSndWnd;
}

function refuse(turn: Turn, tcb: Tcb, reason: string): false {
  turn.discard(reason);
  // RFC 9293 §3.10.7.4: "If the ACK acks something not yet sent, then send an ACK, drop the segment".
  tcb.ackReason ??= because(reason === 'ack-too-old' ? 'challenge-ack' : 'ack-unacceptable-segment');
  return false;
}

/** RFC 5681 §2: (a) data in flight, (b) none in the segment, (c) no SYN or FIN, (d) SND.UNA again, (e) the same window. */
function isDuplicateAck(tcb: Tcb, segment: Segment): boolean {
  return (
    before(tcb.sndUna, tcb.sndNxt) &&
    sequenceLength(segment) === 0 &&
    segment.ack === tcb.sndUna &&
    segment.window * 2 ** tcb.sndScale === tcb.sndWnd
  );
}

/** RFC 9293 §3.10.7.4: SND.WL1 and SND.WL2 keep old segments from changing the window. */
function updateWindow(tcb: Tcb, { seq, ack, window }: Segment): void {
  const isNewer = before(tcb.sndWl1, seq) || (tcb.sndWl1 === seq && !before(ack, tcb.sndWl2));
  if (!isNewer) return;
  tcb.sndWnd = window * 2 ** tcb.sndScale;
  tcb.sndWl1 = seq;
  tcb.sndWl2 = ack;
  tcb.maxSndWnd = Math.max(tcb.maxSndWnd, tcb.sndWnd);
}

function takeAcknowledgment(turn: Turn, tcb: Tcb, segment: Segment): void {
  const { ack } = segment;
  const flight = flightSize(tcb);
  const acked = distance(tcb.sndUna, ack);
  const known = tcb.sackOn ? sackedBetween(tcb, tcb.sndUna, ack) : tcb.duplicateAcks * tcb.smss;
  measure(turn, tcb, segment);
  forgetAcknowledged(turn, tcb, ack);
  dropBelow(tcb, ack);
  tcb.retries = 0;
  recoverOrGrow(turn, tcb, { acked, known, flight });
  // RFC 6298 §5.2: everything is acknowledged, the timer is off. §5.3: new data is acknowledged, it starts again.
  if (tcb.sndUna === tcb.sndNxt) tcb.retransmissionAt = OFF;
  else if ((tcb.recovery !== 'fast' || tcb.sackOn) && tcb.persistAt === OFF) startRetransmissionTimer(turn, tcb);
}

/** Takes the octets off the queue; SYN and FIN have none. */
function forgetAcknowledged(turn: Turn, tcb: Tcb, ack: number): void {
  const end = dataEnd(tcb);
  const upTo = before(end, ack) ? end : ack;
  if (before(tcb.queueSeq, upTo)) {
    tcb.sendQueue.drop(distance(tcb.queueSeq, upTo));
    tcb.queueSeq = upTo;
  }
  tcb.sndUna = ack;
  if (before(tcb.sndCursor, ack)) tcb.sndCursor = ack;
  // A third of the buffer, so that a program is not woken for every octet.
  const hasRoom = 3 * tcb.sendQueue.length <= 2 * tcb.options.sendBufferBytes;
  if (!tcb.wantsRoom || !hasRoom || tcb.socket === null || tcb.released || tcb.finQueued) return;
  tcb.wantsRoom = false;
  turn.tell({ notice: 'writable', socket: tcb.socket });
}

const MAX_ROUND_TRIP_TICKS = 10 * 60 * 1000;

/** RFC 6298 §3, RFC 7323 §4.1: by our own note of a segment sent once; after a retransmission, by the echoed timestamp. */
function measure(turn: Turn, tcb: Tcb, { ack, timestamps }: Segment): void {
  if (tcb.timedAt !== OFF) {
    if (before(ack, tcb.timedEnd)) return;
    takeRoundTrip(tcb, turn.now - tcb.timedAt);
    tcb.timedAt = OFF;
    return;
  }
  if (!tcb.timestampsOn || timestamps === null) return;
  const ticks = (timestampClock(turn, tcb) - timestamps.echo) >>> 0;
  // An echo from the future, or of another age, is no measurement.
  if (ticks < MAX_ROUND_TRIP_TICKS) takeRoundTrip(tcb, Math.max(1, ticks) * 1000);
}

/** Whether our FIN has been sent and acknowledged. */
export function finAcknowledged(tcb: Tcb): boolean {
  return tcb.finQueued && tcb.sndUna === advance(dataEnd(tcb), 1);
}
