/** TIME-WAIT: RFC 9293 §3.6.1 and §3.4.2; and FIN-WAIT-2 of a program that is gone: RFC 1122 §4.2.2.13. */
import { type Because, because } from '../because.ts';
import type { Turn } from '../turn.ts';
import { endConnection, enter } from './connections.ts';
import { OFF, type Tcb } from './tcb.ts';

/** Both FINs are acknowledged: waits 2·MSL, so that the last ACK can be sent again and old segments die out. */
export function enterTimeWait(turn: Turn, tcb: Tcb, reason: Because): void {
  enter(turn, tcb, 'TIME-WAIT', reason);
  tcb.retransmissionAt = OFF;
  tcb.persistAt = OFF;
  tcb.keepAliveAt = OFF;
  restartTimeWait(turn, tcb);
  if (tcb.socket !== null) turn.tell({ notice: 'closed', socket: tcb.socket });
}

/** RFC 9293 §3.10.7.4: the peer's FIN again begins the wait anew. */
export function restartTimeWait(turn: Turn, tcb: Tcb): void {
  tcb.timeWaitAt = turn.now + 2 * tcb.options.mslUs;
}

/**
 * RFC 9293 lets FIN-WAIT-2 last for ever. When nobody can read any more, a peer that is gone would be waited for without
 * end: as everywhere, such a connection is forgotten after a while.
 */
export function startFinWait2Timer(turn: Turn, tcb: Tcb): void {
  if (tcb.state === 'FIN-WAIT-2' && tcb.released) restartTimeWait(turn, tcb);
}

/** 2·MSL are over. */
export function timeWaitOver(turn: Turn, tcb: Tcb): void {
  tcb.timeWaitAt = OFF;
  const rule = tcb.state === 'FIN-WAIT-2' ? 'fin-wait-2-over' : 'time-wait-over';
  endConnection(turn, tcb, because(rule, { msl: tcb.options.mslUs }), null);
}
