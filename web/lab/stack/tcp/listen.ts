/** A segment for a port in LISTEN: RFC 9293 §3.10.7.2; the backlog: RFC 9293 §3.9.1 and POSIX listen(). */
import { TCP_FLAGS } from '#packets/tcp.ts';
import { because } from '../because.ts';
import { advance } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { createConnection, enter } from './connections.ts';
import { refuseSegment } from './emit.ts';
import type { Listener } from './listener.ts';
import { agreeOnOptions } from './negotiation.ts';
import { has, type Segment } from './segment.ts';
import { sendSyn } from './syn.ts';
import { rescheduleConnection } from './timers.ts';

/** First RST, second ACK, third SYN, as the RFC orders them. */
export function arrivesInListen(turn: Turn, listener: Listener, segment: Segment): void {
  if (has(segment, TCP_FLAGS.rst)) {
    turn.discard('rst-in-listen');
    return;
  }
  if (has(segment, TCP_FLAGS.ack)) {
    turn.discard('ack-in-listen');
    refuseSegment(turn, segment, because('rst-unacceptable-ack'));
    return;
  }
  if (!has(segment, TCP_FLAGS.syn)) {
    turn.discard('no-syn');
    return;
  }
  // A SYN for a full backlog is not answered: the peer will try again.
  if (listener.halfOpen.length + listener.waiting.length >= listener.backlog) {
    turn.discard('backlog-full');
    return;
  }
  const { peerAddress, peerPort, localPort } = segment;
  const ends = { peerAddress, peerPort, localPort };
  const opening = { ...ends, socket: null, listener: listener.connection, options: listener.options };
  const tcb = createConnection(turn, opening);
  if (tcb === null) {
    turn.discard('no-room');
    return;
  }
  turn.host.listeners.set(listener.connection, { ...listener, halfOpen: [...listener.halfOpen, tcb.connection] });
  tcb.irs = segment.seq;
  tcb.rcvNxt = advance(segment.seq, 1);
  tcb.rcvAdv = tcb.rcvNxt;
  tcb.state = 'LISTEN';
  agreeOnOptions(turn, tcb, segment);
  const reason = because('syn-ack-on-syn', { mss: tcb.mss, window: tcb.sndWnd });
  enter(turn, tcb, 'SYN-RECEIVED', reason);
  sendSyn(turn, tcb, reason);
  rescheduleConnection(turn, tcb);
}
