/** Numbers of capture files, which are in the byte order of the machine that wrote them. */

/** Reads numbers of one buffer in one byte order. */
export class NumberReader {
  readonly bytes: Uint8Array;
  readonly littleEndian: boolean;
  readonly #view: DataView;

  constructor(bytes: Uint8Array, littleEndian: boolean) {
    this.bytes = bytes;
    this.littleEndian = littleEndian;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  u16(at: number): number {
    return this.#view.getUint16(at, this.littleEndian);
  }

  u32(at: number): number {
    return this.#view.getUint32(at, this.littleEndian);
  }

  /** Eight octets; exact up to 2⁵³. */
  u64(at: number): number {
    const [first, second] = [this.u32(at), this.u32(at + 4)];
    return this.littleEndian ? second * 2 ** 32 + first : first * 2 ** 32 + second;
  }
}

/** Appends numbers in little-endian order, the order of what we write. */
export class NumberWriter {
  #bytes: Uint8Array;
  #length = 0;

  constructor(capacity = 128) {
    this.#bytes = new Uint8Array(capacity);
  }

  get length(): number {
    return this.#length;
  }

  u16(value: number): this {
    return this.octets([value & 0xff, (value >>> 8) & 0xff]);
  }

  u32(value: number): this {
    return this.octets([value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, (value >>> 24) & 0xff]);
  }

  octets(octets: ArrayLike<number>): this {
    const needed = this.#length + octets.length;
    if (needed > this.#bytes.length) {
      const grown = new Uint8Array(Math.max(needed, this.#bytes.length * 2));
      grown.set(this.#bytes.subarray(0, this.#length));
      this.#bytes = grown;
    }
    this.#bytes.set(octets, this.#length);
    this.#length = needed;
    return this;
  }

  /** Zeros up to the next multiple of four octets. */
  pad(): this {
    return this.octets(new Uint8Array((4 - (this.#length % 4)) % 4));
  }

  /** What was written. */
  done(): Uint8Array {
    return this.#bytes.slice(0, this.#length);
  }
}
