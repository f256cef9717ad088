import type { Scheduler } from '../scheduler.ts';

/** A scheduler whose turns and time pass when the test says so. */
export interface ManualScheduler extends Scheduler {
  /** Runs what waits for the next turn, and what that asks for, until nothing waits. */
  turn(): void;
  /** Lets time pass. */
  pass(ms: number): void;
  /** Timers that run. */
  readonly timers: number;
}

/** Makes one; its time begins at 0. */
export function manualScheduler(): ManualScheduler {
  const soon: (() => void)[] = [];
  const timers = new Set<{ atMs: number; run: () => void }>();
  let nowMs = 0;
  const turn = (): void => {
    for (let run = soon.shift(); run; run = soon.shift()) run();
  };
  return {
    soon: (run) => {
      soon.push(run);
    },
    later: (delayMs, run) => {
      const timer = { atMs: nowMs + delayMs, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    turn,
    pass: (ms) => {
      nowMs += ms;
      for (const timer of timers) {
        if (timer.atMs > nowMs) continue;
        timers.delete(timer);
        timer.run();
      }
      turn();
    },
    get timers() {
      return timers.size;
    },
  };
}
