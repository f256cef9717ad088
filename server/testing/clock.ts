import type { Clock } from '../wire/clock.ts';

/** A clock that goes only when told to. */
export interface TestClock extends Clock {
  /** Moves both times on, in microseconds. */
  advance(us: number): void;
}

/** Makes one that stands at zero, at a wall time of 2026-01-01T00:00:00Z. */
export function testClock(): TestClock {
  let us = 0;
  return {
    monotonicUs: () => us,
    turnUs: () => us,
    wallMs: () => Date.UTC(2026, 0, 1) + us / 1_000,
    fromWallUs: (wallUs) => wallUs - Date.UTC(2026, 0, 1) * 1_000,
    advance: (by) => {
      us += by;
    },
  };
}
