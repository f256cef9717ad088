import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asCArray, asHex, asText, concatBytes, exportBytes } from './byte-export.ts';

describe('byte export', () => {
  it('keeps text as it is, a byte order mark included', () => {
    expect(asText(new TextEncoder().encode('\ufeff你\r\n'))).toBe('\ufeff你\r\n');
  });

  it('writes hex that reads back as the same octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        const read = asHex(bytes)
          .split(/\s+/)
          .filter(Boolean)
          .map((pair) => Number.parseInt(pair, 16));
        expect(read).toEqual([...bytes]);
      }),
    );
  });

  it('writes a C array with its size', () => {
    expect(asCArray(Uint8Array.of(0x68, 0x0a))).toBe('static const unsigned char octets[2] = {\n  0x68, 0x0a,\n};\n');
    expect(asCArray(new Uint8Array(0))).toBe('/* octets: no octets */\n');
    expect(exportBytes(new Uint8Array(13), 'c').split('\n')).toHaveLength(5);
  });

  it('joins pieces in order', () => {
    expect([...concatBytes([Uint8Array.of(1), new Uint8Array(0), Uint8Array.of(2, 3)])]).toEqual([1, 2, 3]);
  });
});
