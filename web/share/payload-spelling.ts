import { base64Of, bytesOfBase64 } from './base64.ts';

/** A payload in a recording: as text where that spells exactly these octets, else base64. Neither: no octets. */
export interface SpelledPayload {
  readonly text?: string | undefined;
  readonly base64?: string | undefined;
}

/** JSON spells these with six characters an octet; base64 is shorter and no less readable. */
const LONG_IN_JSON = /[^\P{Cc}\t\n\r]/u;

const utf8 = new TextEncoder();

/** Spells octets: text packs better than base64, and a person can read it in the file. */
export function spellPayload(payload: Uint8Array): SpelledPayload {
  if (payload.length === 0) return {};
  const text = textOf(payload);
  return text === null || LONG_IN_JSON.test(text) ? { base64: base64Of(payload) } : { text };
}

/** The octets, or `null` where they are spelled in no valid way. */
export function readPayload({ text, base64 }: SpelledPayload): Uint8Array | null {
  if (text !== undefined && base64 !== undefined) return null;
  if (text !== undefined) return utf8.encode(text);
  return base64 === undefined ? new Uint8Array() : bytesOfBase64(base64);
}

function textOf(payload: Uint8Array): string | null {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(payload);
  } catch {
    // `fatal` says by a TypeError that the octets are no UTF-8.
    return null;
  }
}
