/** Keep-alive: RFC 9293 §3.8.4. Off unless asked for. */
import { because } from '../because.ts';
import { advance } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { endConnection } from './connections.ts';
import { emit, nothingInFlight } from './emit.ts';
import { OFF, type Tcb } from './tcb.ts';

/** Anything from the peer shows that it lives. */
export function heardFromPeer(turn: Turn, tcb: Tcb): void {
  tcb.lastHeardAt = turn.now;
  tcb.keepAliveSent = 0;
  const { keepAlive, keepAliveIdleUs } = tcb.options;
  const isOpen = tcb.state === 'ESTABLISHED' || tcb.state === 'CLOSE-WAIT';
  tcb.keepAliveAt = keepAlive && isOpen ? turn.now + keepAliveIdleUs : OFF;
}

/** Nothing has been heard for a while. With data in flight the retransmission timer decides (§3.8.4). */
export function keepAliveTimeout(turn: Turn, tcb: Tcb): void {
  const { keepAliveIntervalUs, keepAliveProbes } = tcb.options;
  tcb.keepAliveAt = turn.now + keepAliveIntervalUs;
  if (!nothingInFlight(tcb)) return;
  if (tcb.keepAliveSent >= keepAliveProbes) {
    const reason = because('keep-alive-unanswered', { probes: tcb.keepAliveSent });
    endConnection(turn, tcb, reason, 'ETIMEDOUT');
    return;
  }
  tcb.keepAliveSent += 1;
  // An old sequence number, which every peer answers with an ACK: SEG.SEQ = SND.NXT - 1.
  emit(turn, tcb, {
    seq: advance(tcb.sndNxt, -1),
    length: 0,
    flags: 0,
    because: because('keep-alive', { probe: tcb.keepAliveSent, idle: turn.now - tcb.lastHeardAt }),
  });
}
