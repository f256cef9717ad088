/**
 * How text stands in the cells of a terminal: which code points share a cell with the one before them (grapheme clusters,
 * UAX #29, https://www.unicode.org/reports/tr29/) and how many columns they take (UAX #11,
 * https://www.unicode.org/reports/tr11/). The shell counts with it and the page's xterm.js draws with it: what one of them
 * thinks two columns wide is two columns wide for the other, too.
 */

/** First and last code point of each wide or full-width block (UAX #11, W and F), emoji aside. */
const WIDE: readonly (readonly [number, number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2630, 0x2637],
  [0x268a, 0x268f],
  [0x2e80, 0x303e],
  [0x3041, 0x3247],
  [0x3250, 0xa4c6],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18cff],
  [0x1aff0, 0x1b2fb],
  [0x1d300, 0x1d376],
  [0x1f200, 0x1f265],
  [0x20000, 0x2fffd],
  [0x30000, 0x3fffd],
];

/**
 * What a code point is to its neighbours, and what a cell ends with: there `joiner` is an emoji with a zero-width joiner
 * behind it, and `flag` the first half of a flag.
 */
const KIND = {
  start: 0,
  other: 1,
  space: 2,
  mark: 3,
  spacingMark: 4,
  joiner: 5,
  emojiStyle: 6,
  emoji: 7,
  keycap: 8,
  flag: 9,
  leading: 10,
  vowel: 11,
  trailing: 12,
  syllable: 13,
  closedSyllable: 14,
} as const;

const MARK = /^[\p{Mn}\p{Me}\p{Grapheme_Extend}\p{Emoji_Modifier}]$/u;
const SPACING_MARK = /^\p{Mc}$/u;
const WIDE_EMOJI = /^\p{Emoji_Presentation}$/u;
const EMOJI = /^\p{Extended_Pictographic}$/u;
const KEYCAP = /^[#*0-9]$/;
const FLAG = /^\p{Regional_Indicator}$/u;
const ZERO_WIDTH_JOINER = 0x200d;
const EMOJI_STYLE = 0xfe0f;
/** Hangul syllables come in rows of this many, of which the first has no trailing consonant (Unicode §3.12). */
const SYLLABLES_A_ROW = 28;

/** Code points below are plain, ASCII's few keycaps and the space aside. */
const FIRST_MARK = 0x300;
/** The planes of which the class is kept once it was asked for: the property tests are slow, and floods are long. */
const KEPT_POINTS = 0x20000;

/** Class of each code point, as {@link packed}; 0 where nobody has asked yet. */
let kept: Uint8Array | null = null;

/** How a cell goes on: what it ends with, how wide it is so far, and whether the code point belongs to the cell before. */
function packed(kind: number, columns: number, joins: boolean): number {
  return (kind << 3) | (columns << 1) | Number(joins);
}

const kindIn = (state: number): number => state >> 3;
const columnsIn = (state: number): number => (state >> 1) & 3;

/** Whether the code point of this state shares the cell of the one before it. */
export const joinsIn = (state: number): boolean => (state & 1) === 1;

function classOf(point: number): number {
  if (point >= KEPT_POINTS) return findClass(point);
  kept ??= new Uint8Array(KEPT_POINTS);
  const known = kept[point] ?? 0;
  if (known !== 0) return known;
  const found = findClass(point);
  kept[point] = found;
  return found;
}

function findClass(point: number): number {
  const text = String.fromCodePoint(point);
  if (point === ZERO_WIDTH_JOINER) return packed(KIND.joiner, 0, false);
  if (point === EMOJI_STYLE) return packed(KIND.emojiStyle, 0, false);
  if (point >= FIRST_MARK && MARK.test(text)) return packed(KIND.mark, WIDE_EMOJI.test(text) ? 2 : 0, false);
  if (SPACING_MARK.test(text)) return packed(KIND.spacingMark, 1, false);
  const isWide = WIDE_EMOJI.test(text) || WIDE.some(([first, last]) => point >= first && point <= last);
  return packed(findKind(point, text), isWide ? 2 : 1, false);
}

function findKind(point: number, text: string): number {
  if (text === ' ') return KIND.space;
  if (KEYCAP.test(text)) return KIND.keycap;
  if (FLAG.test(text)) return KIND.flag;
  if (EMOJI.test(text)) return KIND.emoji;
  if (point >= 0xac00 && point <= 0xd7a3)
    return (point - 0xac00) % SYLLABLES_A_ROW === 0 ? KIND.syllable : KIND.closedSyllable;
  if ((point >= 0x1100 && point <= 0x115f) || (point >= 0xa960 && point <= 0xa97c)) return KIND.leading;
  if ((point >= 0x1160 && point <= 0x11a7) || (point >= 0xd7b0 && point <= 0xd7c6)) return KIND.vowel;
  if ((point >= 0x11a8 && point <= 0x11ff) || (point >= 0xd7cb && point <= 0xd7fb)) return KIND.trailing;
  return KIND.other;
}

/** Whether a code point of this kind shares the cell that ends with `before` (UAX #29, GB6 to GB13). */
function joins(kind: number, before: number): boolean {
  switch (kind) {
    case KIND.mark:
    case KIND.spacingMark:
    case KIND.joiner:
    case KIND.emojiStyle:
      // Not on a blank, as UAX #29 would: what stands alone after a prompt must not hang on it.
      return before !== KIND.start && before !== KIND.space;
    case KIND.emoji:
      return before === KIND.joiner;
    case KIND.flag:
      return before === KIND.flag;
    case KIND.leading:
    case KIND.syllable:
    case KIND.closedSyllable:
      return before === KIND.leading;
    case KIND.vowel:
      return before === KIND.leading || before === KIND.vowel || before === KIND.syllable;
    case KIND.trailing:
      return before >= KIND.vowel;
    default:
      return false;
  }
}

/** What a cell ends with that ended with `before`, once a code point of this kind has joined it. */
function kindAfter(kind: number, before: number): number {
  if (kind === KIND.joiner) return before === KIND.emoji ? KIND.joiner : KIND.other;
  if (kind === KIND.mark || kind === KIND.emojiStyle) return before === KIND.emoji ? KIND.emoji : KIND.other;
  if (kind === KIND.vowel || kind === KIND.syllable) return KIND.vowel;
  if (kind === KIND.trailing || kind === KIND.closedSyllable) return KIND.trailing;
  return kind === KIND.emoji || kind === KIND.leading ? kind : KIND.other;
}

function columnsAfter(kind: number, columns: number, before: number): number {
  const had = columnsIn(before);
  if (kind === KIND.spacingMark) return 2;
  if (kind === KIND.emojiStyle) return kindIn(before) === KIND.emoji || kindIn(before) === KIND.keycap ? 2 : had;
  return Math.max(had, columns);
}

/**
 * The state after one more printable code point; `before` is the state after the one before it, 0 at the start and after
 * anything that moved the cursor. A state is what xterm.js calls the properties of a character.
 */
export function nextCell(point: number, before: number): number {
  const found = classOf(point);
  const kind = kindIn(found);
  if (joins(kind, kindIn(before))) {
    return packed(kindAfter(kind, kindIn(before)), columnsAfter(kind, columnsIn(found), before), true);
  }
  // What hangs on nothing stands alone: a terminal has no cells without width.
  const isAlone = kind >= KIND.mark && kind <= KIND.emojiStyle;
  return packed(isAlone ? KIND.other : kind, Math.max(1, columnsIn(found)), false);
}

/** Columns that one cell takes, 1 or 2; 0 for an empty text. More than one grapheme counts as what the last one takes. */
export function columnsOf(grapheme: string): number {
  let state = 0;
  for (const character of grapheme) state = nextCell(character.codePointAt(0) ?? 0, state);
  return columnsIn(state);
}

/** The same for xterm.js: a provider of Unicode properties, to be registered and made the active one. */
export const cellUnicode = {
  version: 'porthole',
  wcwidth: (point: number): 0 | 1 | 2 => columnsIn(classOf(point)) as 0 | 1 | 2,
  charProperties: nextCell,
};
