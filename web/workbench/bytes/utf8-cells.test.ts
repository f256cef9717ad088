import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CONTEXT_BYTES, cellsOf, controlName, type Utf8Cell } from './utf8-cells.ts';

const encoder = new TextEncoder();
const bytesOf = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);
const kinds = (cells: readonly Utf8Cell[]): string[] => cells.map((cell) => cell.kind);

/** The text that cells spell, as TextDecoder would spell it. */
function spell(cells: readonly Utf8Cell[]): string {
  return cells
    .filter((cell) => cell.codePoint !== null && cell.part === 0)
    .map((cell) => String.fromCodePoint(cell.codePoint ?? 0))
    .join('');
}

describe('cellsOf', () => {
  it('shows control octets as their pictures', () => {
    expect(cellsOf(bytesOf(0x0d, 0x0a, 0x1b, 0x00, 0x7f)).map((cell) => cell.text)).toEqual(['␍', '␊', '␛', '␀', '␡']);
  });

  it('names control octets', () => {
    expect([0x00, 0x0a, 0x0d, 0x1b, 0x1f, 0x7f].map(controlName)).toEqual(['NUL', 'LF', 'CR', 'ESC', 'US', 'DEL']);
  });

  it('gives every octet of a long character the same character', () => {
    const cells = cellsOf(encoder.encode('你'));
    expect(cells.map((cell) => [cell.text, cell.part, cell.of])).toEqual([
      ['你', 0, 3],
      ['你', 1, 3],
      ['你', 2, 3],
    ]);
  });

  it('refuses overlong forms, surrogates, lonely tails and code points past the last', () => {
    expect(kinds(cellsOf(bytesOf(0xc0, 0xaf)))).toEqual(['invalid', 'invalid']);
    expect(kinds(cellsOf(bytesOf(0xed, 0xa0, 0x80)))).toEqual(['invalid', 'invalid', 'invalid']);
    expect(kinds(cellsOf(bytesOf(0x80)))).toEqual(['invalid']);
    expect(kinds(cellsOf(bytesOf(0xf4, 0x90, 0x80, 0x80)))).toEqual(['invalid', 'invalid', 'invalid', 'invalid']);
    expect(kinds(cellsOf(bytesOf(0xff, 0xfd, 0x06)))).toEqual(['invalid', 'invalid', 'control']);
  });

  it('says unknown, not invalid, where the rest of a character was not recorded', () => {
    expect(kinds(cellsOf(bytesOf(0xa0, 0x41), { before: null, after: bytesOf() }))).toEqual(['unknown', 'printable']);
    expect(kinds(cellsOf(bytesOf(0x41, 0xe4, 0xbd), { before: bytesOf(), after: null }))).toEqual([
      'printable',
      'unknown',
      'unknown',
    ]);
  });

  it('never shows a character that could turn or hide the text around it', () => {
    expect(cellsOf(encoder.encode('\u202e'))[0]?.text).toBe('·');
    expect(cellsOf(encoder.encode('\u0301'))[0]?.text).toBe('◌\u0301');
  });

  it('spells any text as it was, however it is cut into pieces', () => {
    const text = fc.string({ unit: 'binary', maxLength: 40 });
    fc.assert(
      fc.property(text, fc.integer({ min: 1, max: 7 }), (original, size) => {
        const bytes = encoder.encode(original);
        const cells: Utf8Cell[] = [];
        for (let at = 0; at < bytes.length; at += size) {
          const end = Math.min(bytes.length, at + size);
          const context = {
            before: bytes.subarray(Math.max(0, at - CONTEXT_BYTES), at),
            after: bytes.subarray(end, end + CONTEXT_BYTES),
          };
          cells.push(...cellsOf(bytes.subarray(at, end), context));
        }
        expect(spell(cells)).toBe(original);
        expect(cells).toHaveLength(bytes.length);
      }),
    );
  });

  it('finds the same characters as TextDecoder in any octets, and no others', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        const decoded = new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes).replaceAll('\ufffd', '');
        // A real U+FFFD in the input is dropped on both sides of the comparison.
        expect(spell(cellsOf(bytes)).replaceAll('\ufffd', '')).toBe(decoded);
      }),
    );
  });
});
