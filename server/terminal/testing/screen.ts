import { createRequire } from 'node:module';
import type { Terminal as XtermTerminal } from '@xterm/xterm';
import { cellUnicode } from '#protocol/columns.ts';

/** A real xterm.js without a page: what a person would see. */
export interface TestScreen {
  readonly columns: number;
  write(text: string): void;
  resize(columns: number): void;
  /** Rows down to the last that has text, without blanks at their ends, once all that was written is drawn. */
  rows(): Promise<string[]>;
  /** Where the cursor is, from 0, counted from the first row ever written. */
  cursor(): Promise<{ readonly row: number; readonly column: number }>;
  dispose(): void;
}

const ROWS = 24;

/** An empty screen. */
export function createScreen(columns = 40): TestScreen {
  // xterm.js is a browser's library, whose import wants CommonJS here.
  const { Terminal } = createRequire(import.meta.url)('@xterm/xterm') as { Terminal: typeof XtermTerminal };
  const terminal = new Terminal({ cols: columns, rows: ROWS, allowProposedApi: true });
  terminal.unicode.register(cellUnicode);
  terminal.unicode.activeVersion = cellUnicode.version;
  const drawn = () => new Promise<void>((resolve) => terminal.write('', resolve));
  return {
    get columns() {
      return terminal.cols;
    },
    write: (text) => terminal.write(text),
    resize: (to) => terminal.resize(to, ROWS),
    async rows() {
      await drawn();
      const buffer = terminal.buffer.active;
      const rows = Array.from(
        { length: buffer.length },
        (_, at) => buffer.getLine(at)?.translateToString().trimEnd() ?? '',
      );
      while (rows.at(-1) === '') rows.pop();
      return rows;
    },
    async cursor() {
      await drawn();
      const buffer = terminal.buffer.active;
      return { row: buffer.baseY + buffer.cursorY, column: buffer.cursorX };
    },
    dispose: () => terminal.dispose(),
  };
}
