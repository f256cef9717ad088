import type { EventLog } from '../session/event-log.ts';

/** Gaps remembered; the oldest two become one when there are more. */
export const MAX_GAPS = 256;

/** What a gap index reads of the log. */
export interface GapSource {
  since(seq: number): Iterable<{ readonly seq: number }>;
  missedBefore: EventLog['missedBefore'];
}

interface Gap {
  /** First held event after the gap. */
  readonly before: number;
  readonly count: number;
}

/**
 * Where events never reached this page because it was too slow, so that a view of one conversation can say how many were
 * missed between two of its events. Which conversation they belonged to is not known.
 */
export class JournalGaps {
  readonly #gaps: Gap[] = [];
  #lastSeq = 0;

  /** Reads what has come since the last call. */
  update(log: GapSource): void {
    for (const { seq } of log.since(this.#lastSeq)) {
      const count = log.missedBefore(seq);
      if (count > 0) this.#add({ before: seq, count });
      this.#lastSeq = seq;
    }
  }

  /** Events missed after one held event and before another. */
  between(afterSeq: number, beforeSeq: number): number {
    let missed = 0;
    for (let i = this.#gaps.length - 1; i >= 0; i -= 1) {
      const gap = this.#gaps[i];
      if (!gap || gap.before <= afterSeq) break;
      if (gap.before <= beforeSeq) missed += gap.count;
    }
    return missed;
  }

  #add(gap: Gap): void {
    this.#gaps.push(gap);
    const [first, second] = this.#gaps;
    if (this.#gaps.length <= MAX_GAPS || !first || !second) return;
    this.#gaps.splice(0, 2, { before: second.before, count: first.count + second.count });
  }
}
