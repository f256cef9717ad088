import { onTestFinished } from 'vitest';
import type { Completions } from '../editor/completions.ts';
import { createHistory } from '../editor/history.ts';
import { createKeyReader } from '../editor/keys.ts';
import { createLineEditor, type LineEditor } from '../editor/line-editor.ts';
import { createScreen, type TestScreen } from './screen.ts';

/** A line that is edited on a screen, as a test types it. */
export interface Prompt {
  readonly screen: TestScreen;
  readonly editor: LineEditor;
  /** Lines that were entered. */
  readonly submitted: string[];
  /** `interrupt` and `end of file`, as they came. */
  readonly log: string[];
  type(...keys: string[]): void;
  rows(): Promise<string[]>;
}

/** What keys send. */
export const KEY = {
  left: '\u001b[D',
  right: '\u001b[C',
  up: '\u001b[A',
  down: '\u001b[B',
  home: '\u001b[H',
  end: '\u001b[F',
  del: '\u001b[3~',
  backspace: '\u007f',
  wordLeft: '\u001bb',
  wordRight: '\u001bf',
  killToEnd: '\u000b',
  killToStart: '\u0015',
  killWord: '\u0017',
  cutRight: '\u001bd',
  yank: '\u0019',
  clear: '\u000c',
  search: '\u0012',
  cancel: '\u0007',
  tab: '\t',
  enter: '\r',
  interrupt: '\u0003',
  endOfFile: '\u0004',
};

/**
 * Begins a line, for the length of the test that calls it.
 *
 * @param columns of the screen
 * @param complete what Tab offers; default: nothing
 */
export function prompt(
  columns = 40,
  complete: (before: string) => Completions = () => ({ replaces: 0, candidates: [] }),
): Prompt {
  const screen = createScreen(columns);
  onTestFinished(() => screen.dispose());
  const history = createHistory();
  const submitted: string[] = [];
  const log: string[] = [];
  const keys = createKeyReader();
  const editor = createLineEditor({
    prompt: { text: '> ', style: 'prompt', styledLength: 2 },
    history,
    write: (text) => screen.write(text),
    columns: () => screen.columns,
    complete,
    submit(text) {
      submitted.push(text);
      history.add(text);
      editor.begin();
    },
    interrupt() {
      log.push('interrupt');
      editor.begin();
    },
    endOfFile: () => log.push('end of file'),
    notice(text) {
      screen.write(`${text.replaceAll('\n', '\r\n')}\r\n`);
    },
  });
  editor.begin();
  return {
    ...{ screen, editor, submitted, log },
    type(...typed) {
      editor.press(typed.flatMap((piece) => keys.push(piece)));
    },
    rows: () => screen.rows(),
  };
}
