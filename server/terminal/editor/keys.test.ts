import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyReader, type Key } from './keys.ts';

/** Keys as short words: `text:abc`, `paste:abc`, `home`. */
function read(...pieces: string[]): string[] {
  const reader = createKeyReader();
  return pieces.flatMap((piece) => reader.push(piece)).map(wordOf);
}

function wordOf(key: Key): string {
  return key.type === 'key' ? key.name : `${key.type}:${key.text}`;
}

describe('keys as xterm sends them', () => {
  it.each([
    ['plain text', 'ab 你😀', ['text:ab 你😀']],
    ['Enter', 'a\r', ['text:a', 'enter']],
    [
      'arrows in both cursor key modes',
      '\u001b[A\u001b[B\u001b[C\u001b[D\u001bOA',
      ['up', 'down', 'right', 'left', 'up'],
    ],
    [
      'Home, End and Delete of several terminals',
      '\u001b[H\u001b[F\u001b[1~\u001b[4~\u001b[3~\u001bOH',
      ['home', 'end', 'home', 'end', 'delete', 'home'],
    ],
    ['word moves', '\u001bb\u001bf\u001b[1;5D\u001b[1;5C', ['word-left', 'word-right', 'word-left', 'word-right']],
    [
      'control letters',
      '\u0001\u0005\u000b\u0015\u0017\u0019\u000c\u0012',
      ['home', 'end', 'kill-to-end', 'kill-to-start', 'kill-word-left', 'yank', 'clear', 'search'],
    ],
    ['Ctrl-C and Ctrl-D', '\u0003\u0004', ['interrupt', 'end-of-file']],
    ['the Escape key', '\u001b', ['escape']],
    ['a key nobody knows', '\u001b[99~x', ['unknown', 'text:x']],
    ['a bracketed paste', '\u001b[200~a\rb\u001b[201~c', ['paste:a\rb', 'text:c']],
  ])('are read: %s', (_, input, expected) => {
    expect(read(input)).toEqual(expected);
  });

  it('take an escape inside a paste for text', () => {
    expect(read('\u001b[200~a\u001b[Ab\u001b[201~')).toEqual(['paste:a\u001b[Ab']);
  });

  it('are found in a paste however it is cut', () => {
    const all = '\u001b[200~one\rtwo\u001b[2J\u001b[201~x';
    for (let at = 2; at < all.length; at += 1) {
      const words = read(all.slice(0, at), all.slice(at));
      const pasted = words.filter((word) => word.startsWith('paste:')).map((word) => word.slice('paste:'.length));
      expect(pasted.join('')).toBe('one\rtwo\u001b[2J');
      expect(words.at(-1)).toBe('text:x');
    }
  });

  it('give up a control sequence that a control breaks', () => {
    expect(read('\u001b[', '\u0003ab')).toEqual(['unknown', 'interrupt', 'text:ab']);
    expect(read('\u001b[1;\u001b[A')).toEqual(['unknown', 'up']);
  });

  it('end a control sequence that never ends', () => {
    const words = read(`\u001b[${'1'.repeat(100)}`, 'ab');
    expect(words[0]).toBe('unknown');
    expect(words.at(-1)).toMatch(/^text:.*ab$/);
  });

  it('never hold text back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const clean = text.replace(/\p{Cc}/gu, '');
        expect(read(clean)).toEqual(clean === '' ? [] : [`text:${clean}`]);
      }),
    );
  });
});
