/** Node's Buffer, as far as programs about sockets use it. https://nodejs.org/api/buffer.html */
import { decodeUtf8, encodeUtf8 } from '#packets/utf8.ts';

const ENCODINGS = ['utf8', 'utf-8', 'hex', 'latin1', 'binary', 'ascii'] as const;

/** How text is made of octets. */
export type Encoding = (typeof ENCODINGS)[number];

/** What may be written to a socket. */
export type Writable = string | Uint8Array;

/** A Uint8Array with the methods of Node's Buffer. */
export class Octets extends Uint8Array {
  static override from(from: string | ArrayLike<number> | Iterable<number>, encoding?: unknown): Octets {
    if (typeof from === 'string') return copyOf(encode(from, encodingOf(encoding)));
    return copyOf('length' in from ? from : [...from]);
  }

  static alloc(size: number, fill: number | string = 0): Octets {
    const octets = new Octets(size);
    if (typeof fill === 'number') return octets.fill(fill);
    const pattern = encodeUtf8(fill);
    for (let at = 0; at < size && pattern.length > 0; at += 1) octets[at] = pattern[at % pattern.length] ?? 0;
    return octets;
  }

  static concat(list: readonly Uint8Array[]): Octets {
    const octets = new Octets(list.reduce((sum, { length }) => sum + length, 0));
    let at = 0;
    for (const bytes of list) {
      octets.set(bytes, at);
      at += bytes.length;
    }
    return octets;
  }

  static byteLength(text: Writable): number {
    return typeof text === 'string' ? encodeUtf8(text).length : text.length;
  }

  static isBuffer(value: unknown): boolean {
    return value instanceof Octets;
  }

  override toString(encoding?: unknown, start = 0, end = this.length): string {
    const bytes = this.subarray(start, end);
    switch (encodingOf(encoding)) {
      case 'hex':
        return Array.from(bytes, (octet) => octet.toString(16).padStart(2, '0')).join('');
      case 'latin1':
      case 'binary':
      case 'ascii':
        return Array.from(bytes, (octet) => String.fromCharCode(octet)).join('');
      default:
        return decodeUtf8(bytes);
    }
  }

  override slice(start?: number, end?: number): Octets {
    return copyOf(this.subarray(start, end));
  }

  override indexOf(value: number | Writable, from = 0): number {
    if (typeof value === 'number') return super.indexOf(value, from);
    const wanted = typeof value === 'string' ? encodeUtf8(value) : value;
    for (let at = from; at + wanted.length <= this.length; at += 1)
      if (wanted.every((octet, index) => this[at + index] === octet)) return at;
    return -1;
  }

  equals(other: Uint8Array): boolean {
    return this.length === other.length && this.every((octet, index) => octet === other[index]);
  }

  readUInt8(at = 0): number {
    return this.#view().getUint8(at);
  }
  readUInt16BE(at = 0): number {
    return this.#view().getUint16(at);
  }
  readUInt32BE(at = 0): number {
    return this.#view().getUint32(at);
  }
  writeUInt8(value: number, at = 0): number {
    this.#view().setUint8(at, value);
    return at + 1;
  }
  writeUInt16BE(value: number, at = 0): number {
    this.#view().setUint16(at, value);
    return at + 2;
  }
  writeUInt32BE(value: number, at = 0): number {
    this.#view().setUint32(at, value);
    return at + 4;
  }

  #view(): DataView {
    return new DataView(this.buffer, this.byteOffset, this.length);
  }
}

function copyOf(octets: ArrayLike<number>): Octets {
  const copy = new Octets(octets.length);
  copy.set(octets);
  return copy;
}

/** What is written, as octets of its own. */
export function octetsOf(data: Writable, encoding?: unknown): Uint8Array {
  if (typeof data === 'string') return encode(data, encodingOf(encoding));
  if (data instanceof Uint8Array) return new Uint8Array(data);
  throw new TypeError('only a string, a Buffer or a Uint8Array can be written');
}

/** The encoding of this name, UTF-8 where none is given. Throws a TypeError for one that the lab has not. */
export function encodingOf(encoding: unknown): Encoding {
  if (typeof encoding !== 'string') return 'utf8';
  const known = ENCODINGS.find((each) => each === encoding.toLowerCase());
  if (!known) throw new TypeError(`unknown encoding: ${encoding}; the lab knows ${ENCODINGS.join(', ')}`);
  return known;
}

function encode(text: string, encoding: Encoding): Uint8Array {
  if (encoding === 'hex') return Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
  if (encoding === 'utf8' || encoding === 'utf-8') return encodeUtf8(text);
  return Uint8Array.from(text, (character) => character.charCodeAt(0) & 0xff);
}
