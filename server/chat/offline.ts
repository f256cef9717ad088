import { Deque } from './deque.ts';
import { MAX_ALL_OFFLINE_BYTES, MAX_OFFLINE_BYTES, MAX_OFFLINE_MESSAGES, MESSAGE_OVERHEAD_BYTES } from './limits.ts';
import type { Message } from './message.ts';

interface Waiting {
  readonly messages: Deque<Message>;
  bytes: number;
}

/** What waits for users who are not there. */
export class OfflineQueues {
  readonly #users = new Map<string, Waiting>();
  #bytes = 0;

  /** Keeps a message for a user; `false` when a bound is reached: then the sender has to be told. */
  keep(user: string, message: Message): boolean {
    const bytes = message.bytes + MESSAGE_OVERHEAD_BYTES;
    const waiting = this.#users.get(user) ?? { messages: new Deque<Message>(), bytes: 0 };
    const fits =
      waiting.messages.length < MAX_OFFLINE_MESSAGES &&
      waiting.bytes + bytes <= MAX_OFFLINE_BYTES &&
      this.#bytes + bytes <= MAX_ALL_OFFLINE_BYTES;
    if (!fits) return false;
    waiting.messages.push(message);
    waiting.bytes += bytes;
    this.#bytes += bytes;
    this.#users.set(user, waiting);
    return true;
  }

  /** How many messages wait for a user. */
  count(user: string): number {
    return this.#users.get(user)?.messages.length ?? 0;
  }

  /** Takes out what waits for a user, oldest first. */
  take(user: string): Message[] {
    const waiting = this.#users.get(user);
    if (!waiting) return [];
    this.#users.delete(user);
    this.#bytes -= waiting.bytes;
    return [...waiting.messages];
  }
}
