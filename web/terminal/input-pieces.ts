import { MAX_TERMINAL_INPUT_CHARS } from '#protocol/limits.ts';

const isHighSurrogate = (unit: number): boolean => unit >= 0xd800 && unit <= 0xdbff;

/** Cuts typed or pasted text into pieces that one message may carry, never inside a surrogate pair. */
export function inputPieces(text: string, maxChars = MAX_TERMINAL_INPUT_CHARS): string[] {
  const pieces: string[] = [];
  for (let at = 0; at < text.length; ) {
    let end = Math.min(text.length, at + maxChars);
    if (end < text.length && end - at > 1 && isHighSurrogate(text.charCodeAt(end - 1))) end -= 1;
    pieces.push(text.slice(at, end));
    at = end;
  }
  return pieces;
}
