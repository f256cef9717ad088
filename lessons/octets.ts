/** Octets and text for checks: pure, and the same in Node and in the browser. */

/** Named here because this folder is compiled without Node's or the browser's types; both have them. */
declare const TextEncoder: new () => { encode(text: string): Uint8Array };
declare const TextDecoder: new (label: string, options: { fatal: boolean }) => { decode(bytes: Uint8Array): string };

const BASE64 = new Map(
  [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].map((digit, value) => [digit, value]),
);
const BITS_PER_DIGIT = 6;
const MAX_CHARACTER_BYTES = 4;
const CONTROL_NAMES: Readonly<Record<string, string>> = { '\r': '\\r', '\n': '\\n', '\t': '\\t', '\\': '\\\\' };
/** Control characters, and those that turn the direction of text around. */
const CONTROLS = /[\p{Cc}\p{Bidi_Control}\\]/gu;

/** The UTF-8 octets of a text. */
export function octetsOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

/** The octets that a base64 text stands for (RFC 4648 §4). Anything that is no base64 digit is passed over. */
export function octetsOfBase64(base64: string): Uint8Array {
  const octets: number[] = [];
  let held = 0;
  let bits = 0;
  for (const digit of base64) {
    const value = BASE64.get(digit);
    if (value === undefined) continue;
    held = ((held << BITS_PER_DIGIT) | value) & 0xfff;
    bits += BITS_PER_DIGIT;
    if (bits < 8) continue;
    bits -= 8;
    octets.push((held >> bits) & 0xff);
  }
  return Uint8Array.from(octets);
}

/** Joins two runs of octets. */
export function joined(first: Uint8Array, second: Uint8Array): Uint8Array {
  const both = new Uint8Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

/** Where `wanted` begins in `octets` at `from` or after it, or -1. */
export function indexOfOctets(octets: Uint8Array, wanted: Uint8Array, from = 0): number {
  const [first] = wanted;
  if (first === undefined) return from <= octets.length ? from : -1;
  for (let start = octets.indexOf(first, from); start >= 0; start = octets.indexOf(first, start + 1)) {
    if (startsAt(octets, wanted, start)) return start;
  }
  return -1;
}

/** Whether `octets` ends with `wanted`. */
export function endsWithOctets(octets: Uint8Array, wanted: Uint8Array): boolean {
  return octets.length >= wanted.length && startsAt(octets, wanted, octets.length - wanted.length);
}

/**
 * The octets of the UTF-8 character (RFC 3629 §3) that begins before `cut` and is complete after it, or `null` where no
 * character was cut there.
 */
export function cutCharacter(octets: Uint8Array, cut: number): Uint8Array | null {
  for (let start = cut - 1; start >= Math.max(0, cut - MAX_CHARACTER_BYTES + 1); start -= 1) {
    const character = octets.slice(start, start + characterLength(octets[start] ?? 0));
    if (start + character.length > cut && isOneCharacter(character)) return character;
  }
  return null;
}

/** How long the first octet of a character says that it is; 1 for an octet that begins none. */
function characterLength(first: number): number {
  if (first >= 0xf0) return MAX_CHARACTER_BYTES;
  if (first >= 0xe0) return 3;
  return first >= 0xc0 ? 2 : 1;
}

function isOneCharacter(octets: Uint8Array): boolean {
  const text = new TextDecoder('utf-8', { fatal: false }).decode(octets);
  return [...text].length === 1 && octetsOf(text).every((octet, index) => octet === octets[index]);
}

function startsAt(octets: Uint8Array, wanted: Uint8Array, start: number): boolean {
  if (start + wanted.length > octets.length) return false;
  // A plain loop: this is asked of every octet that goes by.
  for (let index = 0; index < wanted.length; index += 1) if (octets[start + index] !== wanted[index]) return false;
  return true;
}

/** Octets as a person reads them: UTF-8, with control characters written as `\r`, `\n`, `\x1b`. */
export function readableText(octets: Uint8Array): string {
  const text = new TextDecoder('utf-8', { fatal: false }).decode(octets);
  return text.replace(CONTROLS, (control) => CONTROL_NAMES[control] ?? hexEscape(control));
}

function hexEscape(control: string): string {
  const code = control.codePointAt(0) ?? 0;
  return code <= 0xff ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u{${code.toString(16)}}`;
}
