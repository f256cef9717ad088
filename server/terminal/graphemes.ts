/** The user-perceived characters of text, each of which is one cell of the terminal. */
import { columnsOf, joinsIn, nextCell } from '#protocol/columns.ts';

/** Characters searched back for the start of the last grapheme: longer than any that people type. */
const GRAPHEME_SEARCH_CHARS = 64;

const ASCII = /^[\u0020-\u007e]*$/;

/** The user-perceived characters of `text`. */
export function graphemesOf(text: string): string[] {
  if (ASCII.test(text)) return text.split('');
  const graphemes: string[] = [];
  let state = 0;
  for (const character of text) {
    state = nextState(character, state);
    if (joinsIn(state)) graphemes.push((graphemes.pop() ?? '') + character);
    else graphemes.push(character);
  }
  return graphemes;
}

/** Controls are drawn as something else: nothing hangs on them. */
function nextState(character: string, state: number): number {
  return character < ' ' ? 0 : nextCell(character.codePointAt(0) ?? 0, state);
}

/** The last grapheme of `text`, empty where there is none. */
export function lastGrapheme(text: string): string {
  return graphemesOf(text.slice(-GRAPHEME_SEARCH_CHARS)).at(-1) ?? '';
}

/** The first grapheme of `text`, empty where there is none. */
export function firstGrapheme(text: string): string {
  return graphemesOf(text.slice(0, GRAPHEME_SEARCH_CHARS))[0] ?? '';
}

/** Columns that printable text takes on one endless line. */
export function textColumns(text: string): number {
  return graphemesOf(text).reduce((sum, grapheme) => sum + columnsOf(grapheme), 0);
}
