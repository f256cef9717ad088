import fc from 'fast-check';
import { expect, test } from 'vitest';
import { bytesOf } from './base64.ts';

test('every octet comes back', () => {
  fc.assert(
    fc.property(fc.uint8Array(), (bytes) => {
      expect(bytesOf(Buffer.from(bytes).toString('base64'))).toEqual(new Uint8Array(bytes));
    }),
  );
});

test('what is not base64 is refused', () => {
  expect(() => bytesOf('*')).toThrow(DOMException);
});
