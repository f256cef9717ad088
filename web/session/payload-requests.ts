import type { Clock } from './clock.ts';

/** Payloads that may be asked for at once; past it the oldest request is forgotten. */
export const MAX_PAYLOAD_REQUESTS = 256;

/** Requests sent in a second; what is more waits. The server ends a connection that sends 500 messages in one. */
export const MAX_REQUESTS_PER_SECOND = 300;
const SECOND_MS = 1_000;

/** Which payloads have been asked for and not answered. Kept over a lost connection, and then asked for again. */
export class PayloadRequests {
  readonly #wanted = new Set<number>();
  readonly #send: (seq: number) => boolean;
  readonly #clock: Clock;
  /** Wanted and not sent yet. */
  #unsent: number[] = [];
  #secondBeganMs = Number.NEGATIVE_INFINITY;
  #sentInSecond = 0;
  #cancelTimer: (() => void) | null = null;

  /** @param send asks the server; answers false while there is no connection */
  constructor(send: (seq: number) => boolean, clock: Clock) {
    this.#send = send;
    this.#clock = clock;
  }

  /** Asks for one payload, unless that is under way. */
  ask(seq: number): void {
    if (this.#wanted.has(seq)) return;
    for (const oldest of this.#wanted) {
      if (this.#wanted.size < MAX_PAYLOAD_REQUESTS) break;
      this.#wanted.delete(oldest);
    }
    this.#wanted.add(seq);
    this.#unsent.push(seq);
    this.#sendDue();
  }

  /** An answer came; answers whether it was waited for. */
  answered(seq: number): boolean {
    return this.#wanted.delete(seq);
  }

  /** Asks again for everything, on a new connection. */
  askAgain(): void {
    this.#unsent = [...this.#wanted];
    this.#sendDue();
  }

  /** Nothing is wanted any more. */
  clear(): void {
    this.#wanted.clear();
    this.#unsent = [];
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  #sendDue(): void {
    const nowMs = this.#clock.now();
    if (nowMs - this.#secondBeganMs >= SECOND_MS) {
      this.#secondBeganMs = nowMs;
      this.#sentInSecond = 0;
    }
    this.#unsent = this.#unsent.filter((seq) => this.#wanted.has(seq));
    for (const seq of this.#unsent.splice(0, MAX_REQUESTS_PER_SECOND - this.#sentInSecond)) {
      this.#sentInSecond += 1;
      this.#send(seq);
    }
    if (this.#unsent.length === 0 || this.#cancelTimer) return;
    this.#cancelTimer = this.#clock.after(this.#secondBeganMs + SECOND_MS - nowMs, () => {
      this.#cancelTimer = null;
      this.#sendDue();
    });
  }
}
