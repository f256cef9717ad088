import { expect, it } from 'vitest';
import { charactersIn, wordsIn } from './counts.ts';

it('counts words, not what stands between them', () => {
  expect(wordsIn('TCP — bytes,\nnot messages: `\\r\\n` … 2¹⁹²')).toBe(6);
  expect(wordsIn('')).toBe(0);
});

it('counts Chinese characters, without punctuation and Latin', () => {
  expect(charactersIn('套接字（socket）：两端，各执一端。')).toBe(9);
  expect(charactersIn('socket')).toBe(0);
});
