import { MAX_ALL_OFFLINE_BYTES, MAX_OFFLINE_BYTES, MAX_OFFLINE_MESSAGES, MESSAGE_OVERHEAD_BYTES } from './limits.ts';
import type { Message, SentSignal } from './message.ts';

interface Waiting<T> {
  readonly items: T[];
  bytes: number;
}

/** What waits for users who are not there: messages, or signals. */
export class OfflineQueues<T> {
  readonly #users = new Map<string, Waiting<T>>();
  readonly #bytesOf: (item: T) => number;
  #bytes = 0;

  /** @param bytesOf what one counts for in the bounds, in octets. */
  constructor(bytesOf: (item: T) => number) {
    this.#bytesOf = bytesOf;
  }

  /** Keeps one for a user; `false` when a bound is reached: then the sender has to be told. */
  keep(user: string, item: T): boolean {
    const bytes = this.#bytesOf(item) + MESSAGE_OVERHEAD_BYTES;
    const waiting = this.#users.get(user) ?? { items: [], bytes: 0 };
    const fits =
      waiting.items.length < MAX_OFFLINE_MESSAGES &&
      waiting.bytes + bytes <= MAX_OFFLINE_BYTES &&
      this.#bytes + bytes <= MAX_ALL_OFFLINE_BYTES;
    if (!fits) return false;
    waiting.items.push(item);
    waiting.bytes += bytes;
    this.#bytes += bytes;
    this.#users.set(user, waiting);
    return true;
  }

  /** How many wait for a user. */
  count(user: string): number {
    return this.#users.get(user)?.items.length ?? 0;
  }

  /** Takes out what waits for a user, oldest first. */
  take(user: string): T[] {
    const waiting = this.#users.get(user);
    if (!waiting) return [];
    this.#users.delete(user);
    this.#bytes -= waiting.bytes;
    return waiting.items;
  }
}

/** What a message counts for. */
export function messageBytes({ bytes }: Message): number {
  return bytes;
}

/** What a signal counts for. */
export function signalBytes({ signal }: SentSignal): number {
  return signal.type === 'native' ? signal.native.bytes : JSON.stringify(signal).length;
}
