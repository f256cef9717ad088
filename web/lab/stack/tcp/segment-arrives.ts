/** SEGMENT ARRIVES: RFC 9293 §3.10.7. Blind attacks: RFC 5961. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import { because } from '../because.ts';
import type { IncomingIp } from '../ip.ts';
import { before, distance } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { isAcceptable } from './acceptable.ts';
import { acknowledge } from './acknowledgment.ts';
import { endConnection, findConnection, own } from './connections.ts';
import { emitAck, emitReset, refuseSegment } from './emit.ts';
import { considerFinAcknowledged, followFin } from './fin.ts';
import { heardFromPeer } from './keep-alive.ts';
import { arrivesInListen } from './listen.ts';
import { output } from './output.ts';
import { isOldDuplicate, rememberTimestamp } from './paws.ts';
import { receiveWindow } from './receive-window.ts';
import { rtoAfterHandshake } from './retransmission.ts';
import { has, readSegment, type Segment, sequenceLength } from './segment.ts';
import { establish, sendSyn } from './syn.ts';
import { arrivesInSynSent, measureHandshake } from './syn-sent.ts';
import { OFF, type Tcb } from './tcb.ts';
import { takeText } from './text.ts';
import { challenge, mayAnswer } from './throttle.ts';
import { arrivesInTimeWait } from './time-wait-segment.ts';
import { rescheduleConnection } from './timers.ts';

/** Takes a TCP segment off an IP packet. */
export function tcpArrives(turn: Turn, incoming: IncomingIp): void {
  const segment = readSegment(incoming);
  if (typeof segment === 'string') {
    turn.discard(segment);
    return;
  }
  const found = findConnection(turn, segment.localPort, segment.peerAddress, segment.peerPort);
  if (found === undefined) {
    arrivesWithoutConnection(turn, segment);
    return;
  }
  const tcb = own(turn, found);
  arrivesAt(turn, tcb, segment);
  rescheduleConnection(turn, tcb);
}

/** CLOSED (RFC 9293 §3.10.7.1), unless somebody listens. */
function arrivesWithoutConnection(turn: Turn, segment: Segment): void {
  const listening = turn.host.byPort.get(segment.localPort);
  const listener = listening === undefined ? undefined : turn.host.listeners.get(listening);
  if (listener !== undefined) {
    arrivesInListen(turn, listener, segment);
    return;
  }
  turn.discard('no-connection');
  refuseSegment(turn, segment);
}

function arrivesAt(turn: Turn, tcb: Tcb, segment: Segment): void {
  if (tcb.state === 'SYN-SENT') {
    arrivesInSynSent(turn, tcb, segment);
    return;
  }
  if (tcb.state === 'TIME-WAIT' && arrivesInTimeWait(turn, tcb, segment)) return;
  arrivesSynchronized(turn, tcb, segment);
}

/** RFC 9293 §3.10.7.4, in its order: sequence number, RST, SYN, ACK, text, FIN. */
function arrivesSynchronized(turn: Turn, tcb: Tcb, segment: Segment): void {
  if (isCrossedSynAck(tcb, segment)) {
    completesHandshake(turn, tcb, segment);
    output(turn, tcb);
    return;
  }
  if (!passesWindow(turn, tcb, segment)) return;
  if (has(segment, TCP_FLAGS.rst)) {
    resetArrives(turn, tcb, segment);
    return;
  }
  if (has(segment, TCP_FLAGS.syn)) {
    synArrives(turn, tcb, segment);
    return;
  }
  if (!has(segment, TCP_FLAGS.ack)) {
    turn.discard('no-ack');
    return;
  }
  rememberTimestamp(turn, tcb, segment);
  if (tcb.state === 'SYN-RECEIVED' && !completesHandshake(turn, tcb, segment)) return;
  if (!acknowledge(turn, tcb, segment)) {
    output(turn, tcb);
    return;
  }
  heardFromPeer(turn, tcb);
  considerFinAcknowledged(turn, tcb);
  if (tcb.state === 'CLOSED') return;
  if (isLostOnUs(tcb, segment)) {
    resetAfterClose(turn, tcb, segment);
    return;
  }
  if (sequenceLength(segment) > 0) takeText(turn, tcb, segment);
  output(turn, tcb);
}

/** RFC 9293 §3.5, Figure 7: the SYNs have crossed, and the SYN-ACK, whose number is old, acknowledges ours. */
function isCrossedSynAck(tcb: Tcb, segment: Segment): boolean {
  const isSynAck =
    (segment.flags & (TCP_FLAGS.syn | TCP_FLAGS.ack | TCP_FLAGS.rst)) === (TCP_FLAGS.syn | TCP_FLAGS.ack);
  const isCrossed = tcb.state === 'SYN-RECEIVED' && tcb.listener === null && segment.seq === tcb.irs;
  return isSynAck && isCrossed && segment.ack === tcb.sndNxt && segment.payload.length === 0;
}

/** What was waited for and what has come, counted from the peer's SYN. */
function numbersOf(tcb: Tcb, segment: Segment) {
  const arrived = distance(tcb.irs, segment.seq);
  return { expected: distance(tcb.irs, tcb.rcvNxt), arrived, window: receiveWindow(tcb) };
}

/** First: the sequence number, and the timestamp before it (RFC 7323 §5.3). What does not pass is answered with an ACK. */
function passesWindow(turn: Turn, tcb: Tcb, segment: Segment): boolean {
  if (isOldDuplicate(turn, tcb, segment)) {
    turn.discard('paws');
    if (!has(segment, TCP_FLAGS.rst)) emitAck(turn, tcb, because('paws-ack', { recent: tcb.tsRecent }));
    return false;
  }
  if (isAcceptable(tcb, segment)) return true;
  turn.discard('outside-window');
  if (!has(segment, TCP_FLAGS.rst)) answerUnacceptable(turn, tcb, segment);
  return false;
}

function answerUnacceptable(turn: Turn, tcb: Tcb, segment: Segment): void {
  // The SYN again: our SYN-ACK was lost. RFC 9293 asks for an ACK, which would not help a peer in SYN-SENT.
  const isSynAgain = tcb.state === 'SYN-RECEIVED' && segment.flags === TCP_FLAGS.syn && segment.seq === tcb.irs;
  if (isSynAgain) {
    if (mayAnswer(turn, tcb)) sendSyn(turn, tcb, because('syn-ack-on-syn', { mss: tcb.mss, window: tcb.sndWnd }));
    return;
  }
  // RFC 9293 §3.10.7.4: "special allowance should be made to accept valid ACKs" when the window is shut.
  const isShut = receiveWindow(tcb) === 0 && distance(tcb.rcvNxt, segment.seq) <= 1;
  if (isShut && has(segment, TCP_FLAGS.ack) && tcb.state !== 'SYN-RECEIVED') acknowledge(turn, tcb, segment);
  // Two ends that find each other's empty ACKs unacceptable would answer each other for ever.
  if (sequenceLength(segment) > 0 || mayAnswer(turn, tcb))
    tcb.ackReason ??= because('ack-unacceptable-segment', numbersOf(tcb, segment));
  output(turn, tcb);
}

/** Second: RST. RFC 5961 §3.2: only the exact number resets; another one in the window is asked about. */
function resetArrives(turn: Turn, tcb: Tcb, segment: Segment): void {
  if (tcb.options.challengeAck && segment.seq !== tcb.rcvNxt) {
    turn.discard('rst-not-exact');
    challenge(turn, tcb, because('challenge-ack', numbersOf(tcb, segment)));
    return;
  }
  const reason = because('rst-received');
  const isOver = tcb.state === 'CLOSING' || tcb.state === 'LAST-ACK' || tcb.state === 'TIME-WAIT';
  // RFC 9293 §3.10.7.4: a passive open in SYN-RECEIVED goes back to LISTEN: only the half-open connection ends.
  const refusedError = tcb.state === 'SYN-RECEIVED' && tcb.listener === null ? 'ECONNREFUSED' : 'ECONNRESET';
  endConnection(turn, tcb, reason, isOver ? null : refusedError);
}

/**
 * Fourth: SYN in the window. A passive open in SYN-RECEIVED goes back to LISTEN (RFC 9293 §3.10.7.4). Else a challenge
 * ACK (RFC 5961 §4.2), or a reset where that is off.
 */
function synArrives(turn: Turn, tcb: Tcb, segment: Segment): void {
  if (tcb.state === 'SYN-RECEIVED' && tcb.listener !== null) {
    turn.discard('syn-in-window');
    endConnection(turn, tcb, because('syn-in-window', numbersOf(tcb, segment)), null);
    return;
  }
  if (tcb.options.challengeAck) {
    turn.discard('syn-in-window');
    challenge(turn, tcb, because('challenge-ack', numbersOf(tcb, segment)));
    return;
  }
  const reason = because('rst-syn-in-window');
  emitReset(turn, tcb, reason);
  endConnection(turn, tcb, reason, 'ECONNRESET');
}

/** Fifth, in SYN-RECEIVED: SND.UNA < SEG.ACK =< SND.NXT, or a reset. */
function completesHandshake(turn: Turn, tcb: Tcb, segment: Segment): boolean {
  const isGood = before(tcb.sndUna, segment.ack) && !before(tcb.sndNxt, segment.ack);
  if (!isGood) {
    turn.discard('unacceptable-ack');
    refuseSegment(turn, segment, because('rst-unacceptable-ack'));
    return false;
  }
  measureHandshake(turn, tcb, segment);
  tcb.sndUna = segment.ack;
  // RFC 7323 §2.2: the window of a SYN is never scaled.
  tcb.sndWnd = segment.window * (has(segment, TCP_FLAGS.syn) ? 1 : 2 ** tcb.sndScale);
  tcb.maxSndWnd = Math.max(tcb.maxSndWnd, tcb.sndWnd);
  tcb.sndWl1 = segment.seq;
  tcb.sndWl2 = segment.ack;
  tcb.retransmissionAt = OFF;
  rtoAfterHandshake(tcb);
  establish(turn, tcb, because('syn-acknowledged'));
  followFin(turn, tcb);
  return true;
}

/** RFC 9293 §3.6.1: octets for a program that has closed are lost, and the peer is told. */
function isLostOnUs(tcb: Tcb, segment: Segment): boolean {
  if (!tcb.released || tcb.finReceived || segment.payload.length === 0) return false;
  return distance(tcb.rcvNxt, segment.seq + segment.payload.length) - 1 < 2 ** 31;
}

function resetAfterClose(turn: Turn, tcb: Tcb, segment: Segment): void {
  turn.discard('closed');
  const reason = because('rst-data-after-close', { octets: segment.payload.length });
  emitReset(turn, tcb, reason);
  endConnection(turn, tcb, reason, 'ECONNABORTED');
}
