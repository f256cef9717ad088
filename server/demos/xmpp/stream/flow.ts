/** Who waits for whom: a writer is not read on while those it writes to have much to read. */
import type { Scheduler } from '../../../chat/scheduler.ts';
import { STALLED_AFTER_MS } from '../limits.ts';

/** What is stopped and let go on. */
export interface Valve {
  pause(): void;
  resume(): void;
}

/** One stream's part in it, as a writer and as a reader. */
export class Flow {
  readonly #valve: Valve;
  readonly #scheduler: Scheduler;
  /** What must happen before this client is read on. */
  readonly #holders = new Set<object>();
  /** Writers that wait for this client to read. */
  readonly #waiting = new Set<Flow>();
  /** It takes nothing: nobody waits for it any more. */
  #stalled = false;
  #over = false;

  constructor(valve: Valve, scheduler: Scheduler) {
    this.#valve = valve;
    this.#scheduler = scheduler;
  }

  /** Reads nothing more from this client until `letGo` is called with the same. */
  hold(by: object): void {
    if (this.#over) return;
    if (this.#holders.size === 0) this.#valve.pause();
    this.#holders.add(by);
  }

  /** Ends a hold. Harmless when there was none. */
  letGo(by: object): void {
    if (this.#holders.delete(by) && this.#holders.size === 0 && !this.#over) this.#valve.resume();
  }

  /** Reads nothing more from this client until `reader` has read, as long as it goes on reading at all. */
  waitFor(reader: Flow): void {
    if (reader === this || reader.#stalled || reader.#over) return;
    this.hold(reader);
    if (reader.#waiting.size === 0) reader.#watch();
    reader.#waiting.add(this);
  }

  /** This client has read everything. */
  drained(): void {
    this.#stalled = false;
    this.#release();
  }

  /** The stream is over: nobody waits for it, and it for nobody. */
  close(): void {
    this.#over = true;
    this.#holders.clear();
    this.#release();
  }

  #watch(): void {
    this.#scheduler.later(STALLED_AFTER_MS, () => {
      if (this.#waiting.size === 0) return;
      this.#stalled = true;
      this.#release();
    });
  }

  #release(): void {
    const writers = [...this.#waiting];
    this.#waiting.clear();
    for (const writer of writers) writer.letGo(this);
  }
}
