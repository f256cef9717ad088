/**
 * Dice that throw the same numbers for the same seed, everywhere (the generator mulberry32, 32 bits of state). Their state
 * can be copied, so that a run can be taken up again in its middle. Not for secrets.
 */
export class SeededDice {
  #state: number;

  /** @param seed 32 bits */
  constructor(seed: number) {
    this.#state = seed >>> 0;
  }

  /** A number from 0 (included) to 1 (excluded). */
  throw(): number {
    this.#state = (this.#state + 0x6d2b79f5) >>> 0;
    let mixed = this.#state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** Dice that will throw the same numbers. */
  clone(): SeededDice {
    return new SeededDice(this.#state);
  }
}
