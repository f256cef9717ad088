import { SeededDice } from '#packets/seeded-dice.ts';

/** Choices that are the same for the same seed. */
export class Chance {
  readonly #dice: SeededDice;

  constructor(seed: number) {
    this.#dice = new SeededDice(seed);
  }

  happens(probability: number): boolean {
    return this.#dice.throw() < probability;
  }

  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number {
    return Math.floor(this.#dice.throw() * bound);
  }

  pick<T>(first: T, ...others: readonly T[]): T {
    return [first, ...others][this.below(others.length + 1)] ?? first;
  }
}
