/** A segment in TIME-WAIT: RFC 9293 §3.10.7.4; a new connection with the same ends: RFC 6191; assassination: RFC 1337. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import { because } from '../because.ts';
import { before } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { endConnection } from './connections.ts';
import { emitAck } from './emit.ts';
import { arrivesInListen } from './listen.ts';
import { has, type Segment } from './segment.ts';
import type { Tcb } from './tcb.ts';
import { restartTimeWait } from './time-wait.ts';

/** Answers whether the segment needs no more looking at. */
export function arrivesInTimeWait(turn: Turn, tcb: Tcb, segment: Segment): boolean {
  // RFC 1337 §3 (F1): a RST does not cut the wait short.
  if (has(segment, TCP_FLAGS.rst)) {
    turn.discard('rst-in-time-wait');
    return true;
  }
  if (has(segment, TCP_FLAGS.syn) && !has(segment, TCP_FLAGS.ack) && reopens(turn, tcb, segment)) return true;
  if (!has(segment, TCP_FLAGS.fin)) return false;
  // RFC 9293 §3.10.7.4: "the only thing that can arrive … is a retransmission of the remote FIN".
  restartTimeWait(turn, tcb);
  turn.discard('fin-again');
  emitAck(turn, tcb, because('time-wait-ack'));
  return true;
}

/** RFC 6191 §2: a SYN that is newer by its timestamp, or by its sequence number, begins anew where somebody listens. */
function reopens(turn: Turn, tcb: Tcb, segment: Segment): boolean {
  const listening = turn.host.byPort.get(tcb.localPort);
  const listener = listening === undefined ? undefined : turn.host.listeners.get(listening);
  if (listener === undefined) return false;
  const { timestamps } = segment;
  const byTime = tcb.timestampsOn && timestamps !== null && before(tcb.tsRecent, timestamps.value);
  if (!byTime && !before(tcb.rcvNxt, segment.seq)) return false;
  endConnection(turn, tcb, because('time-wait-reused'), null);
  arrivesInListen(turn, listener, segment);
  return true;
}
