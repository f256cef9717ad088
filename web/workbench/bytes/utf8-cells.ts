/**
 * What one octet of a stream is, read as UTF-8 (RFC 3629). UTF-8 synchronises itself: the lead octet of a character
 * is at most three octets before any octet of it, so every octet can be named from its nearest neighbours alone.
 * That is what lets the bytes view decode only the rows on screen, and decode across chunk boundaries.
 */

/** Octets of context that decide what an octet is, on either side. */
export const CONTEXT_BYTES = 3;

/**
 * - `printable`: a character of one octet; `control`: a C0 control or DEL;
 * - `wide`: an octet of a character of several octets;
 * - `invalid`: no UTF-8 has this octet here;
 * - `unknown`: it may belong to a character whose other octets were not recorded.
 */
export type CellKind = 'printable' | 'control' | 'wide' | 'invalid' | 'unknown';

/** One octet, named. */
export interface Utf8Cell {
  readonly kind: CellKind;
  /** What to show: the character itself, a control picture (U+2400…), or `·`. */
  readonly text: string;
  /** Code point, for `printable`, `control` and `wide`; else `null`. */
  readonly codePoint: number | null;
  /** Position of this octet in its character, from 0. */
  readonly part: number;
  /** Octets that its character has. */
  readonly of: number;
}

const CONTROL_PICTURES = 0x2400;
const DEL = 0x7f;
const DEL_PICTURE = '\u2421';

/** Names of the C0 controls (ISO/IEC 6429), by octet. */
const CONTROL_NAMES =
  'NUL SOH STX ETX EOT ENQ ACK BEL BS HT LF VT FF CR SO SI DLE DC1 DC2 DC3 DC4 NAK SYN ETB CAN EM SUB ESC FS GS RS US'.split(
    ' ',
  );

/** Short name of a control octet; few systems have a font with the pictures, so the page draws the letters itself. */
export function controlName(byte: number): string {
  return byte === DEL ? 'DEL' : (CONTROL_NAMES[byte] ?? '');
}
const NOT_SHOWN = '·';

/** Octets that a character with this lead octet has; 0 when no character starts with it (RFC 3629 §4). */
function lengthOf(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

const isTail = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** Whether `second` may follow `lead`: no overlong forms, surrogates, or code points past U+10FFFF (RFC 3629 §4). */
function maySecond(lead: number, second: number): boolean {
  if (lead === 0xe0) return second >= 0xa0;
  if (lead === 0xed) return second <= 0x9f;
  if (lead === 0xf0) return second >= 0x90;
  if (lead === 0xf4) return second <= 0x8f;
  return true;
}

function codePointAt(bytes: Uint8Array, start: number, length: number): number {
  let value = (bytes[start] ?? 0) & (length === 1 ? 0x7f : 0xff >> (length + 1));
  for (let i = 1; i < length; i += 1) value = (value << 6) | ((bytes[start + i] ?? 0) & 0x3f);
  return value;
}

/** Characters that would change the text around them or show nothing: formats, separators, private use, unassigned. */
const UNSHOWABLE = /[\p{C}\p{Zl}\p{Zp}]/u;

/** The character as it may be shown in a cell of its own. */
function visible(codePoint: number): string {
  if (codePoint < 0x20) return String.fromCodePoint(CONTROL_PICTURES + codePoint);
  if (codePoint === DEL) return DEL_PICTURE;
  const text = String.fromCodePoint(codePoint);
  if (UNSHOWABLE.test(text)) return NOT_SHOWN;
  // A combining mark needs something to combine with.
  return /\p{M}/u.test(text) ? `\u25cc${text}` : text;
}

function singleCell(byte: number): Utf8Cell {
  const kind = byte < 0x20 || byte === DEL ? 'control' : 'printable';
  return { kind, text: visible(byte), codePoint: byte, part: 0, of: 1 };
}

const INVALID: Utf8Cell = { kind: 'invalid', text: NOT_SHOWN, codePoint: null, part: 0, of: 1 };
const UNKNOWN: Utf8Cell = { kind: 'unknown', text: NOT_SHOWN, codePoint: null, part: 0, of: 1 };

/** Start of the character that octet `at` could belong to: the nearest octet before it that is no tail, or -1. */
function leadBefore(bytes: Uint8Array, at: number): number {
  for (let i = at; i >= 0 && i >= at - CONTEXT_BYTES; i -= 1) {
    if (!isTail(bytes[i] ?? 0)) return i;
  }
  return -1;
}

function cellAt(bytes: Uint8Array, at: number, startKnown: boolean, endKnown: boolean): Utf8Cell {
  const byte = bytes[at] ?? 0;
  if (byte < 0x80) return singleCell(byte);
  const start = leadBefore(bytes, at);
  if (start < 0) return startKnown || at >= CONTEXT_BYTES ? INVALID : UNKNOWN;
  const of = lengthOf(bytes[start] ?? 0);
  if (of < 2 || at - start >= of) return INVALID;
  for (let i = 1; i < of; i += 1) {
    const next = bytes[start + i];
    if (next === undefined) return endKnown ? INVALID : UNKNOWN;
    if (!isTail(next) || (i === 1 && !maySecond(bytes[start] ?? 0, next))) return INVALID;
  }
  const codePoint = codePointAt(bytes, start, of);
  return { kind: 'wide', text: visible(codePoint), codePoint, part: at - start, of };
}

/** The nearest octets of the same direction on either side; `null` when they exist but are not known. */
export interface Utf8Context {
  readonly before: Uint8Array | null;
  readonly after: Uint8Array | null;
}

const NOTHING = new Uint8Array(0);

/**
 * Names every octet of `bytes`. `context.before` and `context.after` hold up to CONTEXT_BYTES octets; fewer mean that
 * the stream begins or ends there.
 */
export function cellsOf(bytes: Uint8Array, context: Utf8Context = { before: NOTHING, after: NOTHING }): Utf8Cell[] {
  const before = context.before ?? NOTHING;
  const after = context.after ?? NOTHING;
  const all = new Uint8Array(before.length + bytes.length + after.length);
  all.set(before);
  all.set(bytes, before.length);
  all.set(after, before.length + bytes.length);
  const cells: Utf8Cell[] = [];
  for (let i = 0; i < bytes.length; i += 1) {
    cells.push(cellAt(all, before.length + i, context.before !== null, context.after !== null));
  }
  return cells;
}
