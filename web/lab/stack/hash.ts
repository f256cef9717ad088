/** A keyed hash for numbers that should look random and be the same in every run (RFC 6528 §3 asks for such an F). */

/** 32 bits out of a key and some values. Not for secrets that are worth stealing: the lab has none. */
export function hash(key: number, ...values: readonly number[]): number {
  let state = Math.imul(key ^ 0x9e37_79b9, 0x85eb_ca6b);
  for (const value of values) {
    state ^= Math.imul(value | 0, 0xcc9e_2d51);
    state = Math.imul((state << 13) | (state >>> 19), 5) + 0x6546_b64;
  }
  state = Math.imul(state ^ (state >>> 16), 0x85eb_ca6b);
  state = Math.imul(state ^ (state >>> 13), 0xc2b2_ae35);
  return (state ^ (state >>> 16)) >>> 0;
}
