import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { soak } from './testing/soak.ts';

describe('on any wire', () => {
  it('all octets arrive in order, and every connection ends (npm run fuzz: many more)', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2 ** 31 }), (seed) => {
        soak(seed);
      }),
      { numRuns: 12, seed: 9293, endOnFailure: true },
    );
  });

  it('the same seed sends the same packets', () => {
    for (const seed of [1, 2, 3]) expect(soak(seed)).toEqual(soak(seed));
    expect(soak(1).digest).not.toBe(soak(2).digest);
  });
});
