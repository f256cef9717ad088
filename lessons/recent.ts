/** Conversations for which octets are held; the one that was quiet longest is let go. */
const MAX_STREAMS = 1_000;

/** A map of {@link MAX_STREAMS} entries that lets go of the one that was used longest ago. */
export class Recent<T> {
  readonly #entries = new Map<string, T>();

  /** The entry, from now on the one that was used last. */
  take(key: string, fresh: () => T): T {
    const entry = this.#entries.get(key) ?? fresh();
    this.#entries.delete(key);
    this.#entries.set(key, entry);
    if (this.#entries.size > MAX_STREAMS) {
      const [oldest] = this.#entries.keys();
      if (oldest !== undefined) this.#entries.delete(oldest);
    }
    return entry;
  }
}
