/** What a server keeps of a password for SCRAM. https://www.rfc-editor.org/rfc/rfc5802#section-3 */
import { createHash, createHmac, pbkdf2, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { saslprep } from '@mongodb-js/saslprep';

/** The hashes of SCRAM-SHA-1 (RFC 5802) and SCRAM-SHA-256 (RFC 7677). */
export type ScramHash = 'sha1' | 'sha256';

/** Rounds of the key derivation; RFC 7677 §4 has 4096 as the least. */
export const SCRAM_ITERATIONS = 4_096;

/** The salted verifier of one password. */
export interface Verifier {
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

const KEY_BYTES = { sha1: 20, sha256: 32 } as const;
const derive = promisify(pbkdf2);

/** Makes the verifier; `null` when the password can't be one (RFC 4013 forbids a few characters). */
export async function deriveVerifier(password: string, salt: Buffer, hash: ScramHash): Promise<Verifier | null> {
  const prepared = prepare(password);
  if (prepared === null) return null;
  const salted = await derive(prepared, salt, SCRAM_ITERATIONS, KEY_BYTES[hash], hash);
  const clientKey = createHmac(hash, salted).update('Client Key').digest();
  return {
    salt,
    iterations: SCRAM_ITERATIONS,
    storedKey: createHash(hash).update(clientKey).digest(),
    serverKey: createHmac(hash, salted).update('Server Key').digest(),
  };
}

/** Whether `password` has this verifier. */
export async function isPasswordOf(verifier: Verifier, password: string, hash: ScramHash): Promise<boolean> {
  const made = await deriveVerifier(password, verifier.salt, hash);
  return made !== null && timingSafeEqual(made.storedKey, verifier.storedKey);
}

function prepare(password: string): string | null {
  try {
    return saslprep(password);
  } catch (error) {
    if (error instanceof Error) return null;
    throw error;
  }
}
