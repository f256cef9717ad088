/** A segment in SYN-SENT: RFC 9293 §3.10.7.3; simultaneous open: §3.5, Figure 7. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import { because } from '../because.ts';
import { advance, before } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { endConnection, enter } from './connections.ts';
import { refuseSegment, timestampClock } from './emit.ts';
import { agreeOnOptions } from './negotiation.ts';
import { output } from './output.ts';
import { rtoAfterHandshake, takeRoundTrip } from './retransmission.ts';
import { has, type Segment } from './segment.ts';
import { establish, sendSyn } from './syn.ts';
import { OFF, type Tcb } from './tcb.ts';
import { takeText } from './text.ts';

/** First ACK, second RST, fourth SYN, as the RFC orders them. */
export function arrivesInSynSent(turn: Turn, tcb: Tcb, segment: Segment): void {
  const hasAck = has(segment, TCP_FLAGS.ack);
  const isAckGood = hasAck && before(tcb.sndUna, segment.ack) && !before(tcb.sndNxt, segment.ack);
  if (hasAck && !isAckGood) {
    turn.discard('unacceptable-ack');
    refuseSegment(turn, segment, because('rst-unacceptable-ack'));
    return;
  }
  if (has(segment, TCP_FLAGS.rst)) {
    // A RST without ACK could come from anybody.
    if (!hasAck) {
      turn.discard('rst-without-ack');
      return;
    }
    endConnection(turn, tcb, because('rst-received'), 'ECONNREFUSED');
    return;
  }
  if (!has(segment, TCP_FLAGS.syn)) {
    turn.discard('no-syn');
    return;
  }
  tcb.irs = segment.seq;
  tcb.rcvNxt = advance(segment.seq, 1);
  tcb.rcvAdv = advance(tcb.rcvNxt, Math.min(0xffff, tcb.options.receiveBufferBytes));
  agreeOnOptions(turn, tcb, segment);
  if (hasAck) completeOpen(turn, tcb, segment);
  else simultaneousOpen(turn, tcb);
}

/** SYN-ACK: the connection is established, and what came with it is taken. */
function completeOpen(turn: Turn, tcb: Tcb, segment: Segment): void {
  measureHandshake(turn, tcb, segment);
  tcb.sndUna = segment.ack;
  tcb.sndWl2 = segment.ack;
  tcb.retransmissionAt = OFF;
  rtoAfterHandshake(tcb);
  const reason = because('ack-of-syn-ack', { mss: tcb.mss, window: tcb.sndWnd });
  establish(turn, tcb, reason);
  tcb.ackReason = reason;
  takeText(turn, tcb, segment);
  output(turn, tcb);
}

function simultaneousOpen(turn: Turn, tcb: Tcb): void {
  const reason = because('simultaneous-open');
  enter(turn, tcb, 'SYN-RECEIVED', reason);
  sendSyn(turn, tcb, reason);
}

/** Both SYN and SYN-ACK may be the first measurement (RFC 6298 §2.2), unless the SYN was sent twice (Karn). */
export function measureHandshake(turn: Turn, tcb: Tcb, { timestamps }: Segment): void {
  if (!tcb.synRetransmitted && tcb.timedAt !== OFF) takeRoundTrip(tcb, turn.now - tcb.timedAt);
  else if (tcb.timestampsOn && timestamps !== null && timestamps.echo !== 0) {
    const ticks = (timestampClock(turn, tcb) - timestamps.echo) >>> 0;
    takeRoundTrip(tcb, Math.max(1, ticks) * 1000);
  }
  tcb.timedAt = OFF;
}
