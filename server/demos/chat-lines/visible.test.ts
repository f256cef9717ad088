import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visible } from './visible.ts';

it.each([
  ['plain text, 你好, 🦭', 'plain text, 你好, 🦭'],
  ['a\tb', 'a b'],
  ['\u001b[2J', '^[[2J'],
  ['ding\u0007', 'ding^G'],
  ['a\rb', 'a^Mb'],
  ['\u007f', '^?'],
  ['\u0000', '^@'],
  ['\u009b2J', '<U+009B>2J'],
  ['a\u2028b', 'a<U+2028>b'],
  ['\u202egnp.exe', '<U+202E>gnp.exe'],
])('%j is shown as %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});

it('lets no control character through', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      expect(visible(text)).not.toMatch(/[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u);
    }),
  );
});
