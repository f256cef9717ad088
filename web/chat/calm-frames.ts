import { flushSync } from 'react-dom';
import { browserFrames, type Clock, type FrameScheduler, systemClock } from '../session/clock.ts';
import { MAX_REST_MS, RESTS_PER_DRAWING } from './limits.ts';

/** What calm frames need from outside. */
export interface CalmFramesOptions {
  readonly frames: FrameScheduler;
  readonly clock: Clock;
  /** Runs what changes the page, and has the page changed when it returns. */
  readonly draw: (change: () => void) => void;
}

/**
 * Frames that leave time for what arrives. A browser puts drawing before messages: when one drawing takes longer than
 * a frame, the next is due at once, and messages of a flood hardly get their turn. So everything that waits is drawn
 * together, and after a drawing there is a rest, the longer the longer that took.
 */
export function createCalmFrames({ frames, clock, draw }: CalmFramesOptions): FrameScheduler {
  const waiting = new Set<() => void>();
  let isPlanned = false;
  const plan = (): void => {
    isPlanned = waiting.size > 0;
    if (isPlanned) frames(show);
  };
  const show = (): void => {
    const runs = [...waiting];
    waiting.clear();
    const startedAtMs = clock.now();
    try {
      draw(() => {
        for (const run of runs) run();
      });
    } finally {
      // A wall clock may be set back.
      const tookMs = Math.max(0, clock.now() - startedAtMs);
      clock.after(Math.min(tookMs * RESTS_PER_DRAWING, MAX_REST_MS), plan);
    }
  };
  return (run) => {
    waiting.add(run);
    if (!isPlanned) plan();
    return () => waiting.delete(run);
  };
}

/** Those that all of a page's columns share. */
export const calmFrames = createCalmFrames({ frames: browserFrames, clock: systemClock, draw: flushSync });
