import { SeededDice } from '#packets/seeded-dice.ts';

/** Choices that are the same for the same seed. */
export interface Random {
  /** A whole number from 0 to `bound` - 1. */
  below(bound: number): number;
  pick<T>(from: readonly T[]): T;
}

/** Makes them; `pick` throws when there is nothing to pick from. */
export function seededRandom(seed: number): Random {
  const dice = new SeededDice(seed);
  const below = (bound: number): number => Math.floor(dice.throw() * bound);
  return {
    below,
    pick: <T>(from: readonly T[]): T => {
      if (from.length === 0) throw new RangeError('nothing to pick from');
      return from[below(from.length)] as T;
    },
  };
}
