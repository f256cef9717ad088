import { expect, it } from 'vitest';
import { visible } from './visible.ts';

it.each([
  ['a\nb\tc', 'a\nb\tc'],
  ['\u001b[2J\u0000\r', '\u241b[2J\u2400\u240d'],
  ['\u007f\u009b31m', '\u2421\ufffd31m'],
  ['小明 <b>&amp;', '小明 <b>&amp;'],
])('%j is shown as %j', (text, shown) => {
  expect(visible(text)).toBe(shown);
});
