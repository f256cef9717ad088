/** A queue of octets, kept as chunks that are never written once they are shared. */

/** Octets that are put into one chunk when they come in small pieces, so that a queue has few chunks. */
export const CHUNK_BYTES = 4096;

/**
 * Octets in order. Append at the end, drop at the front. A clone shares the chunks: it costs a copy of the list.
 * The number of chunks is at most twice the length divided by CHUNK_BYTES, and two.
 */
export class ByteQueue {
  #chunks: Uint8Array[] = [];
  /** Octets of the first chunk that are dropped already. */
  #dropped = 0;
  #length = 0;
  /** The buffer whose first octets the last chunk is; `null` where the last chunk must not be added to. */
  #tail: Uint8Array | null = null;

  /** In octets. */
  get length(): number {
    return this.#length;
  }

  /** Copies the octets in: who appends may write over his own afterwards. */
  append(bytes: Uint8Array): void {
    if (bytes.length >= CHUNK_BYTES / 2) this.#push(bytes.slice());
    else this.#appendSmall(bytes);
  }

  /** Takes the octets as they are where they are many; nobody may write to them afterwards. */
  adopt(bytes: Uint8Array): void {
    if (bytes.length >= CHUNK_BYTES / 8) this.#push(bytes);
    else this.#appendSmall(bytes);
  }

  #push(bytes: Uint8Array): void {
    this.#chunks.push(bytes);
    this.#tail = null;
    this.#length += bytes.length;
  }

  #appendSmall(bytes: Uint8Array): void {
    if (bytes.length === 0) return;
    const last = this.#chunks.length - 1;
    const used = this.#chunks[last]?.length ?? 0;
    const fits = last >= 0 && used + bytes.length <= CHUNK_BYTES;
    if (fits && this.#tail === null) this.#reopenTail(last);
    if (!fits || this.#tail === null) {
      this.#tail = new Uint8Array(CHUNK_BYTES);
      this.#tail.set(bytes);
      this.#chunks.push(this.#tail.subarray(0, bytes.length));
    } else {
      this.#tail.set(bytes, used);
      this.#chunks[last] = this.#tail.subarray(0, used + bytes.length);
    }
    this.#length += bytes.length;
  }

  /** The last chunk may be shared: it goes on in a buffer of its own. */
  #reopenTail(last: number): void {
    this.#tail = new Uint8Array(CHUNK_BYTES);
    this.#tail.set(this.#chunks[last] ?? NOTHING);
  }

  /** Forgets the first `octets`, or all when there are fewer. */
  drop(octets: number): void {
    let left = Math.min(octets, this.#length);
    this.#length -= left;
    let whole = 0;
    for (;;) {
      const first = this.#chunks[whole];
      if (first === undefined || first.length - this.#dropped > left) break;
      left -= first.length - this.#dropped;
      this.#dropped = 0;
      whole += 1;
    }
    this.#dropped += left;
    if (whole > 0) this.#chunks.splice(0, whole);
    if (this.#chunks.length === 0) this.#tail = null;
  }

  /** Copies `length` octets that begin `offset` after the front to `target` at `at`. Throws a RangeError past the end. */
  copyTo(target: Uint8Array, at: number, offset: number, length: number): void {
    if (offset < 0 || offset + length > this.#length) throw new RangeError('these octets are not in the queue');
    let skip = offset + this.#dropped;
    let to = at;
    let left = length;
    for (let index = 0; left > 0; index += 1) {
      const chunk = this.#chunks[index] ?? NOTHING;
      if (skip >= chunk.length) {
        skip -= chunk.length;
        continue;
      }
      const take = Math.min(left, chunk.length - skip);
      target.set(take === chunk.length ? chunk : chunk.subarray(skip, skip + take), to);
      to += take;
      left -= take;
      skip = 0;
    }
  }

  /** Takes up to `max` octets off the front; the copy is the caller's. */
  take(max: number): Uint8Array {
    const bytes = new Uint8Array(Math.max(0, Math.min(max, this.#length)));
    this.copyTo(bytes, 0, 0, bytes.length);
    this.drop(bytes.length);
    return bytes;
  }

  /** An independent copy; neither sees what is done to the other, as long as both are cloned before they are written. */
  clone(): ByteQueue {
    const copy = new ByteQueue();
    copy.#chunks = this.#chunks.slice();
    copy.#dropped = this.#dropped;
    copy.#length = this.#length;
    return copy;
  }
}

const NOTHING = new Uint8Array(0);
