import type { WireEvent } from '#protocol/wire.ts';
import type { WireMessage } from '#protocol/wire-messages.ts';
import type { EventRun } from './batch-queue.ts';

/** A `batch` message. */
export type Batch = Extract<WireMessage, { type: 'batch' }>;

/**
 * Turns batches into runs that hold each event once and in order, whatever was sent twice. A journal numbers its events
 * without gaps, so a gap in the numbers is exactly what was missed, wherever it was dropped.
 */
export interface RunSplitter {
  /** Number of the newest event seen. */
  readonly lastSeq: number;
  /** Begins after event `seq`: what comes up to it has been seen, or is not wanted. */
  startAfter(seq: number): void;
  split(batch: Batch): EventRun[];
}

/** A splitter that has seen nothing. */
export function createRunSplitter(): RunSplitter {
  let lastSeq = 0;
  return {
    get lastSeq() {
      return lastSeq;
    },
    startAfter(seq) {
      lastSeq = seq;
    },
    split(batch) {
      const runs: { missedBefore: number; events: WireEvent[] }[] = [];
      for (const event of batch.events) {
        if (event.seq <= lastSeq) continue;
        const missedBefore = event.seq - lastSeq - 1;
        const run = runs.at(-1);
        if (run && missedBefore === 0) run.events.push(event);
        else runs.push({ missedBefore, events: [event] });
        lastSeq = event.seq;
      }
      return withConversations(runs, batch);
    },
  };
}

/** A batch of which everything was seen before is an old one: its states of conversations are old too. */
function withConversations(runs: readonly Omit<EventRun, 'conversations'>[], batch: Batch): EventRun[] {
  if (runs.length === 0) {
    return batch.events.length > 0 ? [] : [{ missedBefore: 0, events: [], conversations: batch.conversations }];
  }
  return runs.map((run, index) => ({ ...run, conversations: index === 0 ? batch.conversations : [] }));
}
