/**
 * How many columns text takes in a terminal, by grapheme (UAX #29), with wide characters as UAX #11 has them.
 */
const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** First and last code point of each wide or full-width block (UAX #11, W and F), emoji aside. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0x4dbf],
  [0x4e00, 0xa4c6],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1aff0, 0x1b2fb],
  [0x1f200, 0x1f265],
  [0x20000, 0x2fffd],
  [0x30000, 0x3fffd],
];

const EMOJI = /^\p{Emoji_Presentation}|\ufe0f|^\p{Regional_Indicator}{2}/u;
const ZERO_WIDTH = /^[\p{Mn}\p{Me}\p{Cf}]/u;

/** Characters searched back for the start of the last grapheme: longer than any that people type. */
const GRAPHEME_SEARCH_CHARS = 64;

const ASCII = /^[\u0020-\u007e]*$/;

/** The user-perceived characters of `text`. */
export function graphemesOf(text: string): string[] {
  // The segmenter is slow, and ASCII has none of what it looks for.
  if (ASCII.test(text)) return text.split('');
  return Array.from(segmenter.segment(text), (part) => part.segment);
}

/** The last grapheme of `text`, empty where there is none. */
export function lastGrapheme(text: string): string {
  return graphemesOf(text.slice(-GRAPHEME_SEARCH_CHARS)).at(-1) ?? '';
}

/** The first grapheme of `text`, empty where there is none. */
export function firstGrapheme(text: string): string {
  return graphemesOf(text.slice(0, GRAPHEME_SEARCH_CHARS))[0] ?? '';
}

/** Columns that one printable grapheme takes: 0, 1 or 2. */
export function columnsOf(grapheme: string): number {
  const point = grapheme.codePointAt(0) ?? 0;
  if (grapheme === '' || ZERO_WIDTH.test(grapheme)) return 0;
  if (point < 0x300 && grapheme.length === 1) return 1;
  return EMOJI.test(grapheme) || WIDE.some(([first, last]) => point >= first && point <= last) ? 2 : 1;
}

/** Columns that printable text takes on one endless line. */
export function textColumns(text: string): number {
  return graphemesOf(text).reduce((sum, grapheme) => sum + columnsOf(grapheme), 0);
}
