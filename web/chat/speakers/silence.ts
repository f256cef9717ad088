import type { Clock } from '../../session/clock.ts';
import { ANSWER_MS, SILENCE_MS } from '../limits.ts';

/** Finds out that the server is gone although nothing says so: after a silence it is asked, and has to answer. */
export class Silence {
  readonly #clock: Clock;
  readonly #ask: () => void;
  readonly #dead: () => void;
  #callOff: () => void = () => {};

  constructor(clock: Clock, { ask, dead }: { readonly ask: () => void; readonly dead: () => void }) {
    this.#clock = clock;
    this.#ask = ask;
    this.#dead = dead;
  }

  /** Something came, whatever it was. */
  heard(): void {
    this.#callOff();
    this.#callOff = this.#clock.after(SILENCE_MS, () => {
      this.#callOff = this.#clock.after(ANSWER_MS, this.#dead);
      this.#ask();
    });
  }

  /** Nothing is asked any more. */
  stop(): void {
    this.#callOff();
  }
}
