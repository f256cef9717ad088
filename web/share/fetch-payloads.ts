import type { Clock } from '../session/clock.ts';
import type { WireSession } from '../session/wire-session.ts';

/** Payloads asked for at once; the session itself forgets the oldest of more than 256. */
export const MAX_ASKED_AT_ONCE = 32;

/** How long nothing may come before the rest is given up, in milliseconds. */
export const PATIENCE_MS = 8_000;

/** What fetching needs. */
export interface FetchOptions {
  readonly session: Pick<WireSession, 'store' | 'requestPayload'>;
  /** Events whose octets are wanted whole. */
  readonly seqs: readonly number[];
  readonly clock: Clock;
  /** Ends it early, with what has come. */
  readonly signal: AbortSignal;
  /** Told after each answer. */
  readonly progress: (done: number, total: number) => void;
}

/** Fetches payloads, a few at a time. Those that the journal no longer has, and those that do not come, are not in the answer. */
export function fetchPayloads(options: FetchOptions): Promise<ReadonlyMap<number, Uint8Array>> {
  return new Promise((resolve) => new Fetching(options, resolve).start());
}

class Fetching {
  readonly #options: FetchOptions;
  readonly #resolve: (payloads: ReadonlyMap<number, Uint8Array>) => void;
  readonly #waiting: number[];
  readonly #asked = new Set<number>();
  readonly #got = new Map<number, Uint8Array>();
  #done = 0;
  #finished = false;
  #asking = false;
  #unsubscribe: () => void = () => {};
  #cancelTimer: () => void = () => {};
  readonly #finish = (): void => {
    if (this.#finished) return;
    this.#finished = true;
    this.#unsubscribe();
    this.#cancelTimer();
    this.#options.signal.removeEventListener('abort', this.#finish);
    this.#resolve(this.#got);
  };

  constructor(options: FetchOptions, resolve: (payloads: ReadonlyMap<number, Uint8Array>) => void) {
    this.#options = options;
    this.#resolve = resolve;
    this.#waiting = [...options.seqs].reverse();
  }

  start(): void {
    const { session, signal } = this.#options;
    signal.addEventListener('abort', this.#finish);
    this.#unsubscribe = session.store.subscribe(() => this.#take());
    this.#beginWaiting();
    if (signal.aborted) this.#finish();
    else this.#ask();
  }

  /** Asking may be answered at once, from within. */
  #ask(): void {
    if (this.#asking) return;
    this.#asking = true;
    while (!this.#finished && this.#asked.size < MAX_ASKED_AT_ONCE) {
      const seq = this.#waiting.pop();
      if (seq === undefined) break;
      this.#asked.add(seq);
      this.#options.session.requestPayload(seq);
      this.#take();
    }
    this.#asking = false;
    if (this.#asked.size === 0) this.#finish();
  }

  #take(): void {
    const { payloads } = this.#options.session.store.getState();
    const before = this.#done;
    for (const seq of this.#asked) {
      const payload = payloads.get(seq);
      if (payload === undefined) continue;
      this.#asked.delete(seq);
      if (payload) this.#got.set(seq, payload);
      this.#done += 1;
    }
    if (this.#done === before || this.#finished) return;
    this.#options.progress(this.#done, this.#options.seqs.length);
    this.#beginWaiting();
    this.#ask();
  }

  #beginWaiting(): void {
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(PATIENCE_MS, this.#finish);
  }
}
