/** How much each address may use: streams, logins under way, wrong passwords. */
import {
  AUTH_WINDOW_MS,
  MAX_ADDRESSES,
  MAX_AUTH_FAILURES_PER_ADDRESS,
  MAX_HALF_OPEN_PER_ADDRESS,
  MAX_STREAMS_PER_ADDRESS,
} from '../limits.ts';
import type { Stream } from './stream.ts';
import { StreamError } from './stream-error.ts';

interface Usage {
  readonly streams: Set<Stream>;
  /** Not logged in yet, oldest first. */
  readonly halfOpen: Set<Stream>;
  failures: number;
  failuresSinceMs: number;
}

/** Keeps count of every address that has streams, and of those that failed to log in lately. */
export class Addresses {
  readonly #nowMs: () => number;
  readonly #emptied: () => void;
  readonly #usage = new Map<string, Usage>();
  #streams = 0;

  /** @param emptied called when the last stream is over. */
  constructor(nowMs: () => number, emptied: () => void) {
    this.#nowMs = nowMs;
    this.#emptied = emptied;
  }

  /** Streams of all addresses. */
  get streams(): number {
    return this.#streams;
  }

  /** Every stream. */
  *all(): Iterable<Stream> {
    for (const { streams } of this.#usage.values()) yield* streams;
  }

  /** A stream has begun. Whoever holds up too many logins loses the oldest. */
  opened(stream: Stream): void {
    const usage = this.#of(stream.link.address);
    usage.streams.add(stream);
    usage.halfOpen.add(stream);
    this.#streams += 1;
    const [oldest] = usage.halfOpen;
    if (usage.halfOpen.size > MAX_HALF_OPEN_PER_ADDRESS) oldest?.end(tooMany('logins that are not finished'));
    else if (usage.streams.size > MAX_STREAMS_PER_ADDRESS) stream.end(tooMany('streams'));
  }

  loggedIn(stream: Stream): void {
    this.#usage.get(stream.link.address)?.halfOpen.delete(stream);
  }

  closed(stream: Stream): void {
    const usage = this.#usage.get(stream.link.address);
    if (!usage?.streams.delete(stream)) return;
    usage.halfOpen.delete(stream);
    this.#streams -= 1;
    this.#tidy();
    if (this.#streams === 0) this.#emptied();
  }

  /** A wrong password. */
  failed(address: string): void {
    const usage = this.#of(address);
    if (this.#nowMs() - usage.failuresSinceMs > AUTH_WINDOW_MS) {
      usage.failures = 0;
      usage.failuresSinceMs = this.#nowMs();
    }
    usage.failures += 1;
  }

  /** Whether an address may try another password. */
  mayTry(address: string): boolean {
    const usage = this.#usage.get(address);
    if (!usage || usage.failures < MAX_AUTH_FAILURES_PER_ADDRESS) return true;
    return this.#nowMs() - usage.failuresSinceMs > AUTH_WINDOW_MS;
  }

  #of(address: string): Usage {
    const known = this.#usage.get(address);
    if (known) return known;
    const usage = { streams: new Set<Stream>(), halfOpen: new Set<Stream>(), failures: 0, failuresSinceMs: 0 };
    this.#usage.set(address, usage);
    return usage;
  }

  /** Forgets addresses without streams when there are many; those that failed lately last. */
  #tidy(): void {
    if (this.#usage.size <= MAX_ADDRESSES) return;
    for (const [address, { streams }] of this.#usage) {
      if (streams.size === 0) this.#usage.delete(address);
    }
  }
}

function tooMany(what: string): StreamError {
  return new StreamError('resource-constraint', `There are too many ${what} from your address.`);
}
