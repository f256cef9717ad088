/** HTTP/1.1 messages as values: RFC 9112. https://www.rfc-editor.org/rfc/rfc9112 */
import type { HttpProblem } from './http-problem.ts';

/** Longest line that is read, in octets; a longer one ends the reading. */
export const MAX_HTTP_LINE_BYTES = 16 * 1024;

/** Header fields of one message that are read. */
export const MAX_HTTP_FIELDS = 100;

/** Octets of a body that are kept, from its beginning; the rest is counted. */
export const MAX_KEPT_BODY_BYTES = 2_048;

/** Messages of one direction that are kept; the oldest goes first. */
export const MAX_HTTP_MESSAGES = 200;

/** Problems of one message that are kept. */
export const MAX_HTTP_PROBLEMS = 20;

/** Which end sends such messages. */
export type HttpRole = 'request' | 'response';

/** A line of a message: its text without the line end (one character an octet), and where it lies in the stream. */
export interface HttpLine {
  readonly text: string;
  /** Position of its first octet in the stream of its direction, from 0. */
  readonly from: number;
  /** Position after its line end. */
  readonly to: number;
}

/** A header field; `name` and `value` as sent, without the white space around the value. */
export interface HttpField extends HttpLine {
  readonly name: string;
  readonly value: string;
}

/** The request line, RFC 9112 §3. Parts that could not be told apart are empty. */
export interface RequestLine extends HttpLine {
  readonly method: string;
  readonly target: string;
  readonly version: string;
}

/** The status line, RFC 9112 §4. `status` is 0 where it could not be read. */
export interface StatusLine extends HttpLine {
  readonly version: string;
  readonly status: number;
  readonly reason: string;
}

/** How the end of the body is told, RFC 9112 §6.3. */
export type HttpFraming =
  /** There is no body. */
  | { readonly kind: 'none' }
  /** Content-Length, in octets. */
  | { readonly kind: 'length'; readonly bytes: number }
  /** Chunks, each with its size in front. */
  | { readonly kind: 'chunked' }
  /** The end of the connection. */
  | { readonly kind: 'close' }
  /** What follows is no HTTP: 101, or a CONNECT that succeeded. */
  | { readonly kind: 'tunnel' };

/** How far a message has come. `broken`: where it ends cannot be told; `cut`: the connection ended before it did. */
export type HttpState = 'start' | 'fields' | 'body' | 'complete' | 'broken' | 'cut';

/** One message, as far as it has come. The reader goes on writing to it. */
export interface HttpMessage {
  readonly role: HttpRole;
  /** Its number in its direction, from 0. */
  readonly index: number;
  /** Position of its first octet. */
  readonly from: number;
  /** Position after its last octet so far. */
  to: number;
  state: HttpState;
  request: RequestLine | null;
  status: StatusLine | null;
  readonly fields: HttpField[];
  /** Fields after the last chunk, RFC 9112 §7.1.2. */
  readonly trailers: HttpField[];
  /** Known once the head is complete. */
  framing: HttpFraming | null;
  /** Position of the first octet after the head; `null` before. */
  bodyFrom: number | null;
  /** Octets of content so far: of chunks what is in them. */
  bodyBytes: number;
  /** Chunks begun, the last one (of size 0) included. */
  chunks: number;
  /** The first MAX_KEPT_BODY_BYTES of the content. */
  body: Uint8Array;
  readonly problems: HttpProblem[];
}

/** A message nothing is known of yet. */
export function emptyMessage(role: HttpRole, index: number, from: number): HttpMessage {
  return {
    ...{ role, index, from, to: from, state: 'start', request: null, status: null, framing: null },
    ...{ bodyFrom: null, bodyBytes: 0, chunks: 0, body: new Uint8Array(0) },
    fields: [],
    trailers: [],
    problems: [],
  };
}

/** Values of a field, in order; names are compared without case (RFC 9110 §5.1). */
export function fieldValues(message: HttpMessage, name: string): string[] {
  const wanted = name.toLowerCase();
  return message.fields.filter((field) => field.name.toLowerCase() === wanted).map(({ value }) => value);
}

/** What a message that is not complete waits for. */
export type HttpWanting =
  | { readonly what: 'start-line' | 'empty-line' | 'chunk' | 'close' | 'trailers' }
  | { readonly what: 'body'; readonly bytes: number };

/** What the message waits for; `null` when for nothing. */
export function wanting(message: HttpMessage): HttpWanting | null {
  if (message.state === 'start') return { what: 'start-line' };
  if (message.state === 'fields') return { what: 'empty-line' };
  if (message.state !== 'body') return null;
  const { framing, bodyBytes } = message;
  if (framing?.kind === 'length') return { what: 'body', bytes: framing.bytes - bodyBytes };
  return framing?.kind === 'chunked' ? { what: 'chunk' } : { what: 'close' };
}

/** Counts octets of the content, and keeps what there is room for. */
export function keepBody(message: HttpMessage, bytes: Uint8Array): void {
  message.bodyBytes += bytes.length;
  const room = MAX_KEPT_BODY_BYTES - message.body.length;
  if (room <= 0) return;
  const kept = new Uint8Array(message.body.length + Math.min(room, bytes.length));
  kept.set(message.body);
  kept.set(bytes.subarray(0, room), message.body.length);
  message.body = kept;
}

/** What a reader is told besides the octets. */
export interface HttpReaderOptions {
  readonly role: HttpRole;
  /** Messages that are kept; MAX_HTTP_MESSAGES when nothing is said. */
  readonly keep?: number;
  /** Method of the request that the next response answers; `null` where it is not known. */
  readonly answers?: () => string | null;
  /** Called with every message that has come to its end, in whichever way. */
  readonly ended?: (message: HttpMessage) => void;
  /** Called with every piece of content, as it comes. */
  readonly content?: (bytes: Uint8Array) => void;
  /** Called when the head of a message is complete. */
  readonly headed?: (message: HttpMessage) => void;
  /** Called at the first octet of a message. */
  readonly began?: (message: HttpMessage) => void;
}
