/**
 * A fixed piece of memory that keeps the newest octets handed to it. Positions grow forever, so an old position tells
 * by itself whether its octets are still there.
 */
export class PayloadRing {
  readonly capacityBytes: number;
  readonly #memory: Buffer;
  /** Where the next octet goes, counted from the ring's beginning. */
  #end = 0;

  /** @param capacityBytes octets kept at the most; allocated once, touched only as it fills. */
  constructor(capacityBytes: number) {
    this.capacityBytes = capacityBytes;
    this.#memory = Buffer.allocUnsafeSlow(capacityBytes);
  }

  /** Copies the first `length` octets in and returns their position. Never split over the ring's end. */
  store(bytes: Uint8Array, length: number): number {
    if (length > this.capacityBytes)
      throw new RangeError(`${length} octets do not fit a ring of ${this.capacityBytes}`);
    const room = this.capacityBytes - (this.#end % this.capacityBytes);
    if (length > room) this.#end += room;
    const position = this.#end;
    this.#memory.set(length === bytes.byteLength ? bytes : bytes.subarray(0, length), position % this.capacityBytes);
    this.#end += length;
    return position;
  }

  /** Whether the octets at `position` have not been overwritten. */
  holds(position: number): boolean {
    return position >= this.#end - this.capacityBytes;
  }

  /** Overwrites `length` octets with zeros, if they are still there. */
  erase(position: number, length: number): void {
    this.load(position, length)?.fill(0);
  }

  /** A view (not a copy: use it at once) of `length` octets, or `null` when they have been overwritten. */
  load(position: number, length: number): Buffer | null {
    if (!this.holds(position)) return null;
    const start = position % this.capacityBytes;
    return this.#memory.subarray(start, start + length);
  }
}
