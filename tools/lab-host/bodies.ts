/** Bodies that are the same in every run and repeat nowhere, and their digests. */
import { createHash } from 'node:crypto';
import { SeededDice } from '#packets/seeded-dice.ts';

const OCTET_VALUES = 256;
/** Longest body, in octets. */
const MAX_BODY_OCTETS = 64 * 1024 * 1024;

/** `octets` octets that `seed` decides. */
export function bodyOf(octets: number, seed = 1): Buffer {
  if (octets > MAX_BODY_OCTETS) throw new RangeError(`a body has at most ${MAX_BODY_OCTETS} octets`);
  const dice = new SeededDice(seed);
  const body = Buffer.alloc(octets);
  for (let at = 0; at < octets; at += 1) body[at] = dice.throw() * OCTET_VALUES;
  return body;
}

/** SHA-256, in hex. */
export function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
