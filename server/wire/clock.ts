/** Time as the journal needs it, handed in so that tests can stop it. */
export interface Clock {
  /** Monotonic microseconds since the clock was made; never goes back. */
  monotonicUs(): number;
  /** The same, as it was when first asked for in this turn of the event loop: late by a turn, and all but free. */
  turnUs(): number;
  /** Wall clock, milliseconds since 1970-01-01 UTC. */
  wallMs(): number;
  /** A wall time, in microseconds since 1970-01-01 UTC, on the monotonic scale; good to about a millisecond. */
  fromWallUs(wallUs: number): number;
}

/** The machine's clock, counting from now. */
export function systemClock(): Clock {
  const beganMs = performance.now();
  const monotonicUs = (): number => Math.round((performance.now() - beganMs) * 1_000);
  let turnUs = -1;
  const endTurn = (): void => {
    turnUs = -1;
  };
  return {
    monotonicUs,
    turnUs: () => {
      if (turnUs < 0) {
        turnUs = monotonicUs();
        setImmediate(endTurn);
      }
      return turnUs;
    },
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
