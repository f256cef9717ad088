/** Reads a stream over TCP: octets in any pieces to header, stanzas and end. https://www.rfc-editor.org/rfc/rfc6120 */
import { NS } from '../namespaces.ts';
import { StreamError } from '../stream/stream-error.ts';
import type { XmlElement } from './element.ts';
import { MAX_STANZA_BYTES_BEFORE_LOGIN } from './limits.ts';
import { TreeBuilder, type TreeListener } from './tree-builder.ts';
import { Utf8Decoder } from './utf8-decoder.ts';

/** Who hears what a stream brings. */
export interface StreamListener extends TreeListener {
  /** The stream is broken; nothing more comes. */
  failed(error: StreamError): void;
}

const NOTHING = new Uint8Array(0);

/** Octets that may be sent while an answer is worked out. */
const MAX_KEPT_BYTES = 256 * 1024;

/** The header of a stream that is going on. */
const HEADER = `<stream:stream xmlns='${NS.client}' xmlns:stream='${NS.streams}'>`;

/** Thrown by a listener's `restart` or `stop` to leave the parser; never seen outside. */
class Interruption extends Error {}

/** One stream's reader. The size of a stanza is bounded before it is parsed: see `maxStanzaBytes`. */
export class StreamReader {
  /** Octets that one stanza may have. */
  maxStanzaBytes = MAX_STANZA_BYTES_BEFORE_LOGIN;
  readonly #listener: StreamListener;
  #builder: TreeBuilder;
  #decoder = new Utf8Decoder();
  #stopped = false;
  #holding = false;
  #kept: Uint8Array = NOTHING;
  #interrupted = false;
  /** Octets of the stanza that is not complete. */
  #pendingBytes = 0;
  /** Where the last complete stanza ended in the text that is being read, in UTF-16 units; -1: not in this text. */
  #boundary = -1;

  constructor(listener: StreamListener) {
    this.#listener = listener;
    this.#builder = this.#fresh();
  }

  /** Reads on, in pieces of any size. */
  write(bytes: Uint8Array): void {
    let rest = bytes;
    while (rest.length > 0 && !this.#stopped && !this.#holding) rest = rest.subarray(this.#read(rest));
    if (rest.length > 0 && this.#holding && !this.#stopped) this.#keep(rest);
  }

  /** The stanza being heard is answered later: what follows it is kept unread until `release`. */
  hold(): void {
    this.#holding = true;
    // The parser can't be left and entered again: its stream goes on in another one, which has seen a header.
    this.#builder = this.#fresh();
    this.#builder.write(HEADER);
    this.#decoder = new Utf8Decoder();
    this.#pendingBytes = 0;
    this.#interrupted = true;
  }

  /** Reads what has been kept. Harmless when nothing was held. */
  release(): void {
    if (!this.#holding) return;
    this.#holding = false;
    const kept = this.#kept;
    this.#kept = NOTHING;
    this.write(kept);
  }

  /** The stanza being heard was the last of its stream: what follows is a new one (RFC 6120 §4.3.3). */
  restart(): void {
    this.#builder = this.#fresh();
    this.#decoder = new Utf8Decoder();
    this.#pendingBytes = 0;
    this.#interrupted = true;
  }

  /** Nothing more is read. */
  stop(): void {
    this.#stopped = true;
    this.#interrupted = true;
  }

  #fresh(): TreeBuilder {
    const heard = (tell: () => void): void => {
      this.#boundary = this.#builder.offset;
      tell();
      if (this.#interrupted) throw new Interruption();
    };
    return new TreeBuilder({
      opened: (header) => {
        if (!this.#holding) heard(() => this.#listener.opened(header));
      },
      element: (element: XmlElement) => heard(() => this.#listener.element(element)),
      closed: () => heard(() => this.#listener.closed()),
    });
  }

  #keep(bytes: Uint8Array): void {
    this.#kept = Buffer.concat([this.#kept, bytes]);
    if (this.#kept.length > MAX_KEPT_BYTES) {
      this.#fail(new StreamError('policy-violation', 'Wait for the answer to what you sent before.'));
    }
  }

  /** Reads a piece and answers how many of the octets it has taken. */
  #read(bytes: Uint8Array): number {
    if (this.#pendingBytes === 0) {
      const spaces = leadingSpaces(bytes);
      if (spaces > 0) return spaces;
    }
    const allowed = this.maxStanzaBytes - this.#pendingBytes;
    if (allowed <= 0) return this.#fail(tooBig(this.maxStanzaBytes));
    const piece = bytes.length > allowed ? bytes.subarray(0, allowed) : bytes;
    const heldBefore = this.#decoder.heldBytes;
    const { text, bad } = this.#decoder.decode(piece);
    this.#boundary = -1;
    this.#interrupted = false;
    if (!this.#parse(text)) return piece.length;
    if (this.#interrupted) return this.#bytesTo(text, this.#boundary) - heldBefore;
    if (bad) return this.#fail(new StreamError('unsupported-encoding', 'There are octets that are no UTF-8.'));
    this.#count(piece.length, heldBefore, text);
    return piece.length;
  }

  /** `false`: the stream is broken. */
  #parse(text: string): boolean {
    try {
      this.#builder.write(text);
    } catch (error) {
      if (error instanceof Interruption) this.#pendingBytes = 0;
      else if (error instanceof StreamError) {
        this.#fail(error);
        return false;
      } else throw error;
    }
    return true;
  }

  /** Space between stanzas belongs to none of them: a client may send it for ever to keep its connection. */
  #count(pieceBytes: number, heldBefore: number, text: string): void {
    if (this.#boundary < 0) {
      this.#pendingBytes += pieceBytes;
      return;
    }
    let from = this.#boundary;
    while (from < text.length && isSpace(text.charCodeAt(from))) from += 1;
    this.#pendingBytes = heldBefore + pieceBytes - this.#bytesTo(text, from);
  }

  /** Octets of the first so many UTF-16 units. */
  #bytesTo(text: string, end: number): number {
    return Buffer.byteLength(text.slice(0, end));
  }

  #fail(error: StreamError): number {
    this.#stopped = true;
    this.#listener.failed(error);
    return 0;
  }
}

function tooBig(limit: number): StreamError {
  return new StreamError('policy-violation', `A stanza may have ${limit} octets here (XEP-0478).`);
}

function leadingSpaces(bytes: Uint8Array): number {
  let count = 0;
  while (count < bytes.length && isSpace(bytes[count] ?? 0)) count += 1;
  return count;
}

function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x0a || code === 0x0d || code === 0x09;
}
