/** Reads the messages out of one direction of a byte stream, in whatever pieces it comes. */
import { frame, hostProblems, isFatal } from './http-framing.ts';
import { problem, quoted, readField, readRequestLine, readStatusLine, tooMany } from './http-lines.ts';
import {
  emptyMessage,
  type HttpFraming,
  type HttpLine,
  type HttpMessage,
  type HttpReaderOptions,
  keepBody,
  MAX_HTTP_FIELDS,
  MAX_HTTP_LINE_BYTES,
  MAX_HTTP_MESSAGES,
  MAX_HTTP_PROBLEMS,
} from './http-message.ts';
import type { HttpProblem } from './http-problem.ts';
import { LineBuffer } from './line-buffer.ts';

/** What the reader is in the middle of. */
type Phase = 'start' | 'fields' | 'body' | 'chunk-size' | 'chunk' | 'chunk-end' | 'trailers' | 'close' | 'over';

/** First octets of a TLS handshake record (RFC 8446 §5.1). */
const TLS_HANDSHAKE = 0x16;
const CR = 0x0d;
const LF = 0x0a;

/** Reads one direction. Every octet is looked at once. */
export class HttpReader {
  /** The messages so far, oldest first; the last one may be incomplete. */
  readonly messages: HttpMessage[] = [];
  /** Messages that were begun, those no longer kept included. */
  count = 0;
  /** Position of the octets that are no HTTP any more, and how many have come; `null` before. */
  after: { readonly why: 'tunnel' | 'broken'; readonly from: number; bytes: number } | null = null;
  /** Octets of this direction so far. */
  position = 0;
  readonly #options: HttpReaderOptions;
  readonly #line = new LineBuffer(MAX_HTTP_LINE_BYTES);
  #phase: Phase = 'start';
  #message: HttpMessage | null = null;
  /** Octets until the end of the body or of the chunk. */
  #left = 0;
  /** Size of the chunk that is being read. */
  #chunkBytes = 0;
  /** Octets of the body before this message, where its end was told by Content-Length. */
  #bodyBefore: number | null = null;

  constructor(options: HttpReaderOptions) {
    this.#options = options;
  }

  /** The message that is being read; `null` between two. */
  get current(): HttpMessage | null {
    return this.#message;
  }

  /** Takes the next octets. */
  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) at += this.#take(bytes, at);
  }

  /** So many octets went by unseen. Inside a body that is no harm; elsewhere nothing after it can be read. */
  skip(count: number): void {
    const inBody = this.#phase === 'body' || this.#phase === 'chunk';
    if (this.#phase === 'close' || this.#phase === 'over') this.#pass(count);
    else if (inBody && count <= this.#left && this.#message) {
      this.#message.bodyBytes += count;
      this.#left -= count;
      this.#pass(count);
      if (this.#left === 0) this.#bodyPartDone(this.#message);
    } else {
      const message = this.#message ?? this.#begin();
      this.#break(message, problem('not-recorded', this.position));
      this.#pass(count);
    }
  }

  /** The stream has ended (FIN). */
  end(): void {
    const message = this.#message;
    if (!message || this.#phase === 'over') return;
    if (this.#phase === 'close') this.#finish(message, 'complete');
    else {
      this.#note(message, this.#endedEarly(message));
      this.#finish(message, 'cut');
      this.#stop('broken');
    }
  }

  #endedEarly({ bodyFrom, framing, bodyBytes }: HttpMessage): HttpProblem {
    if (bodyFrom === null) return problem('head-ended', this.position);
    const bytes = framing?.kind === 'length' ? framing.bytes - bodyBytes : 0;
    return bytes > 0 ? problem('body-ended', this.position, { bytes }) : problem('chunks-ended', this.position);
  }

  /** What comes now is no HTTP any more: the other direction has said so (101). */
  becomeTunnel(): void {
    if (this.#phase !== 'over') this.#stop('tunnel');
  }

  /** Handles octets from `at`; answers how many. */
  #take(bytes: Uint8Array, at: number): number {
    const rest = bytes.length - at;
    switch (this.#phase) {
      case 'over':
        this.#pass(rest);
        return rest;
      case 'close':
      case 'body':
      case 'chunk':
        return this.#takeContent(bytes, at);
      default:
        return this.#takeLine(bytes, at);
    }
  }

  #pass(count: number): void {
    this.position += count;
    if (this.after) this.after.bytes += count;
    if (this.#message) this.#message.to = this.position;
  }

  #takeContent(bytes: Uint8Array, at: number): number {
    const message = this.#message;
    if (!message) return bytes.length - at;
    const count = this.#phase === 'close' ? bytes.length - at : Math.min(bytes.length - at, this.#left);
    keepBody(message, bytes.subarray(at, at + count));
    this.#options.content?.(bytes.subarray(at, at + count));
    this.#pass(count);
    if (this.#phase === 'close') return count;
    this.#left -= count;
    if (this.#left === 0) this.#bodyPartDone(message);
    return count;
  }

  #takeLine(bytes: Uint8Array, at: number): number {
    const message = this.#message ?? this.#begin();
    if (this.#phase === 'start' && message.from === this.position && bytes[at] === TLS_HANDSHAKE) {
      this.#break(message, problem('tls-hello', this.position));
      return 0;
    }
    const newline = bytes.indexOf(LF, at);
    const end = newline < 0 ? bytes.length : newline + 1;
    const fits = this.#line.add(bytes.subarray(at, end), this.position);
    this.#pass(end - at);
    if (!fits) this.#break(message, problem('line-too-long', this.#line.from, { bytes: MAX_HTTP_LINE_BYTES }));
    else if (newline >= 0) this.#readLine(message);
    return end - at;
  }

  #begin(): HttpMessage {
    const message = emptyMessage(this.#options.role, this.count, this.position);
    this.count += 1;
    this.messages.push(message);
    if (this.messages.length > (this.#options.keep ?? MAX_HTTP_MESSAGES)) this.messages.shift();
    this.#message = message;
    this.#options.began?.(message);
    return message;
  }

  #readLine(message: HttpMessage): void {
    const { line, octets } = this.#line.take();
    const isStart = this.#phase === 'start';
    if (octets.at(-2) !== CR && this.#phase !== 'chunk-end') this.#noteOnce(message, problem('bare-lf', line.to - 1));
    if (line.text.includes('\r')) this.#noteOnce(message, problem('bare-cr', line.from + line.text.indexOf('\r')));
    if (isStart) this.#readStart(message, line);
    else if (this.#phase === 'fields') this.#readHeadLine(message, line);
    else if (this.#phase === 'chunk-size') this.#readChunkSize(message, line);
    else if (this.#phase === 'chunk-end') this.#readChunkEnd(message, line);
    else this.#readTrailer(message, line);
  }

  #readStart(message: HttpMessage, line: HttpLine): void {
    if (line.text === '') {
      this.#noteOnce(message, problem('blank-line', line.from));
      return;
    }
    const { line: read, problems } = message.role === 'request' ? readRequestLine(line) : readStatusLine(line);
    if ('method' in read) message.request = read;
    else message.status = read;
    if (this.#bodyBefore !== null && problems.length > 0) {
      this.#note(message, problem('after-length', line.from, { bytes: this.#bodyBefore }));
    }
    this.#bodyBefore = null;
    for (const found of problems) this.#note(message, found);
    message.state = 'fields';
    this.#phase = 'fields';
  }

  #readHeadLine(message: HttpMessage, line: HttpLine): void {
    if (line.text === '') this.#endHead(message);
    else if (message.fields.length >= MAX_HTTP_FIELDS) this.#break(message, tooMany(line));
    else {
      const { line: field, problems } = readField(line);
      message.fields.push(field);
      for (const found of problems) this.#note(message, found);
    }
  }

  #endHead(message: HttpMessage): void {
    const { framing, problems } = frame(message, this.#options.answers?.() ?? null);
    for (const found of [...hostProblems(message), ...problems]) this.#note(message, found);
    message.bodyFrom = this.position;
    message.framing = framing;
    this.#options.headed?.(message);
    if (framing === null || isFatal(message)) this.#give(message);
    else this.#enterBody(message, framing);
  }

  #enterBody(message: HttpMessage, framing: HttpFraming): void {
    message.state = 'body';
    switch (framing.kind) {
      case 'none':
        this.#finish(message, 'complete');
        break;
      case 'tunnel':
        this.#finish(message, 'complete');
        this.#stop('tunnel');
        break;
      case 'length':
        this.#left = framing.bytes;
        this.#phase = 'body';
        break;
      case 'chunked':
        this.#phase = 'chunk-size';
        break;
      case 'close':
        this.#phase = 'close';
        break;
      default:
        framing satisfies never;
    }
  }

  /** `chunk-size [ chunk-ext ] CRLF`, RFC 9112 §7.1. */
  #readChunkSize(message: HttpMessage, line: HttpLine): void {
    const [, digits] = /^([0-9A-Fa-f]{1,12})[ \t]*(?:;.*)?$/.exec(line.text) ?? [];
    if (digits === undefined) {
      this.#break(message, problem('chunk-size', line.from, { text: quoted(line.text) }));
      return;
    }
    this.#chunkBytes = Number.parseInt(digits, 16);
    this.#left = this.#chunkBytes;
    message.chunks += 1;
    this.#phase = this.#left === 0 ? 'trailers' : 'chunk';
  }

  #readChunkEnd(message: HttpMessage, line: HttpLine): void {
    if (line.text !== '') this.#break(message, problem('chunk-end', line.from, { bytes: this.#chunkBytes }));
    else this.#phase = 'chunk-size';
  }

  #readTrailer(message: HttpMessage, line: HttpLine): void {
    if (line.text === '') this.#finish(message, 'complete');
    else if (message.trailers.length >= MAX_HTTP_FIELDS) this.#break(message, tooMany(line));
    else message.trailers.push(readField(line).line);
  }

  #bodyPartDone(message: HttpMessage): void {
    if (this.#phase === 'chunk') this.#phase = 'chunk-end';
    else this.#finish(message, 'complete');
  }

  #note(message: HttpMessage, found: HttpProblem): void {
    if (message.problems.length < MAX_HTTP_PROBLEMS) message.problems.push(found);
  }

  #noteOnce(message: HttpMessage, found: HttpProblem): void {
    if (!message.problems.some(({ code }) => code === found.code)) this.#note(message, found);
  }

  /** Notes what makes it impossible to read on, and reads no more. */
  #break(message: HttpMessage, found: HttpProblem): void {
    // It explains why nothing else is read, so it is kept even if others were too many.
    message.problems.splice(MAX_HTTP_PROBLEMS - 1);
    message.problems.push(found);
    this.#give(message);
  }

  #give(message: HttpMessage): void {
    this.#finish(message, 'broken');
    this.#stop('broken');
  }

  #finish(message: HttpMessage, state: 'complete' | 'broken' | 'cut'): void {
    message.state = state;
    this.#bodyBefore = message.framing?.kind === 'length' ? message.framing.bytes : null;
    this.#message = null;
    this.#phase = 'start';
    this.#options.ended?.(message);
  }

  #stop(why: 'tunnel' | 'broken'): void {
    this.#phase = 'over';
    this.#message = null;
    this.after = { why, from: this.position, bytes: 0 };
  }
}
