/** Draws a prompt and a line that may wrap over several rows, and draws it again when it changes. */
import { columnsOf } from '#protocol/columns.ts';
import { graphemesOf } from '../graphemes.ts';
import { CSI, type Style, styled } from '../style.ts';
import { visibleName } from '../visible.ts';

/** What stands before the line. `text` is plain; its first `styledLength` characters are drawn in `style`. */
export interface Prompt {
  readonly text: string;
  readonly style: Style;
  readonly styledLength: number;
}

/** What the view needs of its terminal. */
export interface ViewTerminal {
  write(text: string): void;
  columns(): number;
}

interface Place {
  readonly row: number;
  readonly column: number;
}

/** One thing drawn at one place. */
interface Cell {
  readonly text: string;
  readonly columns: number;
}

const LINE_BREAK: Cell = { text: '\n', columns: 0 };
const START: Place = { row: 0, column: 0 };
/** What hangs on nothing before it. */
const PLAIN = /^[\u0020-\u007e\u00a1-\u00ac\u00ae-\u02ff\u4e00-\u9fff]$/;

/** The cells of a text: graphemes, with what must not reach a terminal made visible. */
function cellsOf(text: string): Cell[] {
  return graphemesOf(text).flatMap((grapheme) => {
    if (grapheme === '\n') return [LINE_BREAK];
    const name = visibleName(grapheme.codePointAt(0) ?? 0);
    if (name === null) return [{ text: grapheme, columns: columnsOf(grapheme) }];
    return Array.from(name, (character) => ({ text: styled('visible', character), columns: 1 }));
  });
}

/**
 * Where the cursor is after `cells`, and what draws them from `from` on a terminal of `width` columns. It is left to the
 * terminal to wrap, also at the margin, where a blank that will be written over has it take the next row: so it knows
 * which rows are one line, and keeps them as they are when it is resized with the cursor in them.
 */
function layOut(cells: readonly Cell[], from: Place, width: number): { drawn: string; place: Place } {
  let { row, column } = from;
  let drawn = '';
  for (const cell of cells) {
    if (cell === LINE_BREAK || column + cell.columns > width) {
      row += 1;
      column = 0;
    }
    column += cell.columns;
    drawn += cell === LINE_BREAK ? '\r\n' : cell.text;
  }
  if (column < width) return { drawn, place: { row, column } };
  return { drawn: `${drawn} \r`, place: { row: row + 1, column: 0 } };
}

/** A prompt and its line on the screen. */
export interface LineView {
  /** Shows the line with the cursor between `before` and `after`. */
  draw(prompt: Prompt, before: string, after: string): void;
  /** Leaves the line: the cursor goes to a fresh row below it. */
  leave(): void;
  /** Forgets what is on the screen; the next `draw` starts where the cursor is. */
  forget(): void;
}

class View implements LineView {
  readonly #terminal: ViewTerminal;
  #cursor = START;
  #end = START;
  #shown: { prompt: string; before: string; after: string; width: number } | null = null;

  constructor(terminal: ViewTerminal) {
    this.#terminal = terminal;
  }

  draw(prompt: Prompt, before: string, after: string): void {
    const width = this.#terminal.columns();
    if (!this.#append(prompt, before, after, width)) this.#redraw(prompt, before, after, width);
    this.#shown = { prompt: prompt.text, before, after, width };
  }

  leave(): void {
    const down = this.#end.row - this.#cursor.row;
    // A line that ends at the margin has already taken the fresh row; emptied, that is no part of the line any more.
    const fresh = this.#end.row > 0 && this.#end.column === 0;
    this.#terminal.write(`${down > 0 ? `${CSI}${down}B` : ''}\r${fresh ? `${CSI}K\r` : '\n'}`);
    this.forget();
  }

  forget(): void {
    this.#cursor = START;
    this.#end = START;
    this.#shown = null;
  }

  /** Most keys add plain text at the end: then only that is written. */
  #append(prompt: Prompt, before: string, after: string, width: number): boolean {
    const shown = this.#shown;
    if (shown === null || shown.prompt !== prompt.text || shown.width !== width) return false;
    if (after !== '' || shown.after !== '' || !before.startsWith(shown.before)) return false;
    const added = before.slice(shown.before.length);
    if (!Array.from(added).every((character) => PLAIN.test(character))) return false;
    const { drawn, place } = layOut(cellsOf(added), this.#cursor, width);
    this.#terminal.write(drawn);
    this.#cursor = place;
    this.#end = place;
    return true;
  }

  #redraw(prompt: Prompt, before: string, after: string, width: number): void {
    const start = layOut(cellsOf(prompt.text), START, width);
    const styledPrompt =
      styled(prompt.style, prompt.text.slice(0, prompt.styledLength)) + prompt.text.slice(prompt.styledLength);
    const cursor = layOut(cellsOf(before), start.place, width).place;
    const all = layOut(cellsOf(before + after), start.place, width);
    const above = this.#rowsAbove(width);
    const home = this.#shown === null ? '' : `\r${above > 0 ? `${CSI}${above}A` : ''}`;
    const shownPrompt = start.drawn === prompt.text ? styledPrompt : start.drawn;
    const back = all.place.row - cursor.row;
    this.#terminal.write(
      `${home}${CSI}J${shownPrompt}${all.drawn}${back > 0 ? `${CSI}${back}A` : ''}${CSI}${cursor.column + 1}G`,
    );
    this.#cursor = cursor;
    this.#end = all.place;
  }

  /**
   * Rows between the first and that of the cursor. After a resize the terminal has wrapped anew what stands above the last
   * line break; the rest, where the cursor is, it has left in its rows for us to draw again.
   */
  #rowsAbove(width: number): number {
    const { row } = this.#cursor;
    if (this.#shown === null || this.#shown.width === width) return row;
    const text = this.#shown.prompt + this.#shown.before;
    const above = cellsOf(text.slice(0, text.lastIndexOf('\n') + 1));
    return row + layOut(above, START, width).place.row - layOut(above, START, this.#shown.width).place.row;
  }
}

/** A view on `terminal`, whose cursor stands at the start of an empty row. */
export function createLineView(terminal: ViewTerminal): LineView {
  return new View(terminal);
}
