/** Answers to calls. */
import type { Answer, SocketAddress, SocketError } from './calls.ts';

const NOTHING = new Uint8Array(0);

/** Yes, with a number. */
export function accepted(value: number, peer: SocketAddress | null = null): Answer {
  return { ok: true, value, bytes: NOTHING, end: false, peer };
}

/** What was received. */
export function received(bytes: Uint8Array, end: boolean): Answer {
  return { ok: true, value: bytes.length, bytes, end, peer: null };
}

/** No, and why. */
export function refused(error: SocketError): Answer {
  return { ok: false, error };
}
