/** The words of `send` after host and port: what goes out in which piece, and when. */
import { ProgramError } from '../errors.ts';
import { unescaped } from '../escapes.ts';
import { MAX_SEND_PARTS } from '../limits.ts';

/** One write: its octets, and how long to wait before it, in milliseconds. */
export interface SendPart {
  readonly delayMs: number;
  readonly octets: Uint8Array;
}

/** Time between two parts unless --delay says otherwise: longer than two writes are ever joined. */
export const DEFAULT_DELAY_MS = 200;

/** Largest delay, in milliseconds. */
const MAX_DELAY_MS = 60_000;
/** Largest `--repeat`ed part: enough for a datagram that is one octet too long (RFC 768: 65,507 over IPv4). */
const MAX_PART_BYTES = 70_000;

const HEX_BYTES = /^[0-9a-fA-F]{2}$/;
const HEX_START = /^0x(?:[0-9a-fA-F]{2})+$/;

function hexOf(text: string): Uint8Array {
  return Buffer.from(text.replace(/^0x|\s+/g, ''), 'hex');
}

/** Hex begins with 0x, and goes on in words of two digits: `0x68 65 6c`. */
function takeHex(first: string, rest: string[]): Uint8Array {
  const octets = [hexOf(first)];
  while (rest[0] !== undefined && HEX_BYTES.test(rest[0])) octets.push(hexOf(rest.shift() ?? ''));
  return Buffer.concat(octets);
}

function numberOf(word: string | undefined, option: string, most: number): number {
  if (word === undefined || !/^\d+$/.test(word)) throw new ProgramError(`${option} wants a number`);
  if (Number(word) > most) throw new ProgramError(`${option}: ${most} at most`);
  return Number(word);
}

/** A part in a word: hex in one quoted word (`'0x68 65'`), or text with backslash escapes. */
function octetsOf(word: string, rest: string[]): Uint8Array {
  if (HEX_START.test(word)) return takeHex(word, rest);
  if (/^0x[0-9a-fA-F\s]*$/.test(word) && /^(?:[0-9a-fA-F]{2}\s*)+$/.test(word.slice(2))) return hexOf(word);
  return unescaped(word).octets;
}

/**
 * The parts that words describe: text with escapes, `0x68 65` hex, `--delay MS` before the next part,
 * `--fill N` for N octets `x`.
 * @throws ProgramError
 */
export function readParts(words: readonly string[]): SendPart[] {
  const rest = [...words];
  const parts: SendPart[] = [];
  let delayMs: number | null = null;
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '--delay') {
      delayMs = numberOf(rest.shift(), word, MAX_DELAY_MS);
      continue;
    }
    const octets =
      word === '--fill' ? Buffer.alloc(numberOf(rest.shift(), word, MAX_PART_BYTES), 'x') : octetsOf(word, rest);
    parts.push({ delayMs: delayMs ?? (parts.length === 0 ? 0 : DEFAULT_DELAY_MS), octets });
    delayMs = null;
    if (parts.length > MAX_SEND_PARTS) throw new ProgramError(`${MAX_SEND_PARTS} parts at most, please`);
  }
  return parts;
}
