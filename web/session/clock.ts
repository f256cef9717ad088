/** Time, handed in so that tests can hold it still. */
export interface Clock {
  /** Wall clock, milliseconds since 1970-01-01 UTC. */
  now(): number;
  /** Calls `run` once after `delayMs`; answers what cancels it (harmless afterwards). */
  after(delayMs: number, run: () => void): () => void;
}

/** The browser's own time. */
export const systemClock: Clock = {
  now: () => Date.now(),
  after(delayMs, run) {
    const timer = setTimeout(run, delayMs);
    return () => clearTimeout(timer);
  },
};

/** Calls `run` once before the next paint; answers what cancels it. */
export type FrameScheduler = (run: () => void) => () => void;

/** A hidden tab gets no frames; after so many milliseconds without one, work is done all the same. */
export const HIDDEN_FRAME_MS = 250;

/** The browser's animation frames, with a timer behind them for hidden tabs. */
export const browserFrames: FrameScheduler = (run) => {
  const once = () => {
    cancel();
    run();
  };
  const frame = requestAnimationFrame(once);
  const timer = setTimeout(once, HIDDEN_FRAME_MS);
  const cancel = () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
  return cancel;
};
