/** Moments of a run that are kept to come back to, at equal distances, few enough for a long run. */
import type { SimTime } from '../stack/time.ts';
import { CHECKPOINT_TICKS, MAX_CHECKPOINTS } from './limits.ts';
import { copyMoment, type Moment } from './moment.ts';
import { cutTo, markOf, type RecordMark, type RunRecord } from './record.ts';

interface Checkpoint {
  readonly moment: Moment;
  readonly mark: RecordMark;
}

/** Of one run. */
export class Checkpoints {
  #kept: Checkpoint[] = [];
  #distance = CHECKPOINT_TICKS;

  /** Keeps this moment, if it is time for one. */
  keep(moment: Moment, record: RunRecord): void {
    if (moment.tick % this.#distance !== 0 || moment.tick <= this.#lastTick()) return;
    this.#kept.push({ moment: copyMoment(moment), mark: markOf(record) });
    if (this.#kept.length <= MAX_CHECKPOINTS) return;
    this.#distance *= 2;
    this.#kept = this.#kept.filter(({ moment: { tick } }) => tick % this.#distance === 0);
  }

  /** Takes the record back to the last kept moment that is not after `tick`, and gives a copy of it; `null`: none is. */
  restore(tick: number, record: RunRecord): Moment | null {
    const checkpoint = this.#kept.findLast(({ moment }) => moment.tick <= tick);
    if (!checkpoint) return null;
    cutTo(record, checkpoint.mark);
    return copyMoment(checkpoint.moment);
  }

  /** The tick of the last kept moment that is not after `at`; 0 when there is none. */
  tickBefore(at: SimTime): number {
    return this.#kept.findLast(({ moment }) => moment.now <= at)?.moment.tick ?? 0;
  }

  /** What came after `tick` will not come again. */
  forgetAfter(tick: number): void {
    this.#kept = this.#kept.filter(({ moment }) => moment.tick <= tick);
  }

  #lastTick(): number {
    return this.#kept.at(-1)?.moment.tick ?? -1;
  }
}
