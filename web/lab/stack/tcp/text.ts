/** The octets of a segment and its FIN: RFC 9293 §3.10.7.4 (seventh and eighth); when to acknowledge: RFC 5681 §4.2. */
import { type Because, because } from '../because.ts';
import { advance, before, distance } from '../sequence.ts';
import type { Turn } from '../turn.ts';
import { trim } from './acceptable.ts';
import { acknowledgeInOrder } from './delayed-ack.ts';
import { finArrives } from './fin.ts';
import { keepPiece, takeInOrder } from './reassembly.ts';
import type { Segment } from './segment.ts';
import type { Tcb } from './tcb.ts';

/** Takes what is new of the octets, and the FIN when everything before it has come. */
export function takeText(turn: Turn, tcb: Tcb, segment: Segment): void {
  // RFC 9293 §3.10.7.4 (seventh): behind the peer's FIN there is no text.
  if (tcb.finReceived) {
    turn.discard('after-fin');
    return;
  }
  const { seq, payload, fin } = trim(tcb, segment);
  if (payload.length > 0 && seq === tcb.rcvNxt) takeNext(turn, tcb, payload);
  else if (payload.length > 0 && before(tcb.rcvNxt, seq)) takeAhead(tcb, seq, payload);
  if (fin) tcb.finSeq = advance(seq, payload.length);
  if (tcb.finSeq === tcb.rcvNxt) finArrives(turn, tcb);
  else if (fin) tcb.ackReason ??= outOfOrder(tcb, seq);
}

function takeNext(turn: Turn, tcb: Tcb, payload: Uint8Array): void {
  tcb.receiveQueue.adopt(payload);
  tcb.rcvNxt = advance(tcb.rcvNxt, payload.length);
  const hadGap = tcb.outOfOrder.length > 0;
  if (hadGap) takeInOrder(tcb);
  if (tcb.socket !== null && !tcb.released) turn.tell({ notice: 'readable', socket: tcb.socket });
  // RFC 5681 §4.2: a segment that fills all or part of a gap is acknowledged at once.
  if (hadGap) tcb.ackReason ??= because('ack-fills-gap', { missing: tcb.outOfOrder.length });
  else acknowledgeInOrder(turn, tcb, payload.length);
}

/** RFC 5681 §4.2: a segment beyond a gap is answered with a duplicate ACK at once. */
function takeAhead(tcb: Tcb, seq: number, payload: Uint8Array): void {
  keepPiece(tcb, seq, payload);
  tcb.ackReason ??= outOfOrder(tcb, seq);
}

/** Numbers count from the peer's SYN. */
function outOfOrder(tcb: Tcb, seq: number): Because {
  const numbers = { expected: distance(tcb.irs, tcb.rcvNxt), arrived: distance(tcb.irs, seq) };
  return because('duplicate-ack-out-of-order', numbers);
}
