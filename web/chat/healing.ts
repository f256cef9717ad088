import type { Clock } from '../session/clock.ts';
import { RETRY_FIRST_MS, RETRY_LONGEST_MS } from './limits.ts';

/** When a lost connection is tried again: soon, then after twice the time, up to the longest. */
export class Healing {
  readonly #clock: Clock;
  #waitMs = RETRY_FIRST_MS;
  #callOff: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  tryLater(attempt: () => void): void {
    this.#callOff = this.#clock.after(this.#waitMs, attempt);
    this.#waitMs = Math.min(this.#waitMs * 2, RETRY_LONGEST_MS);
  }

  /** The connection is there: the next loss is tried soon again. */
  healed(): void {
    this.#waitMs = RETRY_FIRST_MS;
  }

  /** Nothing is tried any more; harmless when nothing was going to be. */
  callOff(): void {
    this.#callOff();
  }
}
