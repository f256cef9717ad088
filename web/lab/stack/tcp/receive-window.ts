/** The window that we offer: RFC 9293 §3.8.6, silly-window avoidance §3.8.6.2.2, scaling RFC 7323 §2. */
import { because } from '../because.ts';
import type { TcpOptions } from '../options.ts';
import { advance, before, distance } from '../sequence.ts';
import type { Tcb } from './tcb.ts';

const MAX_UNSCALED_WINDOW = 0xffff;
/** RFC 7323 §2.3. */
export const MAX_WINDOW_SHIFT = 14;

/** The shift that was asked for, or the least with which our whole buffer can be said in 16 bits. RFC 7323 §2.2. */
export function windowShiftFor({ windowShift, receiveBufferBytes }: TcpOptions): number {
  if (windowShift !== null) return Math.min(MAX_WINDOW_SHIFT, Math.max(0, Math.floor(windowShift) || 0));
  let shift = 0;
  while (receiveBufferBytes >> shift > MAX_UNSCALED_WINDOW && shift < MAX_WINDOW_SHIFT) shift += 1;
  return shift;
}

/** Octets that the receive buffer has room for. */
function freeReceiveBuffer(tcb: Tcb): number {
  return Math.max(0, tcb.options.receiveBufferBytes - tcb.receiveQueue.length);
}

/** What is still open of the window that was offered: RCV.WND. */
export function receiveWindow(tcb: Tcb): number {
  return before(tcb.rcvNxt, tcb.rcvAdv) ? distance(tcb.rcvNxt, tcb.rcvAdv) : 0;
}

/** Offers as much as there is room for, and answers it as the header says it. In a SYN it is never scaled. */
export function offerWindow(tcb: Tcb, isSyn: boolean): number {
  const shift = isSyn ? 0 : tcb.rcvScale;
  // Before the SYN nothing was offered, whatever the peer's numbers begin with.
  const offered = isSyn ? 0 : receiveWindow(tcb);
  const wanted = rightEdgeMoves(tcb, offered) ? freeReceiveBuffer(tcb) : offered;
  let wire = Math.min(MAX_UNSCALED_WINDOW, wanted >>> shift);
  // RFC 9293 §3.8.6: the right edge never moves to the left, not even by rounding (RFC 7323 §2.4).
  if (!isSyn && wire << shift < offered) wire = Math.min(MAX_UNSCALED_WINDOW, Math.ceil(offered / 2 ** shift));
  const edge = advance(tcb.rcvNxt, wire * 2 ** shift);
  if (isSyn || before(tcb.rcvAdv, edge)) tcb.rcvAdv = edge;
  return wire;
}

/**
 * RFC 9293 §3.8.6.2.2: the edge moves by a full segment or half the buffer, or not at all. Behind the peer's FIN nothing
 * comes that could be silly.
 */
function rightEdgeMoves(tcb: Tcb, offered: number): boolean {
  const more = freeReceiveBuffer(tcb) - offered;
  if (!tcb.options.sillyWindowAvoidance || tcb.finReceived) return more > 0;
  return more >= Math.min(tcb.options.receiveBufferBytes / 2, tcb.mss);
}

/**
 * After the program has read: is the news worth a segment of its own? RFC 9293 §3.8.6.2.2 says when the window may move,
 * not when to say so. As in FreeBSD: when it was shut, when it has opened by half the buffer, or by two segments and
 * little was left of it; a program that keeps up does not add a segment for each of its reads.
 */
export function considerWindowUpdate(tcb: Tcb): void {
  const offered = receiveWindow(tcb);
  if (!rightEdgeMoves(tcb, offered)) return;
  // What cannot be said is no news; nor is what only the SYN could not say: the next segment that goes anyway says it.
  const sayable = hasOfferedInSynOnly(tcb) ? MAX_UNSCALED_WINDOW : MAX_UNSCALED_WINDOW * 2 ** tcb.rcvScale;
  const more = Math.min(sayable, freeReceiveBuffer(tcb)) - offered;
  const wasShut = offered < tcb.mss && more >= Math.min(tcb.mss, tcb.options.receiveBufferBytes / 2);
  const buffer = tcb.options.receiveBufferBytes;
  const wasShort = more >= buffer / 4 || offered <= buffer / 8 || buffer <= 8 * tcb.mss;
  const isMuch = more >= buffer / 2 || (more >= 2 * tcb.mss && wasShort);
  if (!wasShut && !isMuch && tcb.options.sillyWindowAvoidance) return;
  tcb.ackReason ??= because('window-update', { window: offered + more });
}

/** Whether the window was never offered but in our SYN, where it is not scaled. */
function hasOfferedInSynOnly(tcb: Tcb): boolean {
  const first = advance(tcb.irs, 1);
  return tcb.lastAckSent === first && distance(first, tcb.rcvAdv) <= MAX_UNSCALED_WINDOW;
}
