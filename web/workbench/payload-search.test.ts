import { describe, expect, it } from 'vitest';
import { MAX_FETCHED_AT_ONCE, PayloadSearch } from './payload-search.ts';
import { aChunk } from './testing.ts';

/** An event of which the first octets came along. */
const cut = (seq: number, text = 'begin', over = {}) => aChunk(seq, text, { length: 1_000, recorded: 1_000, ...over });
const octets = (text: string) => new TextEncoder().encode(text);

describe('a search through payloads', () => {
  it('waits for the octets of those that did not come along whole, and finds the text in them in any case', () => {
    const search = new PayloadSearch('Needle 你');
    const events = [cut(1), aChunk(2, 'whole'), cut(3)];
    search.update(events, new Map());
    expect(search.waitsFor).toEqual([1, 3]);
    search.update(events, new Map([[3, octets('… a NEEDLE 你 …')]]));
    expect([search.waitsFor, [...search.found]]).toEqual([[1], [3]]);
    const before = search.found;
    search.update(events, new Map([[1, octets('hay')]]));
    expect([search.waitsFor, search.found]).toEqual([[], before]);
  });

  it('waits for none that holds the text in what came along, whose octets are gone, or when there is no text', () => {
    const search = new PayloadSearch('begin');
    search.update([cut(1), cut(2, 'other', { evicted: true }), cut(3, 'other')], new Map([[3, null]]));
    expect([search.waitsFor, search.found.size]).toEqual([[], 0]);
    const nothing = new PayloadSearch('');
    nothing.update([cut(1)], new Map());
    expect(nothing.waitsFor).toEqual([]);
  });

  it('waits for the newest first, a bounded number at a time, and for what comes later', () => {
    const search = new PayloadSearch('end');
    const events = Array.from({ length: MAX_FETCHED_AT_ONCE + 5 }, (_, at) => cut(at + 1));
    search.update(events, new Map());
    expect([search.waitsFor.length, search.waitsFor.at(-1)]).toEqual([MAX_FETCHED_AT_ONCE, events.length]);
    search.update(events, new Map(search.waitsFor.map((seq) => [seq, null])));
    expect(search.waitsFor).toEqual([1, 2, 3, 4, 5]);
    events.push(cut(100));
    search.update(events, new Map());
    expect(search.waitsFor.at(-1)).toBe(100);
  });
});
