/** Seeded randomness: the same seed gives the same octets, cut in the same places. */
export class Dice {
  #state: number;

  /** @param seed 32 bits */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.#next() * (max - min + 1));
  }

  /** So many octets, any of the 256. */
  octets(length: number): Buffer {
    return Buffer.from(Uint8Array.from({ length }, () => this.between(0, 255)));
  }

  /** So many lower-case letters. */
  letters(length: number): string {
    return Array.from({ length }, () => String.fromCharCode(this.between(97, 122))).join('');
  }

  /** Lengths of at most `largest` that add up to `total`. */
  cuts(total: number, largest: number): number[] {
    const sizes: number[] = [];
    for (let left = total; left > 0; left -= sizes.at(-1) ?? left) sizes.push(this.between(1, Math.min(largest, left)));
    return sizes;
  }

  /** Mulberry32: from 0 up to, not including, 1. */
  #next(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}
