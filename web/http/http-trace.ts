/** The HTTP messages of one conversation, read from its wire events. Pure. */
import { HttpConversation } from '#packets/http/http-conversation.ts';
import type { HttpMessage } from '#packets/http/http-message.ts';
import type { HttpReader } from '#packets/http/http-reader.ts';
import type { Direction, WireEvent } from '#protocol/wire.ts';
import { type BytesOfEvent, StreamFeed } from '../session/stream-feed.ts';

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
  readonly #feed = new StreamFeed({ 'to-server': this.#http.requests, 'to-client': this.#http.responses });

  /** Event whose octets are waited for, or `null`. */
  get wanted(): number | null {
    return this.#feed.wanted;
  }

  /** Reads every event that is new, up to the first whose octets have not come. */
  update(events: readonly WireEvent[], bytesOf: BytesOfEvent): void {
    this.#feed.update(events, bytesOf);
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
    return this.#reader(direction).messages.flatMap((message) => {
      const piece = this.#feed.pieceAt(direction, message.from);
      return piece ? [{ message, direction, seq: piece.seq, timeUs: piece.timeUs }] : [];
    });
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
