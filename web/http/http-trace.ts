/** The HTTP messages of one conversation, read from its wire events. Pure. */
import { HttpConversation } from '#packets/http/http-conversation.ts';
import type { HttpMessage } from '#packets/http/http-message.ts';
import type { HttpReader } from '#packets/http/http-reader.ts';
import type { Direction, WireEvent } from '#protocol/wire.ts';

/** Octets of an event: all that were recorded, `null` where they are gone, `undefined` where they have not come yet. */
export type BytesOfEvent = (event: WireEvent) => Uint8Array | null | undefined;

/** Where the octets of one event lie in the stream of their direction. */
interface Piece {
  readonly seq: number;
  readonly timeUs: number;
  /** Position after its last octet. */
  readonly to: number;
}

/** One message, and the event that brought its first octet. */
export interface TracedMessage {
  readonly message: HttpMessage;
  readonly direction: Direction;
  readonly seq: number;
  readonly timeUs: number;
}

/** Octets that are no HTTP, behind the messages of one direction. */
export interface TracedRest {
  readonly direction: Direction;
  readonly why: 'tunnel' | 'broken';
  readonly bytes: number;
}

/** Reads on as events come; told the same events twice, it changes nothing. */
export class HttpTrace {
  readonly #http = new HttpConversation();
  readonly #pieces: Readonly<Record<Direction, Piece[]>> = { 'to-server': [], 'to-client': [] };
  #lastSeq = 0;
  /** Event whose octets are waited for, or `null`. */
  wanted: number | null = null;

  /** Reads every event that is new, up to the first whose octets have not come. */
  update(events: readonly WireEvent[], bytesOf: BytesOfEvent): void {
    this.wanted = null;
    for (let index = firstAfter(events, this.#lastSeq); index < events.length; index += 1) {
      const event = events[index];
      if (!event) return;
      // Without its opening the beginning of a conversation has been dropped: nobody knows where a message begins.
      if (this.#lastSeq === 0 && event.kind !== 'opened') this.#skipBoth();
      if (!this.#read(event, bytesOf)) {
        this.wanted = event.seq;
        return;
      }
      this.#lastSeq = event.seq;
    }
  }

  /** Messages of both directions, in the order in which they began. */
  messages(): TracedMessage[] {
    const traced = [...this.#traced('to-server'), ...this.#traced('to-client')];
    return traced.sort((one, other) => one.seq - other.seq || one.message.index - other.message.index);
  }

  /** What follows the last message and is no HTTP. */
  rest(): TracedRest[] {
    return (['to-server', 'to-client'] as const).flatMap((direction) => {
      const { after } = this.#reader(direction);
      return after && after.bytes > 0 ? [{ direction, why: after.why, bytes: after.bytes }] : [];
    });
  }

  #reader(direction: Direction): HttpReader {
    return direction === 'to-server' ? this.#http.requests : this.#http.responses;
  }

  #traced(direction: Direction): TracedMessage[] {
    const pieces = this.#pieces[direction];
    return this.#reader(direction).messages.flatMap((message) => {
      const piece = pieces[firstBehind(pieces, message.from)];
      return piece ? [{ message, direction, seq: piece.seq, timeUs: piece.timeUs }] : [];
    });
  }

  /** False when the octets have not come. */
  #read(event: WireEvent, bytesOf: BytesOfEvent): boolean {
    if (event.direction === null) return true;
    const reader = this.#reader(event.direction);
    if (event.kind === 'half-closed') reader.end();
    else if (event.kind === 'skipped') reader.skip(event.length);
    if (event.kind === 'data') {
      const bytes = bytesOf(event);
      if (bytes === undefined) return false;
      if (bytes) reader.push(bytes);
      const missing = event.length - (bytes?.length ?? 0);
      if (missing > 0) reader.skip(missing);
    }
    this.#pieces[event.direction].push({ seq: event.seq, timeUs: event.timeUs, to: reader.position });
    return true;
  }

  #skipBoth(): void {
    this.#http.requests.skip(1);
    this.#http.responses.skip(1);
  }
}

/** A request line, or the beginning of one, and of a status line; RFC 9112 §3, §4. */
const HTTP_BEGINNING = /^(?:\r?\n)*(?:[A-Z]{3,10} \S+ HTTP\/|HTTP\/1\.[01] \d{3})/;

/** Octets that are looked at to tell whether they are HTTP. */
const MAX_LOOKED_AT_BYTES = 512;

/** Whether these first octets of a conversation are HTTP's. */
export function looksLikeHttp(bytes: Uint8Array): boolean {
  return HTTP_BEGINNING.test(String.fromCharCode(...bytes.subarray(0, MAX_LOOKED_AT_BYTES)));
}

/** Index of the first event after `seq`. */
function firstAfter(events: readonly WireEvent[], seq: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.seq ?? 0) > seq) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Index of the piece that holds a position. */
function firstBehind(pieces: readonly Piece[], position: number): number {
  let [low, high] = [0, pieces.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pieces[middle]?.to ?? 0) > position) high = middle;
    else low = middle + 1;
  }
  return low;
}
