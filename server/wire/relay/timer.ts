/** Time as a relay needs it, handed in so that tests decide when it passes. */
export interface RelayTimer {
  /** Monotonic milliseconds. */
  now(): number;
  /** Runs `run` once at `atMs`; what it returns calls that off. */
  at(atMs: number, run: () => void): () => void;
}

/** The process's monotonic clock, and its timers. */
export const systemTimer: RelayTimer = {
  now: () => performance.now(),
  at: (atMs, run) => {
    const handle = setTimeout(run, Math.max(0, atMs - performance.now()));
    return () => clearTimeout(handle);
  },
};
