/** First wait before a connection is tried again, in milliseconds. */
export const FIRST_RETRY_MS = 500;

/** Longest wait between two tries, in milliseconds. */
export const MAX_RETRY_MS = 15_000;

/**
 * How long to wait before try number `attempt` (from 0): doubling up to {@link MAX_RETRY_MS}, of which the second
 * half is left to chance so that many tabs do not come back all at once.
 * @param random between 0 (inclusive) and 1
 */
export function retryDelayMs(attempt: number, random: number): number {
  const whole = Math.min(MAX_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempt, 30));
  return Math.round(whole / 2 + (whole / 2) * random);
}
