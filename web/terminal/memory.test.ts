import { describe, expect, it } from 'vitest';
import { MAX_TERMINALS } from '#protocol/limits.ts';
import { parseSessions } from './memory.ts';

describe('parseSessions', () => {
  it('reads what was stored', () => {
    expect(parseSessions('["a-1","b_2"]')).toEqual(['a-1', 'b_2']);
  });

  it('takes nothing that is not ours', () => {
    expect(parseSessions(null)).toEqual([]);
    expect(parseSessions('{')).toEqual([]);
    expect(parseSessions('{"a":1}')).toEqual([]);
    expect(parseSessions('[1,null,"<b>","ok"]')).toEqual(['ok']);
  });

  it('takes no more than a page may have', () => {
    expect(parseSessions(JSON.stringify(Array(99).fill('a')))).toHaveLength(MAX_TERMINALS);
  });
});
