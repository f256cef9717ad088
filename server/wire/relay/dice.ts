import { SeededDice } from '#packets/seeded-dice.ts';

/** Dice of one direction of the `nth` conversation of a relay: a direction's traffic does not disturb another's. */
export function diceOf(seed: number, nth: number, direction: 'to-server' | 'to-client'): SeededDice {
  return new SeededDice(seed ^ Math.imul(nth * 2 + (direction === 'to-server' ? 0 : 1) + 1, 0x9e3779b1));
}
