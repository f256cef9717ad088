/** What the line discipline shows of a line, and how many columns that takes. */
import { lastGrapheme, textColumns } from './graphemes.ts';
import { visibleName } from './visible.ts';

const TAB_COLUMNS = 8;
/** Characters looked at before the cursor: after a tab further back the column is off, and the line wraps anyway. */
const NEAR_CHARS = 256;
/** What would act on the screen instead of standing on it: controls, and those that turn the order of text. */
const UNSAFE = /[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu;

/** A typed character as the echo shows it: controls in caret notation (ECHOCTL). */
export function shown(character: string): string {
  if (character === '\n') return '\r\n';
  return character.replace(UNSAFE, (control) => visibleName(control.codePointAt(0) ?? 0) ?? control);
}

/** The same for a line, whose tabs stay. */
export function shownLine(line: string): string {
  return Array.from(line, (character) => (character === '\t' ? '\t' : shown(character))).join('');
}

/** What the last cell of a shown line holds. */
export function lastCell(line: string): string {
  return lastGrapheme(shownLine(line.slice(-NEAR_CHARS)));
}

/** Columns that `text` takes after `kept`, on a line that began at the left margin. */
export function columnsAfter(kept: string, text: string): number {
  // After a tab the column is a multiple of eight, so nothing before the last one matters.
  const near = kept.slice(-NEAR_CHARS).split('\t').at(-1) ?? '';
  return lineColumns(near + text) - lineColumns(near);
}

/** The column where `line` ends that begins at the left margin. */
function lineColumns(line: string): number {
  return line.split('\t').reduce((columns, piece, index) => {
    const start = index === 0 ? 0 : columns + TAB_COLUMNS - (columns % TAB_COLUMNS);
    return start + textColumns(shown(piece));
  }, 0);
}
