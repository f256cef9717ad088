import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KEY, prompt } from '../testing/prompt.ts';
import { createHistory } from './history.ts';
import { createKeyReader } from './keys.ts';
import { createLineEditor } from './line-editor.ts';

describe('the line editor on its screen', () => {
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
