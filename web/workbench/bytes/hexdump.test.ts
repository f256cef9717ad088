import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireEvent } from '#protocol/wire.ts';
import { bytesOf as decodeBase64 } from '../../session/base64.ts';
import { aChunk, anEvent } from '../testing.ts';
import { type BytesOfChunk, contextOf } from './hex-context.ts';
import { HexLayout, type HexOptions, type HexRow, MAX_HEX_ROWS } from './hexdump.ts';
import { cellsOf } from './utf8-cells.ts';

const ALL: HexOptions = {
  transport: 'tcp',
  openedUs: 0,
  bytesPerRow: 16,
  afterSeq: 0,
  untilSeq: Number.POSITIVE_INFINITY,
  matches: null,
  missedBetween: () => 0,
};
const opened = anEvent(1, { kind: 'opened' });
const preview: BytesOfChunk = (chunk) => decodeBase64(chunk.event.preview);

function layoutOf(events: readonly WireEvent[], over: Partial<HexOptions> = {}): HexLayout {
  const layout = new HexLayout({ ...ALL, ...over });
  layout.update(events);
  return layout;
}
function rowsOf(layout: HexLayout): HexRow[] {
  return Array.from({ length: layout.count }, (_, i) => layout.rowAt(i)).filter((row) => row !== undefined);
}
const outline = (layout: HexLayout) =>
  rowsOf(layout).map((row) => {
    if (row.type === 'header') return `#${row.chunk.event.seq}@${row.chunk.streamOffset}`;
    return row.type === 'bytes' ? `${row.offset}+${row.length}` : row.note;
  });

/** What every chunk's text column spells, characters once. */
function spell(layout: HexLayout): string {
  let text = '';
  for (const row of rowsOf(layout)) {
    if (row.type !== 'bytes') continue;
    const bytes = preview(row.chunk).subarray(row.offset, row.offset + row.length);
    for (const cell of cellsOf(bytes, contextOf(row.chunk, row.offset, row.length, preview))) {
      if (cell.codePoint !== null && cell.part === 0) text += String.fromCodePoint(cell.codePoint);
    }
  }
  return text;
}

describe('HexLayout', () => {
  it('gives each chunk a header of its own and rows of its octets, so that boundaries show', () => {
    const layout = layoutOf([opened, aChunk(2, 'he'), aChunk(3, 'x'.repeat(17))]);
    expect(outline(layout)).toEqual(['#2@0', '0+2', '#3@2', '0+16', '16+1']);
  });

  it('counts stream offsets for each direction', () => {
    const layout = layoutOf([opened, aChunk(2, 'abc'), aChunk(3, 'abc', { direction: 'to-client' }), aChunk(4, 'd')]);
    expect(outline(layout).filter((line) => line.startsWith('#'))).toEqual(['#2@0', '#3@0', '#4@3']);
  });

  it('says what was cut, evicted, skipped, empty, hidden or missed', () => {
    const cut = aChunk(2, 'ab', { length: 9 });
    expect(outline(layoutOf([opened, cut]))).toEqual(['#2@0', '0+2', 'cut']);
    expect(outline(layoutOf([opened, { ...cut, evicted: true }]))).toEqual(['#2@0', 'evicted']);
    expect(outline(layoutOf([opened, anEvent(2, { kind: 'skipped', count: 3, length: 5 }), aChunk(3, 'a')]))).toEqual([
      'skipped',
      '#3@5',
      '0+1',
    ]);
    expect(outline(layoutOf([opened, aChunk(2, '', { kind: 'datagram' })]))).toEqual(['#2@0', 'empty']);
    expect(outline(layoutOf([opened, aChunk(2, 'a'), aChunk(3, 'b')], { matches: () => false }))).toEqual(['hidden']);
    expect(outline(layoutOf([opened, aChunk(9, 'a')], { missedBetween: () => 7 }))).toEqual([
      'missed',
      '#9@null',
      '0+1',
    ]);
  });

  it('finds the header of an event', () => {
    const layout = layoutOf([opened, aChunk(2, 'ab'), aChunk(5, 'c')]);
    expect(layout.indexOfEvent(5)).toBe(2);
    expect(layout.indexOfEvent(1)).toBe(-1);
    expect(layout.indexOfEvent(4)).toBe(-1);
  });

  it('shows a character that two chunks share as belonging to both', () => {
    const [a, b, c] = new TextEncoder().encode('你');
    const layout = layoutOf([opened, aChunk(2, Uint8Array.of(a ?? 0)), aChunk(3, Uint8Array.of(b ?? 0, c ?? 0))]);
    const [first, second] = rowsOf(layout)
      .filter((row) => row.type === 'bytes')
      .map((row) => cellsOf(preview(row.chunk), contextOf(row.chunk, 0, row.length, preview)));
    expect(first?.map((cell) => [cell.text, cell.part])).toEqual([['你', 0]]);
    expect(second?.map((cell) => [cell.text, cell.part])).toEqual([
      ['你', 1],
      ['你', 2],
    ]);
  });

  it('does not join a character over two datagrams, nor over what was skipped', () => {
    const [a, b, c] = new TextEncoder().encode('你');
    const first = aChunk(2, Uint8Array.of(a ?? 0));
    const second = aChunk(4, Uint8Array.of(b ?? 0, c ?? 0));
    const kinds = (layout: HexLayout) =>
      rowsOf(layout).flatMap((row) =>
        row.type === 'bytes'
          ? cellsOf(preview(row.chunk), contextOf(row.chunk, 0, row.length, preview)).map((cell) => cell.kind)
          : [],
      );
    expect(kinds(layoutOf([opened, first, second], { transport: 'udp' }))).toEqual(['invalid', 'invalid', 'invalid']);
    const skipped = anEvent(3, { kind: 'skipped', count: 1, length: 1 });
    expect(kinds(layoutOf([opened, first, skipped, second]))).toEqual(['unknown', 'unknown', 'unknown']);
  });

  it('spells any text, however it is cut into chunks and rows', () => {
    const cutting = fc.tuple(fc.string({ unit: 'grapheme', maxLength: 30 }), fc.array(fc.integer({ min: 0, max: 9 })));
    fc.assert(
      fc.property(cutting, fc.constantFrom(4, 8, 16), ([text, cuts], bytesPerRow) => {
        const bytes = new TextEncoder().encode(text);
        const events = [opened];
        for (let at = 0; at < bytes.length; ) {
          const size = cuts[events.length - 1] ?? 4;
          events.push(aChunk(events.length + 1, bytes.subarray(at, at + size)));
          at += size;
          if (size === 0) cuts[events.length - 2] = 1;
        }
        expect(spell(layoutOf(events, { bytesPerRow }))).toBe(text);
      }),
    );
  });

  it('lays out the same rows whether events come one by one or at once', () => {
    const size = fc.integer({ min: 0, max: 40 });
    fc.assert(
      fc.property(fc.array(size, { maxLength: 20 }), (sizes) => {
        const events = [opened, ...sizes.map((n, i) => aChunk(i + 2, 'x'.repeat(n)))];
        const grown = new HexLayout(ALL);
        for (let end = 1; end <= events.length; end += 1) grown.update(events.slice(0, end));
        expect(outline(grown)).toEqual(outline(layoutOf(events)));
      }),
    );
  });

  it('never lays out more rows than its bound, and says that the older are left out', () => {
    const big = anEvent(0, { length: 64 * 1024, recorded: 64 * 1024 });
    const layout = new HexLayout(ALL);
    const events = [opened];
    for (let seq = 2; seq < 100; seq += 1) {
      events.push({ ...big, seq });
      layout.update(events);
      expect(layout.count).toBeLessThanOrEqual(MAX_HEX_ROWS);
    }
    expect(layout.rowAt(0)).toEqual({ type: 'note', note: 'dropped' });
    expect(layout.rowAt(1)?.type).toBe('header');
    expect(layout.indexOfEvent(99)).toBeGreaterThan(0);
  });
});
