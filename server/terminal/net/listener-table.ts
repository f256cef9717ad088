import { MAX_LISTENERS } from '../limits.ts';

/**
 * TCP ports that `nc -l` listens on in any terminal, at most MAX_LISTENERS: a connection of ours to one of them
 * is journalled by the listener's end, and must not be journalled again by the client's.
 */
export interface ListenerTable {
  has(port: number): boolean;
  /** Takes a place; `null` when all are taken. Returns what gives it back. */
  reserve(): ListenerPlace | null;
}

/** One listener's place in the table. */
export interface ListenerPlace {
  /** The ports that this listener has bound. */
  listens(port: number): void;
  release(): void;
}

/** A table with nothing in it. */
export function createListenerTable(): ListenerTable {
  const places = new Set<Set<number>>();
  return {
    has: (port) => [...places].some((ports) => ports.has(port)),
    reserve() {
      if (places.size >= MAX_LISTENERS) return null;
      const ports = new Set<number>();
      places.add(ports);
      return { listens: (port) => ports.add(port), release: () => places.delete(ports) };
    },
  };
}
