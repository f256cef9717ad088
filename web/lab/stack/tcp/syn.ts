/** Sending SYN and SYN-ACK, and what begins when both have been: RFC 9293 §3.5. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import { type Because, because } from '../because.ts';
import { advance } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { startCongestionControl } from './congestion.ts';
import { enter } from './connections.ts';
import { emit } from './emit.ts';
import { heardFromPeer } from './keep-alive.ts';
import { startRetransmissionTimer } from './retransmission.ts';
import type { Tcb } from './tcb.ts';

/** The SYN, or the SYN-ACK in SYN-RECEIVED; also again. */
export function sendSyn(turn: Turn, tcb: Tcb, reason: Because): void {
  const isFirst = tcb.sndNxt === tcb.iss;
  emit(turn, tcb, { seq: tcb.iss, length: 0, flags: TCP_FLAGS.syn, because: reason });
  tcb.sndNxt = advance(tcb.iss, 1);
  tcb.sndCursor = tcb.sndNxt;
  if (isFirst) {
    tcb.timedEnd = tcb.sndNxt;
    tcb.timedAt = turn.now;
  }
  startRetransmissionTimer(turn, tcb);
}

/** ESTABLISHED. `rule` tells which of the two ways led there. */
export function establish(turn: Turn, tcb: Tcb, reason: Because): void {
  enter(turn, tcb, 'ESTABLISHED', reason);
  startCongestionControl(turn, tcb);
  heardFromPeer(turn, tcb);
  if (tcb.listener === null) {
    if (tcb.socket !== null) turn.tell({ notice: 'connected', socket: tcb.socket });
    return;
  }
  const listener = turn.host.listeners.get(tcb.listener);
  if (listener === undefined) return;
  turn.host.listeners.set(listener.connection, {
    ...listener,
    halfOpen: listener.halfOpen.filter((each) => each !== tcb.connection),
    waiting: [...listener.waiting, tcb.connection],
  });
  turn.tell({ notice: 'acceptable', socket: listener.socket });
}

/** RFC 9293 §3.10.1: active OPEN. */
export function sendFirstSyn(turn: Turn, tcb: Tcb): void {
  const reason = because('syn-on-connect', { mss: tcb.mss });
  enter(turn, tcb, 'SYN-SENT', reason);
  sendSyn(turn, tcb, reason);
}
