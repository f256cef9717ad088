/** Numbers from 0 (included) to 1 (excluded). */
export type Dice = () => number;

/** The generator mulberry32: 32 bits of state, the same numbers for the same seed everywhere. Not for secrets. */
export function seededDice(seed: number): Dice {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Dice of one direction of the `nth` conversation of a relay: a direction's traffic does not disturb another's. */
export function diceOf(seed: number, nth: number, direction: 'to-server' | 'to-client'): Dice {
  return seededDice(seed ^ Math.imul(nth * 2 + (direction === 'to-server' ? 0 : 1) + 1, 0x9e3779b1));
}
