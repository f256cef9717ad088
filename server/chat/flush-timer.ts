import { NEWS_DELAY_MS } from './limits.ts';
import type { Scheduler } from './scheduler.ts';

/** When the next batch goes out: at the end of this turn of the event loop, or a little later when it may wait. */
export class FlushTimer {
  readonly #scheduler: Scheduler;
  readonly #flush: () => void;
  #isSoon = false;
  #callOff: (() => void) | null = null;
  #closed = false;

  constructor(scheduler: Scheduler, flush: () => void) {
    this.#scheduler = scheduler;
    this.#flush = flush;
  }

  /** Flushes at the end of this turn. */
  soon(): void {
    if (this.#isSoon || this.#closed) return;
    this.#isSoon = true;
    this.#scheduler.soon(this.#run);
  }

  /** Flushes within NEWS_DELAY_MS, or sooner if somebody asks for that. */
  later(): void {
    if (this.#isSoon || this.#closed) return;
    this.#callOff ??= this.#scheduler.later(NEWS_DELAY_MS, this.#run);
  }

  /** Nothing is flushed from now on. */
  close(): void {
    this.#closed = true;
    this.#stopWaiting();
  }

  readonly #run = (): void => {
    this.#isSoon = false;
    this.#stopWaiting();
    if (!this.#closed) this.#flush();
  };

  #stopWaiting(): void {
    this.#callOff?.();
    this.#callOff = null;
  }
}
