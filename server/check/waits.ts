import type { CheckClock } from './clock.ts';

/** Waits of one socket: for something to hold, or for time to pass. All of them end when it is closed. */
export class Waits {
  readonly #clock: CheckClock;
  readonly #looks = new Set<() => void>();
  readonly #ends = new Set<() => void>();
  #closed = false;

  constructor(clock: CheckClock) {
    this.#clock = clock;
  }

  /** Whether `met` holds before nothing has been told for `ms`. Every telling starts that time anew. */
  until(met: () => boolean, ms: number): Promise<boolean> {
    return new Promise((resolve) => {
      let cancel = (): void => {};
      const settle = (answer: boolean): void => {
        cancel();
        this.#looks.delete(look);
        this.#ends.delete(end);
        resolve(answer);
      };
      const end = (): void => settle(met());
      const look = (): void => {
        cancel();
        if (met()) settle(true);
        else cancel = this.#clock.after(ms, end);
      };
      this.#looks.add(look);
      this.#ends.add(end);
      if (this.#closed) end();
      else look();
    });
  }

  /** Lets time pass; nothing told cuts it short. */
  async pause(ms: number): Promise<void> {
    let over = false;
    const cancel = this.#clock.after(ms, () => {
      over = true;
      this.tell();
    });
    await this.until(() => over, ms + 1_000);
    cancel();
  }

  /** Something happened: every wait looks again. */
  tell(): void {
    for (const look of [...this.#looks]) look();
  }

  /** Ends every wait, and those that come later at once. Closing twice is harmless. */
  close(): void {
    this.#closed = true;
    for (const end of [...this.#ends]) end();
  }
}
