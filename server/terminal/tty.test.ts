import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_TTY_LINE_CHARS, MAX_TTY_QUEUE_BYTES } from './limits.ts';
import { createScreen } from './testing/screen.ts';
import { createTty, type Tty } from './tty.ts';

interface Keyboard {
  readonly tty: Tty;
  readonly log: string[];
  echoed(): string;
  next(): Promise<string | null>;
}

function keyboard(): Keyboard {
  const log: string[] = [];
  let echo = '';
  const tty = createTty({
    echo: (text) => {
      echo += text;
    },
    interrupt: () => log.push('interrupt'),
    dropped: (reason) => log.push(reason),
    wanted: () => undefined,
  });
  return {
    tty,
    log,
    echoed: () => echo,
    async next() {
      const octets = await tty.read();
      return octets === null ? null : Buffer.from(octets).toString('utf8');
    },
  };
}

describe('the keyboard of a running program', () => {
  it('hands over a line at Enter, and echoes it', async () => {
    const { tty, next, echoed } = keyboard();
    tty.input('hel');
    tty.input('lo\r');
    expect(await next()).toBe('hello\n');
    expect(echoed()).toBe('hello\r\n');
  });

  it('hands several pasted lines over one by one', async () => {
    const { tty, next } = keyboard();
    tty.input('one\rtwo\rthree');
    expect([await next(), await next()]).toEqual(['one\n', 'two\n']);
    tty.input('\r');
    expect(await next()).toBe('three\n');
  });

  it.each([
    ['Backspace', 'helk\u007flo\r', 'hello\n'],
    ['Backspace over a whole grapheme', 'a👩‍👩‍👧\u007fb\r', 'ab\n'],
    ['Backspace at the start of a line', '\u007f\u007fa\r', 'a\n'],
    ['Ctrl-U', 'wrong\u0015right\r', 'right\n'],
    ['Ctrl-W', 'keep drop  \u0017this\r', 'keep this\n'],
    ['Ctrl-V before a control character', 'a\u0016\u0003b\r', 'a\u0003b\n'],
    ['an arrow key, which is just octets here', '\u001b[A\r', '\u001b[A\n'],
  ])('knows %s', async (_, keys, line) => {
    const { tty, next, log } = keyboard();
    tty.input(keys);
    expect(await next()).toBe(line);
    expect(log).toEqual([]);
  });

  it('ends the input with Ctrl-D on an empty line, and only hands over what is typed otherwise', async () => {
    const { tty, next } = keyboard();
    tty.input('abc\u0004');
    expect(await next()).toBe('abc');
    tty.input('\u0004');
    expect(await next()).toBeNull();
    tty.input('more\r');
    expect(await next()).toBe('more\n');
  });

  it('interrupts with Ctrl-C and forgets the line', async () => {
    const { tty, next, log, echoed } = keyboard();
    tty.input('half\u0003whole\r');
    expect(log).toEqual(['interrupt']);
    expect(await next()).toBe('whole\n');
    expect(echoed()).toContain('half^C');
  });

  it('echoes controls in caret notation', () => {
    const { tty, echoed } = keyboard();
    tty.input('\u001b[31m\u202e');
    expect(echoed()).toBe('^[[31m<U+202E>');
  });

  it.each([
    ['ASCII', 'ab'],
    ['a wide character', 'a你'],
    ['a control character', 'a\u001b'],
    ['a tab', 'a\t'],
    ['a combining mark', 'ae\u0301'],
    ['a mark that Ctrl-V brought', 'ae\u0016\u0301'],
    ['an emoji', 'a😀'],
    ['a family', 'a👩‍👩‍👧'],
    ['a flag', 'a🇨🇳'],
    ['an emoji with a skin tone', 'a👍🏽'],
    ['an emoji by its style', 'a❤\ufe0f'],
  ])('rubs %s out on the screen', async (_, typed) => {
    const { tty, echoed } = keyboard();
    tty.input(`${typed}\u007f`);
    const screen = createScreen();
    screen.write(`${echoed()}|`);
    expect(await screen.rows()).toEqual(['a|']);
    screen.dispose();
  });

  it('shows the line that it holds, whatever is typed and rubbed out', async () => {
    const key = fc.constantFrom(...'a你😀👩\u200d\ufe0f\u0301🏽🇨\t', '\u007f', '\u007f', '\u0017');
    await fc.assert(
      fc.asyncProperty(fc.array(key, { maxLength: 20 }), async (keys) => {
        const { tty, echoed } = keyboard();
        for (const each of keys) tty.input(each);
        const typed = createScreen(200);
        typed.write(echoed());
        const other = keyboard();
        other.tty.input(tty.release());
        const atOnce = createScreen(200);
        atOnce.write(other.echoed());
        expect([await typed.rows(), await typed.cursor()]).toEqual([await atOnce.rows(), await atOnce.cursor()]);
        typed.dispose();
        atOnce.dispose();
      }),
      { numRuns: 40 },
    );
  });

  it('hands over every key at once in raw mode, without echo when that is off', async () => {
    const { tty, next, echoed } = keyboard();
    tty.setMode({ lines: false, echo: false, signals: false });
    tty.input('a\r\u0003\u007f');
    expect(await next()).toBe('a\r\u0003\u007f');
    expect(echoed()).toBe('');
  });

  it('hands over a half line when the mode turns raw', async () => {
    const { tty, next } = keyboard();
    tty.input('half');
    tty.setMode({ lines: false });
    expect(await next()).toBe('half');
  });

  it('hands over a line at another end character, itself included', async () => {
    const { tty, next } = keyboard();
    tty.setMode({ ends: '\u001d' });
    tty.input('abc\u001d');
    expect(await next()).toBe('abc\u001d');
  });

  it('gives what nobody read back at the end, as keys', () => {
    const { tty } = keyboard();
    tty.input('one\rtwo');
    expect(tty.release()).toBe('one\rtwo');
    expect(tty.release()).toBe('');
  });

  it('gives a read that still waits when it is released nothing, and what is typed then to the next one', async () => {
    const { tty, next } = keyboard();
    const reads: unknown[] = [];
    void next().then((line) => reads.push(line));
    tty.release();
    tty.input('later\r');
    expect(await next()).toBe('later\n');
    expect(reads).toEqual([]);
  });

  it('bounds a line, and says so once', async () => {
    const { tty, next, log } = keyboard();
    tty.input('x'.repeat(MAX_TTY_LINE_CHARS + 50));
    tty.input('\r');
    expect((await next())?.length).toBe(MAX_TTY_LINE_CHARS + 1);
    expect(log).toHaveLength(1);
  });

  it('bounds what a program does not read, and says so once', async () => {
    const { tty, next, log } = keyboard();
    const line = `${'x'.repeat(8_191)}\r`;
    for (let count = 0; count < MAX_TTY_QUEUE_BYTES / 8_192 + 3; count += 1) tty.input(line);
    expect(log).toHaveLength(1);
    let bytes = 0;
    tty.input('\u0004');
    for (let text = await next(); text !== null; text = await next()) bytes += text.length;
    expect(bytes).toBe(MAX_TTY_QUEUE_BYTES);
  });
});
