import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MAX_LINE_BYTES } from './limits.ts';
import { LineReader } from './line-reader.ts';

interface ReadLine {
  readonly line: string;
  readonly cut: boolean;
}

function linesOf(chunks: readonly Uint8Array[]): { lines: ReadLine[]; rest: string | null } {
  const reader = new LineReader();
  const lines: ReadLine[] = [];
  for (const chunk of chunks) {
    const bytes = Buffer.from(chunk);
    for (let at = 0; at < bytes.length; ) {
      at = reader.read(bytes, at);
      if (reader.line !== null) lines.push({ line: reader.line, cut: reader.cut });
    }
  }
  return { lines, rest: reader.rest() };
}

function texts(chunks: readonly (Uint8Array | string)[]): string[] {
  return linesOf(chunks.map((chunk) => Buffer.from(chunk))).lines.map(({ line }) => line);
}

const LONGEST = 'x'.repeat(MAX_LINE_BYTES);

describe('the line reader', () => {
  it('ends lines at LF and at CR LF', () => {
    expect(texts(['one\ntwo\r\n\nthree\r\r\n'])).toEqual(['one', 'two', '', 'three\r']);
  });

  it('reads the same lines wherever the chunk ends', () => {
    const bytes = Buffer.from('héllo\r\n你好\n\r\n🦭!\nrest');
    for (let at = 0; at <= bytes.length; at += 1) {
      const { lines, rest } = linesOf([bytes.subarray(0, at), bytes.subarray(at)]);
      expect(lines.map(({ line }) => line)).toEqual(['héllo', '你好', '', '🦭!']);
      expect(rest).toBe('rest');
    }
  });

  it('puts U+FFFD in the place of what is not UTF-8', () => {
    expect(texts([Buffer.from('61ff62c30a', 'hex')])).toEqual(['a\ufffdb\ufffd']);
  });

  it.each(['\n', '\r\n'])('takes the longest line whole with %j, wherever the chunk ends', (end) => {
    const sent = `${LONGEST}${end}next\n`;
    for (let back = 0; back < 10; back += 1) {
      const at = sent.length - back;
      expect(linesOf([Buffer.from(sent.slice(0, at)), Buffer.from(sent.slice(at))]).lines).toEqual([
        { line: LONGEST, cut: false },
        { line: 'next', cut: false },
      ]);
    }
  });

  it('cuts a longer line once and drops its rest, wherever the chunk ends', () => {
    const sent = `${LONGEST}tail, dropped\nnext\n`;
    for (let at = LONGEST.length - 2; at <= sent.length; at += 1) {
      expect(linesOf([Buffer.from(sent.slice(0, at)), Buffer.from(sent.slice(at))]).lines).toEqual([
        { line: LONGEST, cut: true },
        { line: 'next', cut: false },
      ]);
    }
  });

  it.each(['é', '你', '🦭'])('cuts a long line between characters (%s)', (character) => {
    for (const ahead of ['', 'a', 'ab', 'abc']) {
      const [first] = linesOf([Buffer.from(`${ahead}${character.repeat(MAX_LINE_BYTES)}\n`)]).lines;
      const whole = Math.floor((MAX_LINE_BYTES - ahead.length) / Buffer.byteLength(character));
      expect(first).toEqual({ line: ahead + character.repeat(whole), cut: true });
    }
  });

  it('gives the same lines under any chunking', () => {
    const piece = fc.oneof(fc.constantFrom('\n', '\r\n', '\r', 'é', '🦭'), fc.string(), fc.constant(LONGEST));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 8 }), (pieces, cuts) => {
        const bytes = Buffer.from(pieces.join(''));
        const inside = cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b);
        const at = [0, ...inside, bytes.length];
        const chunks = at.slice(1).map((end, index) => bytes.subarray(at[index], end));
        expect(linesOf(chunks)).toEqual(linesOf([bytes]));
      }),
    );
  });
});
