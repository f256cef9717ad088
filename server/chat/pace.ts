import { STALLED_AFTER_MS } from './limits.ts';
import type { Scheduler } from './scheduler.ts';

/**
 * Who holds the room up. The speakers wait for a slow member that goes on reading, so that it misses nothing; for one
 * that took nothing in STALLED_AFTER_MS nobody waits.
 */
export class Pace<M> {
  readonly #scheduler: Scheduler;
  readonly #goOn: () => void;
  readonly #waitedFor = new Map<M, () => void>();
  readonly #stalled = new Set<M>();

  /** @param goOn called when nobody is waited for any more. */
  constructor(scheduler: Scheduler, goOn: () => void) {
    this.#scheduler = scheduler;
    this.#goOn = goOn;
  }

  /** Whether the speakers must wait. */
  get held(): boolean {
    return this.#waitedFor.size > 0;
  }

  /** `member` has much to read. Waits for it unless it has stalled. */
  slow(member: M): void {
    if (this.#stalled.has(member) || this.#waitedFor.has(member)) return;
    const callOff = this.#scheduler.later(STALLED_AFTER_MS, () => {
      this.#stalled.add(member);
      this.#release(member);
    });
    this.#waitedFor.set(member, callOff);
  }

  /** `member` has taken something: whether it is slow is to be seen anew. */
  moved(member: M): void {
    this.#stalled.delete(member);
    this.#waitedFor.get(member)?.();
    this.#waitedFor.delete(member);
  }

  /** `member` has less to read now, or is out. */
  forget(member: M): void {
    this.#stalled.delete(member);
    this.#release(member);
  }

  /** Calls all timers off. */
  close(): void {
    for (const callOff of this.#waitedFor.values()) callOff();
    this.#waitedFor.clear();
    this.#stalled.clear();
  }

  #release(member: M): void {
    const callOff = this.#waitedFor.get(member);
    if (!callOff) return;
    callOff();
    this.#waitedFor.delete(member);
    if (!this.held) this.#goOn();
  }
}
