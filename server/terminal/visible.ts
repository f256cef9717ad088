/**
 * Makes text from outside safe for a terminal: nothing in it is executed, nothing in it is hidden.
 * Octets are decoded as UTF-8 (RFC 3629, errors as the Unicode Standard's "maximal subpart" practice has them);
 * control and hidden characters become visible text in reverse video, which no peer can produce itself.
 *
 * - C0 and DEL in caret notation: ESC is `^[`; `\t`, `\n` and `\r\n` stay, a lone `\r` is `^M`;
 * - octets that are not UTF-8: `\xff`;
 * - C1, bidirectional and zero-width controls, line and paragraph separators, private use: `<U+202E>`.
 */
import { MAX_COMBINING_MARKS } from './limits.ts';
import { styled } from './style.ts';

const HIDDEN =
  /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\u3164\uffa0]/u;
const MARK = /\p{M}/u;
const PICTOGRAPH = /[\p{Extended_Pictographic}\p{Emoji_Modifier}]/u;
const ZERO_WIDTH_JOINER = 0x200d;
const EMOJI_STYLE = 0xfe0f;
const TEXT_STYLE = 0xfe0e;

/** Decodes a stream of octets piece by piece; the result does not depend on where it is cut. */
export interface VisibleText {
  /** Text for the terminal, line ends as `\r\n`. What may change with the next octet is held back. */
  push(octets: Uint8Array): string;
  /** What was held back: the stream has ended here. */
  end(): string;
}

/** A control or hidden code point as visible plain text, or `null` if it can be shown as it is. */
export function visibleName(point: number): string | null {
  if (point < 0x20) return `^${String.fromCharCode(point + 0x40)}`;
  if (point === 0x7f) return '^?';
  return kindOf(point) === KIND.hidden ? unicodeName(point) : null;
}

/** How a code point is shown. */
const KIND = { plain: 0, hidden: 1, mark: 2, pictograph: 3 } as const;

/** Kinds of the basic multilingual plane as far as they have been asked for: property tests are slow. */
const knownKinds: number[] = [];
const PLANE_END = 0x10000;

function kindOf(point: number): number {
  if (point >= 0x20 && point < 0x7f) return KIND.plain;
  if (point >= PLANE_END) return findKind(point);
  const known = knownKinds[point];
  if (known !== undefined) return known;
  const kind = findKind(point);
  knownKinds[point] = kind;
  return kind;
}

function findKind(point: number): number {
  const text = String.fromCodePoint(point);
  if (point === EMOJI_STYLE || point === TEXT_STYLE) return KIND.mark;
  if (HIDDEN.test(text)) return KIND.hidden;
  if (MARK.test(text)) return KIND.mark;
  return PICTOGRAPH.test(text) && point > 0x7f ? KIND.pictograph : KIND.plain;
}

function unicodeName(point: number): string {
  return `<U+${point.toString(16).toUpperCase().padStart(4, '0')}>`;
}

function octetName(octet: number): string {
  return `\\x${octet.toString(16).padStart(2, '0')}`;
}

/** Turns code points into safe text, with the little memory that needs. */
class Shower {
  #carriageReturn = false;
  /** Marks and joiners since the character that they hang on. */
  #marks = 0;
  /** The last character was a pictograph, maybe with marks: a joiner may follow. */
  #joinable = false;
  #joined = false;

  point(point: number): string {
    const held = this.#release(point);
    if (point === 0x0d) {
      this.#carriageReturn = true;
      return held;
    }
    return held + this.#show(point);
  }

  octet(octet: number): string {
    return this.#release(octet) + this.#mark(octetName(octet));
  }

  /** Plain ASCII that needs nothing. */
  plain(text: string): string {
    const held = this.#release(0x20);
    this.#forget();
    return held + text;
  }

  end(): string {
    return this.#release(-1);
  }

  /** A `\r` waits for what follows: with `\n` it is a line end, alone it is a control. */
  #release(next: number): string {
    if (!this.#carriageReturn) return '';
    this.#carriageReturn = false;
    return next === 0x0a ? '' : styled('visible', '^M');
  }

  #show(point: number): string {
    if (point === 0x0a) return '\r\n';
    if (point === 0x09) return '\t';
    if (point === ZERO_WIDTH_JOINER && this.#joinable && !this.#joined) return this.#join();
    const kind = kindOf(point);
    if (kind === KIND.hidden) return this.#mark(visibleName(point) ?? unicodeName(point));
    const text = String.fromCodePoint(point);
    if (kind === KIND.mark) return this.#count(text);
    // Emoji joined without end would be one endless grapheme: only a character that starts one resets the count.
    if (this.#joined && kind === KIND.pictograph) this.#joined = false;
    else this.#forget();
    this.#joinable = kind === KIND.pictograph;
    return text;
  }

  #forget(): void {
    this.#marks = 0;
    this.#joinable = false;
    this.#joined = false;
  }

  #mark(name: string): string {
    this.#forget();
    return styled('visible', name);
  }

  #join(): string {
    const shown = this.#count(String.fromCodePoint(ZERO_WIDTH_JOINER));
    this.#joined = this.#marks <= MAX_COMBINING_MARKS;
    return shown;
  }

  #count(text: string): string {
    this.#marks += 1;
    if (this.#marks <= MAX_COMBINING_MARKS) return text;
    return styled('visible', unicodeName(text.codePointAt(0) ?? 0));
  }
}

/** First and last value that the octet after a lead octet may have (Unicode Standard, table 3-7). */
function secondOctetRange(lead: number): readonly [number, number] {
  if (lead === 0xe0) return [0xa0, 0xbf];
  if (lead === 0xed) return [0x80, 0x9f];
  if (lead === 0xf0) return [0x90, 0xbf];
  if (lead === 0xf4) return [0x80, 0x8f];
  return [0x80, 0xbf];
}

/** Octets that a lead octet announces, itself included; 0 if it cannot lead. */
function sequenceLength(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead >= 0xc2 && lead <= 0xdf) return 2;
  if (lead >= 0xe0 && lead <= 0xef) return 3;
  if (lead >= 0xf0 && lead <= 0xf4) return 4;
  return 0;
}

/** The code point of a whole sequence of two to four octets (RFC 3629 §3). */
function pointOf([lead = 0, ...rest]: readonly number[]): number {
  const leadBits = lead & (0x7f >> (rest.length + 1));
  return rest.reduce((point, octet) => (point << 6) | (octet & 0x3f), leadBits);
}

class Utf8Visible implements VisibleText {
  readonly #shower = new Shower();
  /** Octets of a character that is not complete yet; at most three. */
  #partial: number[] = [];

  push(octets: Uint8Array): string {
    let shown = '';
    let at = 0;
    while (at < octets.length) {
      const end = this.#partial.length > 0 ? at : endOfPlain(octets, at);
      if (end > at) {
        shown += this.#shower.plain(asciiOf(octets, at, end));
        at = end;
      } else {
        shown += this.#octet(octets[at] ?? 0);
        at += 1;
      }
    }
    return shown;
  }

  end(): string {
    return this.#invalid() + this.#shower.end();
  }

  #octet(octet: number): string {
    const [lead] = this.#partial;
    if (lead === undefined) return this.#start(octet);
    const [low, high] = this.#partial.length === 1 ? secondOctetRange(lead) : [0x80, 0xbf];
    if (octet < low || octet > high) return this.#invalid() + this.#start(octet);
    this.#partial.push(octet);
    if (this.#partial.length < sequenceLength(lead)) return '';
    const point = pointOf(this.#partial);
    this.#partial = [];
    return this.#shower.point(point);
  }

  #start(octet: number): string {
    const length = sequenceLength(octet);
    if (length === 0) return this.#shower.octet(octet);
    if (length === 1) return this.#shower.point(octet);
    this.#partial.push(octet);
    return '';
  }

  #invalid(): string {
    const octets = this.#partial;
    this.#partial = [];
    return octets.map((octet) => this.#shower.octet(octet)).join('');
  }
}

/** Where the run of printable ASCII that begins at `from` ends. */
function endOfPlain(octets: Uint8Array, from: number): number {
  let at = from;
  while (at < octets.length) {
    const octet = octets[at] ?? 0;
    if (octet < 0x20 || octet > 0x7e) break;
    at += 1;
  }
  return at;
}

function asciiOf(octets: Uint8Array, from: number, to: number): string {
  return Buffer.from(octets.buffer, octets.byteOffset + from, to - from).toString('latin1');
}

/** A decoder for one stream of octets. */
export function createVisibleText(): VisibleText {
  return new Utf8Visible();
}

/** `text` made safe in one go, line ends as `\r\n`. */
export function visible(text: string): string {
  const shower = new Shower();
  let shown = '';
  for (const character of text) shown += shower.point(character.codePointAt(0) ?? 0);
  return shown + shower.end();
}
