import { expect, test } from 'vitest';
import { FIRST_RETRY_MS, MAX_RETRY_MS, retryDelayMs } from './backoff.ts';

test('the wait doubles up to its bound', () => {
  const longest = [0, 1, 2, 3, 20, 2_000].map((attempt) => retryDelayMs(attempt, 1));
  expect(longest).toEqual([500, 1_000, 2_000, 4_000, MAX_RETRY_MS, MAX_RETRY_MS]);
});

test('half of the wait is left to chance', () => {
  expect(retryDelayMs(0, 0)).toBe(FIRST_RETRY_MS / 2);
  expect(retryDelayMs(0, 0.5)).toBe((FIRST_RETRY_MS * 3) / 4);
});
