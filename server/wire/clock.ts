/** Time as the journal needs it, handed in so that tests can stop it. */
export interface Clock {
  /** Monotonic microseconds since the clock was made; never goes back. */
  monotonicUs(): number;
  /** Wall clock, milliseconds since 1970-01-01 UTC. */
  wallMs(): number;
  /** A wall time, in microseconds since 1970-01-01 UTC, on the monotonic scale; good to about a millisecond. */
  fromWallUs(wallUs: number): number;
}

/** The machine's clock, counting from now. */
export function systemClock(): Clock {
  const beganMs = performance.now();
  return {
    monotonicUs: () => Math.round((performance.now() - beganMs) * 1_000),
    wallMs: () => Date.now(),
    fromWallUs: (wallUs) => Math.round(wallUs - (wallNowMs() - (performance.now() - beganMs)) * 1_000),
  };
}

/** A wall clock that was set while we ran is off by more than this. */
const WALL_TOLERANCE_MS = 5;

/** The wall clock with a fraction of a millisecond, unless it has been set since the process began. */
function wallNowMs(): number {
  const fine = performance.timeOrigin + performance.now();
  const coarse = Date.now();
  return Math.abs(fine - coarse) <= WALL_TOLERANCE_MS ? fine : coarse;
}
