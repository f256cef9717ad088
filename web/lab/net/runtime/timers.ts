/** setTimeout and its kin in virtual time. */
import type { Desk } from './desk.ts';

/** What `setTimeout` gives: an object, as in Node. */
export interface Timeout {
  readonly timer: number;
  ref(): Timeout;
  unref(): Timeout;
}

/** What a program finds under these names. Times in milliseconds. */
export interface Timers {
  setTimeout(work: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): Timeout;
  setInterval(work: (...args: unknown[]) => void, ms?: number, ...args: unknown[]): Timeout;
  setImmediate(work: (...args: unknown[]) => void, ...args: unknown[]): Timeout;
  clear(timeout: Timeout | undefined | null): void;
}

/** As in Node and browsers, nothing is shorter than a millisecond. */
const LEAST_MS = 1;

/** Makes them; time is the desk's. */
export function createTimers(desk: Desk): Timers {
  const current = new Map<Timeout, number>();
  const start = (ms: number, work: () => void): Timeout => {
    const timer = desk.setTimer(ms, work);
    const timeout: Timeout = { timer, ref: () => timeout, unref: () => timeout };
    current.set(timeout, timer);
    return timeout;
  };
  return {
    setTimeout: (work, ms = LEAST_MS, ...args) => start(Math.max(LEAST_MS, Number(ms) || 0), () => work(...args)),
    setInterval: (work, ms = LEAST_MS, ...args) => {
      const every = Math.max(LEAST_MS, Number(ms) || 0);
      const again = (): void => {
        current.set(timeout, desk.setTimer(every, again));
        work(...args);
      };
      const timeout = start(every, again);
      return timeout;
    },
    setImmediate: (work, ...args) => start(0, () => work(...args)),
    clear: (timeout) => {
      const timer = timeout ? current.get(timeout) : undefined;
      if (timer === undefined || !timeout) return;
      current.delete(timeout);
      desk.clearTimer(timer);
    },
  };
}
