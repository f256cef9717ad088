import { bytesOf } from '../session/base64.ts';

/** Octets turned into characters at once: an engine takes only so many arguments. */
const CHUNK_BYTES = 8_192;

const BASE64URL = /^[A-Za-z0-9_-]*$/;

/** Base64 with padding (RFC 4648 §4), as the contract with the server spells octets. */
export function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += CHUNK_BYTES) {
    binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK_BYTES));
  }
  return btoa(binary);
}

/** The octets, or `null` where `text` is not base64 as {@link base64Of} spells it: each value has one spelling only. */
export function bytesOfBase64(text: string): Uint8Array<ArrayBuffer> | null {
  const bytes = decoded(text);
  // `atob` forgives white space, missing padding, and bits that no octet uses (RFC 4648 §3.5).
  return bytes && base64Of(bytes) === text ? bytes : null;
}

function decoded(text: string): Uint8Array<ArrayBuffer> | null {
  try {
    return Uint8Array.from(bytesOf(text));
  } catch {
    // DOMException InvalidCharacterError: not base64.
    return null;
  }
}

/** Base64 for addresses: `-` and `_`, no padding (RFC 4648 §5). */
export function base64UrlOf(bytes: Uint8Array): string {
  return base64Of(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** The octets, or `null` where `text` is not what {@link base64UrlOf} makes. */
export function bytesOfBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!BASE64URL.test(text) || text.length % 4 === 1) return null;
  const padded = text
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .padEnd(Math.ceil(text.length / 4) * 4, '=');
  return bytesOfBase64(padded);
}
