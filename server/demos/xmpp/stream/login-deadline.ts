import type { Scheduler } from '../../../chat/scheduler.ts';
import { MAX_LOGIN_MS, MAX_LOGIN_STEP_MS } from '../limits.ts';

/**
 * How long a login may take: each step its time, and all together theirs. Somebody who types by hand makes steps; an octet
 * now and then is none.
 */
export class LoginDeadline {
  readonly #scheduler: Scheduler;
  readonly #missed: () => void;
  readonly #callOffWhole: () => void;
  #callOffStep: () => void = () => {};
  #over = false;

  /** @param missed called once, unless the deadline is called off before. */
  constructor(scheduler: Scheduler, missed: () => void) {
    this.#scheduler = scheduler;
    this.#missed = missed;
    this.#callOffWhole = scheduler.later(MAX_LOGIN_MS, () => this.#miss());
    this.step();
  }

  /** A step is done: the next one has its time from here. */
  step(): void {
    if (this.#over) return;
    this.#callOffStep();
    this.#callOffStep = this.#scheduler.later(MAX_LOGIN_STEP_MS, () => this.#miss());
  }

  /** The login is done, or the stream is over. */
  callOff(): void {
    this.#over = true;
    this.#callOffStep();
    this.#callOffWhole();
  }

  #miss(): void {
    this.callOff();
    this.#missed();
  }
}
