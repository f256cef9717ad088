/** Seeded dice whose state can be copied, so that a run can be taken up again in its middle. */
export class Dice {
  #state: number;

  /** The same seed gives the same throws, everywhere. */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 (included) to 1 (excluded), by the generator mulberry32. */
  throw(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Dice that will throw the same numbers. */
  clone(): Dice {
    return new Dice(this.#state);
  }
}
