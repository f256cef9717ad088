/** Waits for something to come of what grows: a terminal's text, the octets a server has got. */
export interface Lookout {
  /** Looks again, because something has come. */
  look(): void;
  /**
   * Resolves with the first thing that `find` returns.
   *
   * @param missing what the error says when the patience is over: what was waited for, and what there is instead
   */
  until<Found>(find: () => Found | undefined, missing: () => string): Promise<Found>;
}

/** @param patienceMs how long a wait may take before the test fails */
export function createLookout(patienceMs: number): Lookout {
  const waiting = new Set<() => void>();
  return {
    look() {
      for (const look of waiting) look();
    },
    until: (find, missing) =>
      new Promise((resolve, reject) => {
        const patience = setTimeout(() => reject(new Error(missing())), patienceMs);
        const look = () => {
          const found = find();
          if (found === undefined) return;
          clearTimeout(patience);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
}
