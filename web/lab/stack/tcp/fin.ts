/** FIN, theirs and ours: RFC 9293 §3.6, §3.10.4, §3.10.7.4 (eighth). */
import { because } from '../because.ts';
import { advance } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { finAcknowledged } from './acknowledgment.ts';
import { endConnection, enter } from './connections.ts';
import { OFF, type Tcb } from './tcb.ts';
import { enterTimeWait, startFinWait2Timer } from './time-wait.ts';

/** The peer's FIN, everything before it having come. */
export function finArrives(turn: Turn, tcb: Tcb): void {
  const reason = because('fin-received');
  tcb.finReceived = true;
  tcb.rcvNxt = advance(tcb.rcvNxt, 1);
  tcb.ackReason = because('ack-of-fin');
  tcb.outOfOrder = [];
  if (tcb.socket !== null && !tcb.released) turn.tell({ notice: 'readable', socket: tcb.socket });
  switch (tcb.state) {
    case 'SYN-RECEIVED':
    case 'ESTABLISHED':
      enter(turn, tcb, 'CLOSE-WAIT', reason);
      return;
    case 'FIN-WAIT-1':
      finAcknowledged(tcb) ? enterTimeWait(turn, tcb, reason) : enter(turn, tcb, 'CLOSING', reason);
      return;
    case 'FIN-WAIT-2':
      enterTimeWait(turn, tcb, reason);
      return;
    default:
      return;
  }
}

/** After an acknowledgment: has our FIN been taken? */
export function considerFinAcknowledged(turn: Turn, tcb: Tcb): void {
  if (!finAcknowledged(tcb)) return;
  const reason = because('fin-acknowledged');
  if (tcb.state === 'FIN-WAIT-1') {
    enter(turn, tcb, 'FIN-WAIT-2', reason);
    startFinWait2Timer(turn, tcb);
  } else if (tcb.state === 'CLOSING') enterTimeWait(turn, tcb, reason);
  else if (tcb.state === 'LAST-ACK') {
    if (tcb.socket !== null) turn.tell({ notice: 'closed', socket: tcb.socket });
    endConnection(turn, tcb, reason, null);
  }
}

/** No more will be sent: FIN goes behind the queue. RFC 9293 §3.10.4: the state changes now, even if data waits. */
export function queueFin(turn: Turn, tcb: Tcb): void {
  if (tcb.finQueued) return;
  tcb.finQueued = true;
  followFin(turn, tcb);
}

/** In SYN-RECEIVED the close waits until the connection is established (RFC 9293 §3.10.4). */
export function followFin(turn: Turn, tcb: Tcb): void {
  if (!tcb.finQueued) return;
  const reason = because('fin-on-close', { queued: tcb.sendQueue.length });
  if (tcb.state === 'ESTABLISHED') enter(turn, tcb, 'FIN-WAIT-1', reason);
  else if (tcb.state === 'CLOSE-WAIT') enter(turn, tcb, 'LAST-ACK', reason);
  tcb.keepAliveAt = OFF;
}
