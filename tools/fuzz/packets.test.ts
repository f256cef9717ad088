import { describe, expect, it } from 'vitest';
import { fuzzPackets } from './packets.ts';

describe('the packet codecs', () => {
  it('survive twenty thousand random and mutated packets, and two hundred files (npm run fuzz: a million)', () => {
    const { understood, frames } = fuzzPackets(20_000, 9_293);
    // Most of what is fuzzed must still look like packets, or nothing deep is reached.
    expect(understood).toBeGreaterThan(2_000);
    expect(frames).toBeGreaterThan(500);
  });
});
