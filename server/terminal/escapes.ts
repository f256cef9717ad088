/** Backslash escapes of `printf` and `echo -e` (POSIX XBD 5, XCU printf), as octets. */

/** Octets, and whether `\c` ended all output. */
export interface Unescaped {
  readonly octets: Uint8Array;
  readonly ended: boolean;
}

const SINGLE: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  E: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  '\\': 92,
  '"': 34,
  "'": 39,
};

/** What follows the backslash: hex, Unicode, octal (echo: after a 0), or one character. */
const ESCAPE = /\\(?:x([0-9a-fA-F]{1,2})|u([0-9a-fA-F]{1,4})|U([0-9a-fA-F]{1,8})|(0?[0-7]{1,3})|([\s\S]))/gu;
const MAX_CODE_POINT = 0x10ffff;

function pointOf(hex: string): Uint8Array {
  const point = Number.parseInt(hex, 16);
  return Buffer.from(point > MAX_CODE_POINT ? '\ufffd' : String.fromCodePoint(point), 'utf8');
}

function octetsOf([all, hex, short, long, octal, single = '']: RegExpMatchArray): Uint8Array {
  if (hex !== undefined) return Uint8Array.of(Number.parseInt(hex, 16));
  if (short !== undefined) return pointOf(short);
  if (long !== undefined) return pointOf(long);
  if (octal !== undefined) return Uint8Array.of(Number.parseInt(octal, 8) & 0xff);
  const octet = SINGLE[single];
  return octet === undefined ? Buffer.from(all, 'utf8') : Uint8Array.of(octet);
}

/** `text` with its escapes replaced; an escape that nobody knows stays as it is. */
export function unescaped(text: string): Unescaped {
  const pieces: Uint8Array[] = [];
  let at = 0;
  for (const match of text.matchAll(ESCAPE)) {
    pieces.push(Buffer.from(text.slice(at, match.index), 'utf8'));
    at = match.index + match[0].length;
    if (match[0] === '\\c') return { octets: Buffer.concat(pieces), ended: true };
    pieces.push(octetsOf(match));
  }
  pieces.push(Buffer.from(text.slice(at), 'utf8'));
  return { octets: Buffer.concat(pieces), ended: false };
}
