import { useEffect, useState } from 'react';
import type { Clock } from '../session/clock.ts';

/** Whole seconds from `nowMs` until `atMs`, never below 0. */
export function secondsUntil(atMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil((atMs - nowMs) / 1_000));
}

/** Seconds until a wall clock time, counted down once a second; `null` where there is none. */
export function useCountdown(atMs: number | null, clock: Clock): number | null {
  const [nowMs, setNowMs] = useState(() => clock.now());
  useEffect(() => {
    if (atMs === null) return;
    let cancel = () => {};
    const tick = () => {
      const now = clock.now();
      setNowMs(now);
      // Wakes when the figure changes, not somewhere in between.
      if (now < atMs) cancel = clock.after((atMs - now) % 1_000 || 1_000, tick);
    };
    tick();
    return () => cancel();
  }, [atMs, clock]);
  return atMs === null ? null : secondsUntil(atMs, nowMs);
}
