/** Payloads that may be asked for at once; past it the oldest request is forgotten. */
export const MAX_PAYLOAD_REQUESTS = 256;

/** Which payloads have been asked for and not answered. Kept over a lost connection, and then asked for again. */
export class PayloadRequests {
  readonly #wanted = new Set<number>();
  readonly #send: (seq: number) => boolean;

  /** @param send asks the server; answers false while there is no connection */
  constructor(send: (seq: number) => boolean) {
    this.#send = send;
  }

  /** Asks for one payload, unless that is under way. */
  ask(seq: number): void {
    if (this.#wanted.has(seq)) return;
    for (const oldest of this.#wanted) {
      if (this.#wanted.size < MAX_PAYLOAD_REQUESTS) break;
      this.#wanted.delete(oldest);
    }
    this.#wanted.add(seq);
    this.#send(seq);
  }

  /** An answer came; answers whether it was waited for. */
  answered(seq: number): boolean {
    return this.#wanted.delete(seq);
  }

  /** Asks again for everything, on a new connection. */
  askAgain(): void {
    for (const seq of this.#wanted) this.#send(seq);
  }

  clear(): void {
    this.#wanted.clear();
  }
}
