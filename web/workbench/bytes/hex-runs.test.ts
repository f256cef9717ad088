import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from './hex-runs.ts';
import { cellsOf } from './utf8-cells.ts';

const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

describe('runsOf', () => {
  it('groups letters, and gives each control octet and each long character a run of its own', () => {
    const bytes = encode('hi你好\r\n');
    const runs = runsOf(cellsOf(bytes), 0, bytes.length);
    expect(runs.map((run) => [run.text, run.length])).toEqual([
      ['hi', 2],
      ['你', 3],
      ['好', 3],
      ['␍', 1],
      ['␊', 1],
    ]);
    expect(runs.every((run) => !run.split)).toBe(true);
  });

  it('marks a character whose octets are in two chunks, in both', () => {
    const bytes = encode('a你');
    const first = cellsOf(bytes.subarray(0, 2), { before: encode(''), after: bytes.subarray(2) });
    const second = cellsOf(bytes.subarray(2), { before: bytes.subarray(0, 2), after: encode('') });
    expect(runsOf(first, 0, 2).map((run) => [run.text, run.length, run.split])).toEqual([
      ['a', 1, false],
      ['你', 1, true],
    ]);
    expect(runsOf(second, 0, 2).map((run) => [run.text, run.length, run.part, run.split])).toEqual([
      ['你', 2, 1, true],
    ]);
  });

  it('does not call a character split that only goes on in the next row of its chunk', () => {
    const bytes = encode('你');
    const cells = cellsOf(bytes.subarray(0, 2), { before: encode(''), after: bytes.subarray(2) });
    expect(runsOf(cells, 0, 3)[0]?.split).toBe(false);
  });

  it('covers every octet once, in order', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        let next = 0;
        for (const run of runsOf(cellsOf(bytes), 0, bytes.length)) {
          expect(run.start).toBe(next);
          next += run.length;
        }
        expect(next).toBe(bytes.length);
      }),
    );
  });
});
