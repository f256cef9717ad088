/** Delayed acknowledgments: RFC 9293 §3.8.6.3, RFC 5681 §4.2. */
import { because } from '../because.ts';
import type { Turn } from '../turn.ts';
import { OFF, type Tcb } from './tcb.ts';

/** MUST-59: never longer. */
const MAX_DELAY_US = 500_000;

/**
 * `octets` have come in order: they are acknowledged at once, with the second segment, or after the delay. The second one
 * need not be full-sized: a stream whose segments get smaller is acknowledged as often (4.4BSD does the same).
 */
export function acknowledgeInOrder(turn: Turn, tcb: Tcb, octets: number): void {
  tcb.unackedOctets += octets;
  if (!tcb.options.delayedAck) tcb.ackReason ??= because('ack-at-once', { octets });
  else if (tcb.unackedOctets > octets)
    tcb.ackReason ??= because('ack-every-second-segment', { octets: tcb.unackedOctets });
  else if (tcb.delayedAckAt === OFF) tcb.delayedAckAt = turn.now + Math.min(MAX_DELAY_US, tcb.options.delayedAckUs);
}

/** The delay is over. */
export function delayedAckTimeout(tcb: Tcb): void {
  tcb.delayedAckAt = OFF;
  tcb.ackReason ??= because('ack-delay-over', { delay: tcb.options.delayedAckUs });
}
