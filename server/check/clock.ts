/** Time as the checker is handed it. */
export interface CheckClock {
  /** Milliseconds since some moment; never goes back. */
  nowMs(): number;
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  wallMs(): number;
  /** Calls `run` once after so many milliseconds; returns what prevents it. */
  after(ms: number, run: () => void): () => void;
}

/** The machine's own time. */
export const systemClock: CheckClock = {
  nowMs: () => performance.now(),
  wallMs: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};
