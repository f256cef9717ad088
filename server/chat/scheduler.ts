/** Time and turns of the event loop, handed in so that tests decide when they come. */
export interface Scheduler {
  /** Runs `run` once, after everything that can be read at this moment has been read. */
  soon(run: () => void): void;
  /** Runs `run` once after `delayMs`; what it returns calls that off, and may be called twice. */
  later(delayMs: number, run: () => void): () => void;
}

/** The event loop's own: one turn is one round of reading sockets. */
export const systemScheduler: Scheduler = {
  soon: (run) => {
    setImmediate(run);
  },
  later: (delayMs, run) => {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};
