import { expect, it } from 'vitest';
import { fuzzStreams } from './streams.ts';

it('the readers of HTTP and TLS survive four thousand mutated streams (npm run fuzz: a hundred thousand)', () => {
  const { complete, broken, named } = fuzzStreams(4_000, 9_112);
  // Most of what is fuzzed must still look like messages, or nothing deep is reached.
  expect(complete).toBeGreaterThan(500);
  expect(broken).toBeGreaterThan(100);
  expect(named).toBeGreaterThan(1_000);
});
