/** Choices that are the same for the same seed. */

/** Fractions from 0 to 1 (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b_79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Choices by dice. */
export class Chance {
  readonly #roll: () => number;

  constructor(seed: number) {
    this.#roll = dice(seed);
  }

  happens(probability: number): boolean {
    return this.#roll() < probability;
  }

  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number {
    return Math.floor(this.#roll() * bound);
  }

  pick<T>(first: T, ...others: readonly T[]): T {
    return [first, ...others][this.below(others.length + 1)] ?? first;
  }
}
