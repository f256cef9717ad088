/**
 * Things that happen, handed one by one to one reader that waits for them. Unlike `Promise.race` in a loop it
 * leaves nothing behind on the promises that have not resolved yet. Senders post a bounded number of things.
 */
export interface Mailbox<Item> {
  post(item: Item): void;
  /** The oldest item that has not been handed over. One reader at a time. */
  next(): Promise<Item>;
}

/** An empty mailbox. */
export function createMailbox<Item>(): Mailbox<Item> {
  const items: Item[] = [];
  let waiting: ((item: Item) => void) | null = null;
  return {
    post(item) {
      const reader = waiting;
      waiting = null;
      if (reader === null) items.push(item);
      else reader(item);
    },
    next() {
      const [item] = items.splice(0, 1);
      if (item !== undefined) return Promise.resolve(item);
      return new Promise((resolve) => {
        waiting = resolve;
      });
    },
  };
}
