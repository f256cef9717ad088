import { expect, test } from 'vitest';
import { secondsUntil } from './countdown.ts';

test.each([
  [10_000, 10_000, 0],
  [10_001, 10_000, 1],
  [11_000, 10_000, 1],
  [11_001, 10_000, 2],
  [9_000, 10_000, 0],
])('at %i, seen from %i, is %i s away', (at, now, expected) => {
  expect(secondsUntil(at, now)).toBe(expected);
});
