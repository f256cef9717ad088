import { describe, expect, it } from 'vitest';
import { matcherOf } from './event-filter.ts';
import { aChunk, anEvent } from './testing.ts';

describe('matcherOf', () => {
  it('is nothing when there is nothing to filter', () => {
    expect(matcherOf({ direction: null, text: '' })).toBeNull();
  });

  it('chooses by direction among what carries octets', () => {
    const matches = matcherOf({ direction: 'to-client', text: '' });
    expect(matches?.(aChunk(1, 'a'))).toBe(false);
    expect(matches?.(aChunk(1, 'a', { direction: 'to-client' }))).toBe(true);
    expect(matches?.(anEvent(1, { kind: 'half-closed', direction: 'to-server' }))).toBe(true);
    expect(matches?.(anEvent(1, { kind: 'skipped', direction: 'to-server' }))).toBe(false);
  });

  it('finds text in any case and any script', () => {
    const matches = matcherOf({ direction: null, text: 'HELLO 你' });
    expect(matches?.(aChunk(1, 'say hello 你好'))).toBe(true);
    expect(matches?.(aChunk(1, 'goodbye'))).toBe(false);
  });

  it('takes the word of a search for what did not come along', () => {
    const matches = matcherOf({ direction: null, text: 'end', found: new Set([2]) });
    expect([aChunk(1, 'a'), aChunk(2, 'a'), aChunk(3, 'the end')].map((event) => matches?.(event))).toEqual([
      false,
      true,
      true,
    ]);
  });
});
