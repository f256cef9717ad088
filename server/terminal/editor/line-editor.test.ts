import { describe, expect, it } from 'vitest';
import { MAX_EDIT_CHARS } from '../limits.ts';
import { KEY, prompt } from '../testing/prompt.ts';

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
});
