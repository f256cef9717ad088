/** The timers of all connections of a host: RFC 9293 §3.10.8. */
import type { HostState } from '../host-state.ts';
import type { Turn } from '../turn.ts';
import { deadlineOf, own } from './connections.ts';
import { delayedAckTimeout } from './delayed-ack.ts';
import { keepAliveTimeout } from './keep-alive.ts';
import { output } from './output.ts';
import { persistTimeout } from './persist.ts';
import { retransmissionTimeout } from './retransmission.ts';
import type { Tcb } from './tcb.ts';
import { timeWaitOver } from './time-wait.ts';

/** Runs what is due. Harmless when nothing is. */
export function tcpTimers(turn: Turn): void {
  for (const tcb of turn.host.connections.values()) {
    if (deadlineOf(tcb) > turn.now) continue;
    const mine = own(turn, tcb);
    runTimers(turn, mine);
  }
  findDeadline(turn.host);
}

function runTimers(turn: Turn, tcb: Tcb): void {
  const { now } = turn;
  if (tcb.timeWaitAt <= now) timeWaitOver(turn, tcb);
  if (tcb.delayedAckAt <= now) {
    delayedAckTimeout(tcb);
    output(turn, tcb);
  }
  if (tcb.retransmissionAt <= now) retransmissionTimeout(turn, tcb);
  if (tcb.persistAt <= now) persistTimeout(turn, tcb);
  if (tcb.keepAliveAt <= now) keepAliveTimeout(turn, tcb);
}

/** A connection's timers have changed. The earliest of all is looked for only when it was this one's and is later now. */
export function rescheduleConnection(turn: Turn, tcb: Tcb): void {
  const { host } = turn;
  const deadline = deadlineOf(tcb);
  if (deadline <= host.deadline) {
    host.deadline = deadline;
    host.deadlineOf = tcb.connection;
  } else if (host.deadlineOf === tcb.connection) findDeadline(host);
}

function findDeadline(host: HostState): void {
  host.deadline = Number.POSITIVE_INFINITY;
  host.deadlineOf = 0;
  for (const tcb of host.connections.values()) {
    const deadline = deadlineOf(tcb);
    if (deadline >= host.deadline) continue;
    host.deadline = deadline;
    host.deadlineOf = tcb.connection;
  }
}

/** When the first timer of all connections is due. */
export function tcpDeadline(host: HostState): number {
  return host.deadline;
}
