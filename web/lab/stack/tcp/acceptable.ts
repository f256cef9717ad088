/** Whether a segment lies in the receive window, and what of it: RFC 9293 §3.10.7.4 (first) and §3.4. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import { advance, before, distance } from '../sequence.ts';
import { receiveWindow } from './receive-window.ts';
import { type Segment, sequenceLength } from './segment.ts';
import type { Tcb } from './tcb.ts';

/**
 * The four cases of the table in RFC 9293 §3.4, and a fifth that it leaves out: a segment that begins before the window and
 * ends behind it has everything that is waited for.
 */
export function isAcceptable(tcb: Tcb, segment: Segment): boolean {
  const window = receiveWindow(tcb);
  const length = sequenceLength(segment);
  if (length === 0) return segment.seq === tcb.rcvNxt || isInWindow(tcb, segment.seq, window);
  if (window === 0) return false;
  const last = advance(segment.seq, length - 1);
  const covers = before(segment.seq, tcb.rcvNxt) && before(tcb.rcvNxt, last);
  return isInWindow(tcb, segment.seq, window) || isInWindow(tcb, last, window) || covers;
}

function isInWindow(tcb: Tcb, seq: number, window: number): boolean {
  return distance(tcb.rcvNxt, seq) < window;
}

/** The octets that are new and fit the window, and whether FIN is behind the last of them. */
export interface Trimmed {
  readonly seq: number;
  readonly payload: Uint8Array;
  readonly fin: boolean;
}

/** RFC 9293 §3.10.7.4: segments with old or superfluous octets are trimmed to the window. */
export function trim(tcb: Tcb, segment: Segment): Trimmed {
  // SYN takes a number of its own, before the octets.
  const seq = (segment.flags & TCP_FLAGS.syn) !== 0 ? advance(segment.seq, 1) : segment.seq;
  const old = before(seq, tcb.rcvNxt) ? Math.min(distance(seq, tcb.rcvNxt), segment.payload.length) : 0;
  const from = advance(seq, old);
  const ahead = before(from, tcb.rcvNxt) ? 0 : distance(tcb.rcvNxt, from);
  const room = Math.max(0, receiveWindow(tcb) - ahead);
  const left = segment.payload.length - old;
  const payload = left <= room ? segment.payload.subarray(old) : segment.payload.subarray(old, old + room);
  const fin = (segment.flags & TCP_FLAGS.fin) !== 0 && left <= room;
  return { seq: from, payload, fin };
}
