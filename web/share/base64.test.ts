import fc from 'fast-check';
import { expect, test } from 'vitest';
import { base64Of, base64UrlOf, bytesOfBase64, bytesOfBase64Url } from './base64.ts';

test('any octets come back, in both alphabets', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(bytesOfBase64(base64Of(bytes))).toEqual(Uint8Array.from(bytes));
      expect(bytesOfBase64Url(base64UrlOf(bytes))).toEqual(Uint8Array.from(bytes));
      expect(base64UrlOf(bytes)).toMatch(/^[\w-]*$/);
    }),
  );
});

test('more octets than a function takes arguments come back', () => {
  const bytes = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7) % 256);
  expect(Buffer.from(bytesOfBase64(base64Of(bytes)) ?? []).equals(bytes)).toBe(true);
});

// RFC 4648 §10 has the vectors; §3.5 the bits that must be zero ("Zh==" would be "f" as well).
test.each(['Zg=', 'Zg', 'Zh==', ' Zg==', 'Zg==\n', 'Z', 'Z===', 'Zm9v=', 'Zm-v', 'é', '===='])(
  'refuses %j, which is base64 only to the forgiving',
  (text) => {
    expect(bytesOfBase64('Zg==')).toEqual(Uint8Array.of(0x66));
    expect(bytesOfBase64(text)).toBeNull();
  },
);

test.each(['Zh', 'Z', 'Zg==', 'Zm+v', 'Zm/v', 'Zm v', 'Zg\n'])('refuses %j in an address', (text) => {
  expect(bytesOfBase64Url('Zg')).toEqual(Uint8Array.of(0x66));
  expect(bytesOfBase64Url(text)).toBeNull();
});
