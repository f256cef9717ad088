/** The longest packet that a path takes: RFC 1191 §3 and §6.5. */
import { MIN_MTU } from '../fragment.ts';
import type { Turn } from '../turn.ts';
import { own } from './connections.ts';
import { setSegmentSize } from './negotiation.ts';
import { output } from './output.ts';
import type { Tcb } from './tcb.ts';
import { rescheduleConnection } from './timers.ts';

/** Smaller segments from now on, and what did not get through goes again at once. Answers whether they are smaller. */
export function lowerPathMtu(turn: Turn, tcb: Tcb, mtu: number): boolean {
  const former = tcb.smss;
  setSegmentSize(turn, tcb, Math.max(MIN_MTU, mtu));
  if (tcb.smss >= former) {
    tcb.smss = former;
    return false;
  }
  if (tcb.state === 'SYN-SENT' || tcb.state === 'SYN-RECEIVED') return true;
  // No sign of congestion (RFC 1191 §6.5): the window stays, and everything goes again in its order.
  tcb.sndCursor = tcb.sndUna;
  tcb.isRecutting = true;
  tcb.recovery = 'none';
  tcb.duplicateAcks = 0;
  output(turn, tcb);
  return true;
}

/** The interface's own MTU is another now: of smaller ones every connection must know, of larger ones new connections. */
export function interfaceMtuChanged(turn: Turn): void {
  for (const tcb of turn.host.connections.values()) {
    if (tcb.state === 'CLOSED') continue;
    const mine = own(turn, tcb);
    lowerPathMtu(turn, mine, turn.host.options.mtu);
    rescheduleConnection(turn, mine);
  }
}
