import type { Conversation, WireEvent } from '#protocol/wire.ts';
import type { FrameScheduler } from './clock.ts';

/** Events that may wait for the next frame; more are applied at once, so a hidden tab cannot pile them up. */
export const MAX_PENDING_EVENTS = 10_000;

/** A run of events without a gap, and the present state of the conversations named in it. */
export interface EventRun {
  /** Events of the journal that never came right before the first of these. */
  readonly missedBefore: number;
  readonly events: readonly WireEvent[];
  readonly conversations: readonly Conversation[];
}

/** Holds runs until the next frame, so that readers are told once a frame at the most. */
export interface BatchQueue {
  add(run: EventRun): void;
  /** Applies what waits, now. */
  flush(): void;
  /** Forgets what waits. */
  close(): void;
}

/** @param apply gets all runs that waited, in order; never called with none */
export function createBatchQueue(frame: FrameScheduler, apply: (runs: readonly EventRun[]) => void): BatchQueue {
  let waiting: EventRun[] = [];
  let waitingEvents = 0;
  let cancelFrame: (() => void) | null = null;

  function take(): EventRun[] {
    cancelFrame?.();
    cancelFrame = null;
    const taken = waiting;
    waiting = [];
    waitingEvents = 0;
    return taken;
  }

  function flush(): void {
    const taken = take();
    if (taken.length > 0) apply(taken);
  }

  return {
    add(run) {
      waiting.push(run);
      // An empty run costs memory too.
      waitingEvents += Math.max(1, run.events.length);
      if (waitingEvents > MAX_PENDING_EVENTS) flush();
      else cancelFrame ??= frame(flush);
    },
    flush,
    close: take,
  };
}
