/** Time as the journal needs it, handed in so that tests can stop it. */
export interface Clock {
  /** Monotonic microseconds since the clock was made; never goes back. */
  monotonicUs(): number;
  /** Wall clock, milliseconds since 1970-01-01 UTC. */
  wallMs(): number;
}

/** The machine's clock, counting from now. */
export function systemClock(): Clock {
  const beganMs = performance.now();
  return {
    monotonicUs: () => Math.round((performance.now() - beganMs) * 1_000),
    wallMs: () => Date.now(),
  };
}
