import type { Subscriber } from './subscriber.ts';

/** Whose connections are open. */
export class Directory {
  readonly #subscribers = new Set<Subscriber>();

  add(subscriber: Subscriber): void {
    this.#subscribers.add(subscriber);
  }

  remove(subscriber: Subscriber): void {
    this.#subscribers.delete(subscriber);
  }

  /** A connection of this user that is in the group, or `null`. */
  inGroup(user: string, group: string): Subscriber | null {
    for (const subscriber of this.#subscribers)
      if (subscriber.user === user && subscriber.groups.has(group)) return subscriber;
    return null;
  }
}
