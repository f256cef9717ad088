import { firstGrapheme, lastGrapheme } from '../graphemes.ts';

/** A line being edited: what is before the cursor and what is after it. */
export interface EditBuffer {
  readonly before: string;
  readonly after: string;
}

/** A line in which nothing has been typed. */
export const EMPTY_BUFFER: EditBuffer = { before: '', after: '' };

/** An edit that cut something out: the new buffer, and what may be yanked back. */
export interface Cut {
  readonly buffer: EditBuffer;
  readonly cut: string;
}

const WORD_LEFT = /[\p{L}\p{N}\p{M}_]*[^\p{L}\p{N}\p{M}_]*$/u;
const WORD_RIGHT = /^[^\p{L}\p{N}\p{M}_]*[\p{L}\p{N}\p{M}_]*/u;
const BLANK_WORD_LEFT = /\S*\s*$/u;

/** The whole text. */
export function textOf({ before, after }: EditBuffer): string {
  return before + after;
}

/** A buffer with the cursor at the end of `text`. */
export function bufferOf(text: string): EditBuffer {
  return { before: text, after: '' };
}

/** Types text at the cursor. */
export function insert({ before, after }: EditBuffer, text: string): EditBuffer {
  return { before: before + text, after };
}

/** Deletes the grapheme before the cursor. */
export function eraseLeft({ before, after }: EditBuffer): EditBuffer {
  return { before: before.slice(0, before.length - lastGrapheme(before).length), after };
}

/** Deletes the grapheme under the cursor. */
export function eraseRight({ before, after }: EditBuffer): EditBuffer {
  return { before, after: after.slice(firstGrapheme(after).length) };
}

/** Moves the cursor by `units` UTF-16 units; negative to the left. */
function move(buffer: EditBuffer, units: number): EditBuffer {
  const text = textOf(buffer);
  const cursor = buffer.before.length + units;
  return { before: text.slice(0, cursor), after: text.slice(cursor) };
}

/** The cursor, one grapheme to the left. */
export function moveLeft(buffer: EditBuffer): EditBuffer {
  return move(buffer, -lastGrapheme(buffer.before).length);
}

/** The cursor, one grapheme to the right. */
export function moveRight(buffer: EditBuffer): EditBuffer {
  return move(buffer, firstGrapheme(buffer.after).length);
}

/** The cursor at the beginning of the line (Ctrl-A). */
export function moveHome(buffer: EditBuffer): EditBuffer {
  return move(buffer, -buffer.before.length);
}

/** The cursor at the end of the line (Ctrl-E). */
export function moveEnd(buffer: EditBuffer): EditBuffer {
  return move(buffer, buffer.after.length);
}

function matched(pattern: RegExp, text: string): number {
  return pattern.exec(text)?.[0].length ?? 0;
}

/** To the start of the word before the cursor; words are letters, digits and `_`. */
export function moveWordLeft(buffer: EditBuffer): EditBuffer {
  return move(buffer, -matched(WORD_LEFT, buffer.before));
}

/** To the end of the word after the cursor. */
export function moveWordRight(buffer: EditBuffer): EditBuffer {
  return move(buffer, matched(WORD_RIGHT, buffer.after));
}

function cutLeft({ before, after }: EditBuffer, units: number): Cut {
  const at = before.length - units;
  return { buffer: { before: before.slice(0, at), after }, cut: before.slice(at) };
}

function cutRight({ before, after }: EditBuffer, units: number): Cut {
  return { buffer: { before, after: after.slice(units) }, cut: after.slice(0, units) };
}

/** Cuts everything before the cursor (Ctrl-U). */
export function killToStart(buffer: EditBuffer): Cut {
  return cutLeft(buffer, buffer.before.length);
}

/** Cuts everything behind the cursor (Ctrl-K). */
export function killToEnd(buffer: EditBuffer): Cut {
  return cutRight(buffer, buffer.after.length);
}

/** Cuts back to the blank before the cursor (Ctrl-W). */
export function killWordLeft(buffer: EditBuffer): Cut {
  return cutLeft(buffer, matched(BLANK_WORD_LEFT, buffer.before));
}

/** Cuts to the end of the word after the cursor (Alt-D). */
export function killWordRight(buffer: EditBuffer): Cut {
  return cutRight(buffer, matched(WORD_RIGHT, buffer.after));
}
