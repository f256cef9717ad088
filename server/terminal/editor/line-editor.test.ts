import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { MAX_EDIT_CHARS } from '../limits.ts';
import { createScreen, type TestScreen } from '../testing/screen.ts';
import { createHistory } from './history.ts';
import { createKeyReader } from './keys.ts';
import { type Completions, createLineEditor, type LineEditor } from './line-editor.ts';

interface Prompt {
  readonly screen: TestScreen;
  readonly editor: LineEditor;
  readonly submitted: string[];
  readonly log: string[];
  type(...keys: string[]): void;
  rows(): Promise<string[]>;
}

const KEY = {
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

const screens: TestScreen[] = [];
afterEach(() => {
  for (const screen of screens.splice(0)) screen.dispose();
});

function prompt(
  columns = 40,
  complete: (before: string) => Completions = () => ({ replaces: 0, candidates: [] }),
): Prompt {
  const screen = createScreen(columns);
  screens.push(screen);
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

/** What is entered after these keys. */
function entered(...keys: string[]): string | undefined {
  const { type, submitted } = prompt();
  type(...keys, KEY.enter);
  return submitted[0];
}

describe('the line editor', () => {
  it.each([
    ['inserts where the cursor is', ['helo', KEY.left, 'l'], 'hello'],
    ['goes home and to the end', ['b', KEY.home, 'a', KEY.end, 'c'], 'abc'],
    ['deletes to the left and under the cursor', ['axb', KEY.left, KEY.backspace, KEY.del, 'c'], 'ac'],
    ['moves by words', ['one two-three', KEY.wordLeft, KEY.wordLeft, 'X', KEY.wordRight, 'Y'], 'one XtwoY-three'],
    ['cuts to the end and yanks it back', ['abcd', KEY.left, KEY.left, KEY.killToEnd, KEY.home, KEY.yank], 'cdab'],
    ['cuts to the start', ['abcd', KEY.left, KEY.killToStart], 'd'],
    ['yanks cuts to the left as one', ['aa bb cc', KEY.killWord, KEY.killWord, KEY.yank], 'aa bb cc'],
    ['yanks cuts to the right as one', ['aa bb', KEY.home, KEY.cutRight, KEY.cutRight, 'X', KEY.yank], 'Xaa bb'],
    ['yanks cuts on both sides as one', ['one two', KEY.wordLeft, KEY.killToStart, KEY.killToEnd, KEY.yank], 'one two'],
    ['joins them in their order', ['a b', KEY.wordLeft, KEY.killToEnd, KEY.killWord, 'X', KEY.yank], 'Xa b'],
    ['joins no cuts with a key between them', ['aa bb cc', KEY.killWord, KEY.left, KEY.killWord, KEY.yank], 'aa bb '],
    ['joins no cuts with a letter between them', ['aa bb cc', KEY.killWord, 'x', KEY.killWord, KEY.yank], 'aa bb x'],
    [
      'joins no cuts with a yank between them',
      ['b cc', KEY.killWord, KEY.yank, KEY.killWord, KEY.yank, KEY.yank],
      'b cccc',
    ],
    [
      'joins no cuts around one of nothing',
      ['aa bb cc', KEY.killWord, KEY.killToEnd, KEY.killWord, KEY.yank],
      'aa bb ',
    ],
    ['cuts words by blanks', ['one two-three  ', KEY.killWord, 'x'], 'one x'],
    ['deletes a whole emoji', ['a👩‍👩‍👧', KEY.backspace, 'b'], 'ab'],
    ['moves over a whole combined character', ['ae\u0301', KEY.left, 'x'], 'axe\u0301'],
    ['deletes with Ctrl-D in a line', ['ab', KEY.home, KEY.endOfFile], 'b'],
    ['stays within the line', [KEY.left, KEY.backspace, 'a', KEY.right, KEY.del, 'b'], 'ab'],
    ['takes pasted lines as one text', ['\u001b[200~one\r\ntwo\u001b[201~'], 'one\ntwo'],
    ['drops controls from a paste', ['\u001b[200~a\u001b[31m\u0007b\u001b[201~'], 'a[31mb'],
  ])('%s', (_, keys, line) => {
    expect(entered(...keys)).toBe(line);
  });

  it('joins no cuts of two lines', () => {
    const { type, submitted } = prompt();
    type('aa bb', KEY.killWord, KEY.enter, 'cc', KEY.killWord, KEY.yank, KEY.enter);
    expect(submitted).toEqual(['aa ', 'cc']);
  });

  it('wraps a long line and redraws it after an edit in its middle', async () => {
    const { type, rows, screen } = prompt(10);
    type('abcdefghijklmnop', KEY.home, 'X');
    expect(await rows()).toEqual(['> Xabcdefg', 'hijklmnop']);
    expect(await screen.cursor()).toEqual({ row: 0, column: 3 });
    type(KEY.end, KEY.killToStart, 'short');
    expect(await rows()).toEqual(['> short']);
  });

  it('puts the cursor on a fresh row when a line ends at the margin', async () => {
    const { type, rows, screen } = prompt(10);
    type('abcdefgh');
    expect(await screen.cursor()).toEqual({ row: 1, column: 0 });
    type(KEY.enter);
    expect(await rows()).toEqual(['> abcdefgh', '>']);
  });

  it('moves a wide character that does not fit to the next row', async () => {
    const { type, rows, screen } = prompt(10);
    type('abcdefg你好');
    expect(await rows()).toEqual(['> abcdefg', '你好']);
    expect(await screen.cursor()).toEqual({ row: 1, column: 4 });
    type(KEY.left);
    expect(await screen.cursor()).toEqual({ row: 1, column: 2 });
  });

  it('keeps the cursor right of an emoji', async () => {
    const { type, screen } = prompt(20);
    type('😀👩‍👩‍👧x');
    expect(await screen.cursor()).toEqual({ row: 0, column: 7 });
    type(KEY.left, KEY.left);
    expect(await screen.cursor()).toEqual({ row: 0, column: 4 });
  });

  it('shows pasted lines below each other', async () => {
    const { type, rows } = prompt(20);
    type('\u001b[200~GET / HTTP/1.0\rHost: x\u001b[201~');
    expect(await rows()).toEqual(['> GET / HTTP/1.0', 'Host: x']);
  });

  it('makes hidden characters of a paste visible', async () => {
    const { type, rows } = prompt();
    type('\u001b[200~a\u202eb\u001b[201~');
    expect(await rows()).toEqual(['> a<U+202E>b']);
  });

  it('brings commands back, and the line that was begun', () => {
    const { type, submitted } = prompt();
    type('one', KEY.enter, 'two', KEY.enter, 'beg', KEY.up, KEY.up, KEY.enter);
    expect(submitted.at(-1)).toBe('one');
    type('begun', KEY.up, KEY.down, KEY.enter);
    expect(submitted.at(-1)).toBe('begun');
  });

  it('searches back with Ctrl-R, further with another, and gives up with Ctrl-G', async () => {
    const { type, submitted, rows } = prompt();
    type('nc -l 9000', KEY.enter, 'telnet a', KEY.enter, 'nc -u b', KEY.enter, 'x');
    type(KEY.search, 'nc');
    expect((await rows()).at(-1)).toBe("(reverse-i-search)`nc': nc -u b");
    type(KEY.search);
    expect((await rows()).at(-1)).toBe("(reverse-i-search)`nc': nc -l 9000");
    type(KEY.cancel);
    expect((await rows()).at(-1)).toBe('> x');
    type(KEY.search, 'tel', KEY.enter);
    expect(submitted.at(-1)).toBe('telnet a');
  });

  it('says so when a search finds nothing', async () => {
    const { type, rows } = prompt(60);
    type('one', KEY.enter, KEY.search, 'zzz');
    expect((await rows()).at(-1)).toContain('failed reverse-i-search');
  });

  it('drops the line with Ctrl-C', async () => {
    const { type, rows, log } = prompt();
    type('half', KEY.left, KEY.interrupt);
    expect(log).toEqual(['interrupt']);
    expect(await rows()).toEqual(['> half^C', '>']);
  });

  it('ends with Ctrl-D on an empty line only', () => {
    const { type, log } = prompt();
    type('a', KEY.endOfFile);
    expect(log).toEqual([]);
    type(KEY.backspace, KEY.endOfFile);
    expect(log).toEqual(['end of file']);
  });

  it('clears the screen with Ctrl-L and keeps the line', async () => {
    const { type, rows } = prompt();
    type('one', KEY.enter, 'two', KEY.clear);
    expect(await rows()).toEqual(['> two']);
  });

  it('completes the only candidate, and lists several', async () => {
    const candidates = ['telnet', 'tell'].map((text) => ({ text, note: 'note', whole: true }));
    const { type, rows, submitted } = prompt(40, (before) => ({
      replaces: before.length,
      candidates: candidates.filter(({ text }) => text.startsWith(before)),
    }));
    type('te', KEY.tab);
    expect(await rows()).toEqual(['> tel']);
    type(KEY.tab);
    expect(await rows()).toEqual(['> tel', 'telnet  note', 'tell  note', '> tel']);
    type('n', KEY.tab, 'x', KEY.enter);
    expect(submitted).toEqual(['telnet x']);
  });

  it('runs a command in place of what was begun, which can be yanked back', () => {
    const { type, editor, submitted } = prompt();
    type('begun');
    editor.run('telnet localhost 7007');
    type(KEY.yank, KEY.enter);
    expect(submitted).toEqual(['telnet localhost 7007', 'begun']);
  });

  it('bounds the line, and says so', async () => {
    const { type, rows, submitted } = prompt(80);
    type('x'.repeat(MAX_EDIT_CHARS - 1), '\u001b[200~abc\u001b[201~');
    expect((await rows()).join('\n')).toContain('the rest was left out');
    type(KEY.enter);
    expect(submitted[0]).toHaveLength(MAX_EDIT_CHARS);
  });

  it('draws once for keys that come together, however many', () => {
    const writes: string[] = [];
    const history = createHistory();
    const nothing = () => undefined;
    const editor = createLineEditor({
      ...{ prompt: { text: '> ', style: 'prompt', styledLength: 2 }, history, columns: () => 80 },
      ...{ submit: nothing, interrupt: nothing, endOfFile: nothing, notice: nothing },
      write: (text) => writes.push(text),
      complete: () => ({ replaces: 0, candidates: [] }),
    });
    editor.begin();
    editor.press(createKeyReader().push('ab\u007f'.repeat(500)));
    expect(writes).toHaveLength(2);
  });

  it.each([
    ['abcdefghijklmnop'],
    ['abcdefghijklmnopqr', 'st'],
    ['abcdefghijklmnopqr'],
    ['abcdefghijklmnopqr', KEY.enter, 'abcdefghijklmnopqr', 'st'],
    ['abcdefghijklmnopq你', '好'],
    ['\u001b[200~abcdefghijklmnopqr\rstu\u001b[201~', KEY.left],
  ])('leaves nothing behind when the terminal gets narrower or wider: %j %j', async (...typed) => {
    const { type, rows, screen, editor } = prompt(20);
    for (const keys of typed) type(keys);
    for (const columns of [10, 30, 12]) {
      await rows();
      screen.resize(columns);
      editor.redraw();
    }
    const other = prompt(12);
    for (const keys of typed) other.type(keys);
    expect(await rows()).toEqual(await other.rows());
    expect(await screen.cursor()).toEqual(await other.screen.cursor());
  });

  it('shows the same however often it was resized, and wherever the cursor is in its last line', async () => {
    const piece = fc.constantFrom('abc', 'd e', '你', '😀', '👩\u200d👧', '🇨🇳', 'e\u0301');
    const above = fc.constantFrom('', '\u001b[200~pasted\r\u001b[201~', '\u001b[200~你好\rpasted too\r\u001b[201~');
    const typed = fc
      .tuple(above, fc.array(piece, { minLength: 7, maxLength: 25 }))
      .map(([first, then]) => [first, ...then]);
    const widths = fc.array(fc.integer({ min: 4, max: 30 }), { minLength: 2, maxLength: 5 });
    await fc.assert(
      fc.asyncProperty(typed, fc.nat(7), widths, async (pieces, lefts, [first = 4, ...then]) => {
        const keys = [...pieces, ...Array.from({ length: lefts }, () => KEY.left)];
        const one = prompt(first);
        for (const key of keys) one.type(key);
        for (const columns of then) {
          await one.rows();
          one.screen.resize(columns);
          one.editor.redraw();
        }
        const other = prompt(then.at(-1));
        other.type(...keys);
        expect(await one.rows()).toEqual(await other.rows());
        expect(await one.screen.cursor()).toEqual(await other.screen.cursor());
      }),
      { numRuns: 15 },
    );
  });

  it('shows after any keys what it would show if the line were typed at once', async () => {
    const keys = fc.constantFrom(
      'a',
      'b c',
      '你',
      'e\u0301',
      '😀',
      '👩\u200d👧',
      '🇨🇳',
      '\ufe0f',
      'xyz-w',
      KEY.left,
      KEY.right,
      KEY.home,
      KEY.end,
      KEY.del,
      KEY.backspace,
      KEY.wordLeft,
      KEY.killToEnd,
      KEY.yank,
      KEY.killWord,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(keys, { maxLength: 40 }), fc.integer({ min: 7, max: 20 }), async (typed, columns) => {
        const one = prompt(columns);
        one.type(...typed, KEY.end);
        const shown = await one.rows();
        const cursor = await one.screen.cursor();
        one.type(KEY.enter);
        const other = prompt(columns);
        other.type(one.submitted[0] ?? '');
        expect(shown).toEqual(await other.rows());
        expect(cursor).toEqual(await other.screen.cursor());
      }),
      { numRuns: 60 },
    );
  });
});
