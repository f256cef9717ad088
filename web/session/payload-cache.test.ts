import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PAYLOAD_ENTRY_COST_BYTES, PayloadCache } from './payload-cache.ts';

const COST = PAYLOAD_ENTRY_COST_BYTES;

test('the least recently used payload goes first', () => {
  const cache = new PayloadCache(3 * (COST + 10));
  for (const seq of [1, 2, 3]) cache.set(seq, new Uint8Array(10));
  cache.touch(1);
  cache.set(4, new Uint8Array(10));
  expect([...cache.entries.keys()]).toEqual([3, 1, 4]);
});

test('a payload larger than the cache is not kept and pushes nothing out', () => {
  const cache = new PayloadCache(COST + 10);
  cache.set(1, new Uint8Array(5));
  cache.set(2, new Uint8Array(11));
  expect([...cache.entries.keys()]).toEqual([1]);
});

test('that octets are gone is an answer too', () => {
  const cache = new PayloadCache();
  cache.set(1, null);
  expect([cache.touch(1), cache.touch(2), cache.entries.get(1)]).toEqual([true, false, null]);
});

test('the bound holds and the account is right whatever is stored', () => {
  const stored = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.option(fc.nat({ max: 300 }))));
  fc.assert(
    fc.property(stored, (entries) => {
      const cache = new PayloadCache(500);
      for (const [seq, size] of entries) cache.set(seq, size === null ? null : new Uint8Array(size));
      const real = [...cache.entries.values()].reduce((sum, bytes) => sum + COST + (bytes?.length ?? 0), 0);
      expect(cache.bytes).toBe(real);
      expect(cache.bytes).toBeLessThanOrEqual(500);
    }),
  );
});
