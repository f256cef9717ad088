import { SeededDice } from '#packets/seeded-dice.ts';

/** Seeded randomness: the same seed gives the same octets, cut in the same places. */
export class Dice extends SeededDice {
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number {
    return min + Math.floor(this.throw() * (max - min + 1));
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
}
