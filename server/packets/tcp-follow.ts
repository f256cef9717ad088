/**
 * What the segments of one TCP connection say about it: relative numbers, states of both ends (RFC 9293 §3.3.2), and marks.
 * All of it is derived from the packets seen, in the order in which they were captured. Bounded: nothing grows.
 */
import { advance, before, distance } from './sequence.ts';
import { TCP_FLAGS, type TcpHeader } from './tcp.ts';
import type { TcpState } from './tcp-state.ts';

/**
 * - `retransmission`: octets, a SYN or a FIN that this end has sent before;
 * - `gap`: octets before these have not been captured;
 * - `duplicate-ack`: the same acknowledgment again while octets are on their way (RFC 5681 §2);
 * - `window-update`: nothing new but the window; `zero-window`: there is room for nothing;
 * - `keep-alive`: the last octet again, only to be answered (RFC 9293 §3.8.4).
 */
export type SegmentMark = 'retransmission' | 'gap' | 'duplicate-ack' | 'window-update' | 'zero-window' | 'keep-alive';

/** States of both ends; `null` where the segments seen do not say. */
export interface EndStates {
  readonly client: TcpState | null;
  readonly server: TcpState | null;
}

/** One segment, understood. */
export interface FollowedSegment {
  /** Sequence number counted from this end's initial one (its SYN has 0); `null` when that was not seen. */
  readonly relativeSequence: number | null;
  /** Acknowledgment number counted from the other end's initial one; `null` without ACK, or when that was not seen. */
  readonly relativeAcknowledgment: number | null;
  /** Octets of payload. */
  readonly length: number;
  /** Numbers that it uses up: its octets, and one each for SYN and FIN (RFC 9293 §3.4). */
  readonly sequenceLength: number;
  readonly marks: readonly SegmentMark[];
  /** States once it has been sent and received. */
  readonly after: EndStates;
}

/** What is known of one end. */
interface End {
  state: TcpState | null;
  /** Its initial sequence number; of a connection that was joined late, the first number seen. */
  initial: number | null;
  /** The number after the highest sent. */
  next: number | null;
  /** Number of its FIN. */
  fin: number | null;
  /** What it acknowledged and advertised last. */
  acknowledged: number | null;
  window: number;
}

/** Follows one connection. */
export class TcpFollower {
  readonly #client: End = end('CLOSED');
  readonly #server: End = end('LISTEN');
  #begun = false;

  /** States after the segments so far. */
  get states(): EndStates {
    return { client: this.#client.state, server: this.#server.state };
  }

  /** Takes the next segment; `length` is the payload's. */
  follow(header: TcpHeader, length: number, fromClient: boolean): FollowedSegment {
    const from = fromClient ? this.#client : this.#server;
    const to = fromClient ? this.#server : this.#client;
    const { flags, sequence, acknowledgment } = header;
    const [syn, fin, ack] = [has(flags, 'syn'), has(flags, 'fin'), has(flags, 'ack')];
    if (!this.#begun && !syn && !has(flags, 'rst')) this.#joinLate();
    this.#begun = true;
    // A new SYN over a connection that is done begins another one.
    if (syn && !ack && from.initial !== null && sequence !== from.initial) this.#beginAnew();
    if (from.initial === null && !has(flags, 'rst')) from.initial = sequence;
    const sequenceLength = length + (syn ? 1 : 0) + (fin ? 1 : 0);
    const marks = marksOf(from, to, header, sequenceLength, length);
    if (has(flags, 'rst')) this.#reset();
    else this.#advance(from, to, header, sequenceLength);
    if (ack && to.initial === null && !has(flags, 'rst')) to.initial = acknowledgment;
    return {
      relativeSequence: from.initial === null ? null : distance(from.initial, sequence),
      relativeAcknowledgment: ack && to.initial !== null ? distance(to.initial, acknowledgment) : null,
      length,
      sequenceLength,
      marks,
      after: this.states,
    };
  }

  #joinLate(): void {
    this.#client.state = 'ESTABLISHED';
    this.#server.state = 'ESTABLISHED';
  }

  #beginAnew(): void {
    Object.assign(this.#client, end('CLOSED'));
    Object.assign(this.#server, end('LISTEN'));
  }

  /** Both ends let go of it (RFC 9293 §3.5.3); a listener that refused goes on listening, or there was none. */
  #reset(): void {
    this.#client.state = 'CLOSED';
    this.#server.state = 'CLOSED';
  }

  #advance(from: End, to: End, { flags, sequence, acknowledgment, window }: TcpHeader, sequenceLength: number): void {
    const [syn, fin, ack] = [has(flags, 'syn'), has(flags, 'fin'), has(flags, 'ack')];
    const next = advance(sequence, sequenceLength);
    if (from.next === null || before(from.next, next)) from.next = next;
    if (fin) from.fin = advance(sequence, sequenceLength - 1);
    if (ack) {
      from.acknowledged = acknowledgment;
      from.window = window;
    }
    if (syn) from.state = ack || to.state === 'SYN-SENT' ? 'SYN-RECEIVED' : 'SYN-SENT';
    else if (ack) opened(from, to);
    if (ack && to.fin !== null && !before(acknowledgment, advance(to.fin, 1))) finAcknowledged(from, to);
    if (fin) finSent(from);
  }
}

function end(state: TcpState): End {
  return { state, initial: null, next: null, fin: null, acknowledged: null, window: 0 };
}

function has(flags: number, name: keyof typeof TCP_FLAGS): boolean {
  return (flags & TCP_FLAGS[name]) !== 0;
}

/** An acknowledgment without SYN: who sends it has the other's SYN acknowledged, and so has the other. */
function opened(from: End, to: End): void {
  if (from.state === 'SYN-SENT' || from.state === 'SYN-RECEIVED') from.state = 'ESTABLISHED';
  if (to.state === 'SYN-RECEIVED') to.state = 'ESTABLISHED';
}

/** `from` acknowledges the FIN of `to`. */
function finAcknowledged(from: End, to: End): void {
  if (from.state === 'ESTABLISHED') from.state = 'CLOSE-WAIT';
  else if (from.state === 'FIN-WAIT-1') from.state = 'CLOSING';
  else if (from.state === 'FIN-WAIT-2') from.state = 'TIME-WAIT';
  if (to.state === 'FIN-WAIT-1') to.state = 'FIN-WAIT-2';
  else if (to.state === 'CLOSING') to.state = 'TIME-WAIT';
  else if (to.state === 'LAST-ACK') to.state = 'CLOSED';
}

function finSent(from: End): void {
  if (from.state === 'ESTABLISHED' || from.state === 'SYN-RECEIVED') from.state = 'FIN-WAIT-1';
  else if (from.state === 'CLOSE-WAIT') from.state = 'LAST-ACK';
}

function marksOf(from: End, to: End, header: TcpHeader, sequenceLength: number, length: number): SegmentMark[] {
  const { flags, sequence, acknowledgment, window } = header;
  if (has(flags, 'rst') || from.next === null) return [];
  const marks: SegmentMark[] = [];
  const isPlain = !has(flags, 'syn') && !has(flags, 'fin');
  if (
    isPlain &&
    length <= 1 &&
    advance(sequence, 1) === from.next &&
    from.state === 'ESTABLISHED' &&
    to.acknowledged === from.next
  )
    return ['keep-alive'];
  if (sequenceLength > 0 && before(sequence, from.next)) marks.push('retransmission');
  if (before(from.next, sequence)) marks.push('gap');
  if (has(flags, 'ack') && isPlain) {
    const isSame = length === 0 && from.acknowledged === acknowledgment;
    if (isSame && from.window !== window && !before(sequence, from.next)) marks.push('window-update');
    else if (isSame && to.next !== null && before(acknowledgment, to.next)) marks.push('duplicate-ack');
    if (window === 0) marks.push('zero-window');
  }
  return marks;
}
