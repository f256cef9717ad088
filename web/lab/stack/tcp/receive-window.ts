/** The window that we offer: RFC 9293 §3.8.6, silly-window avoidance §3.8.6.2.2, scaling RFC 7323 §2. */
import { because } from '../because.ts';
import { advance, before, distance } from '../sequence.ts';
import type { Tcb } from './tcb.ts';

const MAX_UNSCALED_WINDOW = 0xffff;
/** RFC 7323 §2.3. */
export const MAX_WINDOW_SHIFT = 14;

/** The shift with which our whole buffer can be said in 16 bits. RFC 7323 §2.2. */
export function windowShiftFor(receiveBufferBytes: number): number {
  let shift = 0;
  while (receiveBufferBytes >> shift > MAX_UNSCALED_WINDOW && shift < MAX_WINDOW_SHIFT) shift += 1;
  return shift;
}

/** Octets that the receive buffer has room for. */
export function freeReceiveBuffer(tcb: Tcb): number {
  return Math.max(0, tcb.options.receiveBufferBytes - tcb.receiveQueue.length);
}

/** What is still open of the window that was offered: RCV.WND. */
export function receiveWindow(tcb: Tcb): number {
  return before(tcb.rcvNxt, tcb.rcvAdv) ? distance(tcb.rcvNxt, tcb.rcvAdv) : 0;
}

/** Offers as much as there is room for, and answers it as the header says it. In a SYN it is never scaled. */
export function offerWindow(tcb: Tcb, isSyn: boolean): number {
  const shift = isSyn ? 0 : tcb.rcvScale;
  const offered = receiveWindow(tcb);
  const wanted = rightEdgeMoves(tcb, offered) ? freeReceiveBuffer(tcb) : offered;
  let wire = Math.min(MAX_UNSCALED_WINDOW, wanted >>> shift);
  // RFC 9293 §3.8.6: the right edge never moves to the left, not even by rounding (RFC 7323 §2.4).
  if (!isSyn && wire << shift < offered) wire = Math.min(MAX_UNSCALED_WINDOW, Math.ceil(offered / 2 ** shift));
  const edge = advance(tcb.rcvNxt, wire * 2 ** shift);
  if (isSyn || before(tcb.rcvAdv, edge)) tcb.rcvAdv = edge;
  return wire;
}

/** RFC 9293 §3.8.6.2.2: the edge moves by a full segment or half the buffer, or not at all. */
function rightEdgeMoves(tcb: Tcb, offered: number): boolean {
  const more = freeReceiveBuffer(tcb) - offered;
  if (!tcb.options.sillyWindowAvoidance) return more > 0;
  return more >= Math.min(tcb.options.receiveBufferBytes / 2, tcb.mss);
}

/**
 * After the program has read: is the news worth a segment of its own? When the window was shut, or has opened by two
 * segments or half the buffer (4.4BSD's rule; RFC 9293 §3.8.6.2.2 says when it may move, not when to say so).
 */
export function considerWindowUpdate(tcb: Tcb): void {
  const offered = receiveWindow(tcb);
  const more = freeReceiveBuffer(tcb) - offered;
  if (!rightEdgeMoves(tcb, offered)) return;
  const wasShut = offered < tcb.mss && more >= Math.min(tcb.mss, tcb.options.receiveBufferBytes / 2);
  const isMuch = more >= 2 * tcb.mss || more >= tcb.options.receiveBufferBytes / 2;
  if (!wasShut && !isMuch && tcb.options.sillyWindowAvoidance) return;
  tcb.ackReason ??= because('window-update', { window: offered + more });
}
