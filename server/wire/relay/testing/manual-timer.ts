import type { RelayTimer } from '../timer.ts';

/** A timer whose time passes when the test says so; it begins at 0. */
export interface ManualTimer extends RelayTimer {
  /** Lets time pass; what is due on the way runs at its time, in order. */
  pass(ms: number): void;
}

/** Makes one. */
export function manualTimer(): ManualTimer {
  const waiting = new Set<{ atMs: number; run: () => void }>();
  let nowMs = 0;
  const next = (untilMs: number) =>
    [...waiting].filter(({ atMs }) => atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0];
  return {
    now: () => nowMs,
    at: (atMs, run) => {
      const one = { atMs, run };
      waiting.add(one);
      return () => waiting.delete(one);
    },
    pass: (ms) => {
      const untilMs = nowMs + ms;
      for (let due = next(untilMs); due; due = next(untilMs)) {
        waiting.delete(due);
        nowMs = Math.max(nowMs, due.atMs);
        due.run();
      }
      nowMs = untilMs;
    },
  };
}
