/** Closing: RFC 9293 §3.10.4 (CLOSE), §3.10.5 (ABORT), half-close §3.6. */
import { accepted, refused } from '../answers.ts';
import { type Because, because } from '../because.ts';
import type { Answer } from '../calls.ts';
import type { Turn } from '../turn.ts';
import { endConnection, own } from './connections.ts';
import { emitReset } from './emit.ts';
import { queueFin } from './fin.ts';
import type { Listener } from './listener.ts';
import { output } from './output.ts';
import type { Tcb } from './tcb.ts';
import { startFinWait2Timer } from './time-wait.ts';
import { rescheduleConnection } from './timers.ts';

/** Half-close: no more is sent, receiving goes on. */
export function shutdown(turn: Turn, tcb: Tcb): Answer {
  if (tcb.state === 'CLOSED' || tcb.state === 'SYN-SENT') return refused('ENOTCONN');
  queueFin(turn, tcb);
  output(turn, tcb);
  return accepted(0);
}

/** Both directions. What arrives from now on for the program is lost, and answered with RST. */
export function close(turn: Turn, tcb: Tcb): void {
  tcb.released = true;
  if (tcb.state === 'CLOSED') return;
  // RFC 9293 §3.10.4: in SYN-SENT the connection is deleted.
  if (tcb.state === 'SYN-SENT') {
    endConnection(turn, tcb, because('close-before-open'), null);
    return;
  }
  // RFC 9293 §3.6.1: what was received and not read is lost; the peer is told so.
  if (tcb.receiveQueue.length > 0 && tcb.state !== 'TIME-WAIT') {
    abort(turn, tcb, because('rst-unread-on-close', { unread: tcb.receiveQueue.length }));
    return;
  }
  queueFin(turn, tcb);
  startFinWait2Timer(turn, tcb);
  output(turn, tcb);
}

/** RST at once, in the states in which the peer has a connection (RFC 9293 §3.10.5). */
export function abort(turn: Turn, tcb: Tcb, reason: Because): void {
  tcb.released = true;
  if (tcb.state === 'CLOSED') return;
  const { state } = tcb;
  const isSynchronized = state !== 'SYN-SENT' && state !== 'CLOSING' && state !== 'LAST-ACK' && state !== 'TIME-WAIT';
  if (isSynchronized) emitReset(turn, tcb, reason);
  endConnection(turn, tcb, reason, null);
}

/** Nobody will take what waits on the backlog. */
export function closeListener(turn: Turn, listener: Listener): void {
  const { host } = turn;
  const { connection, socket } = listener;
  host.listeners.delete(connection);
  host.byPort.delete(listener.port);
  host.sockets.delete(socket);
  const reason = because('close-before-open');
  turn.tell({ notice: 'state', socket, connection, from: 'LISTEN', to: 'CLOSED', because: reason });
  for (const each of [...listener.halfOpen, ...listener.waiting]) {
    const tcb = host.connections.get(each);
    if (tcb === undefined) continue;
    const mine = own(turn, tcb);
    abort(turn, mine, because('rst-on-abort'));
    rescheduleConnection(turn, mine);
  }
}
