import { expect, test } from 'vitest';
import { crc32 } from './crc32.ts';

test.each([
  ['', 0],
  // The check value of CRC-32/ISO-HDLC: https://reveng.sourceforge.io/crc-catalogue/17plus.htm
  ['123456789', 0xcbf43926],
  ['a', 0xe8b7be43],
])('the CRC-32 of %j is known', (text, expected) => {
  expect(crc32(new TextEncoder().encode(text))).toBe(expected);
});
