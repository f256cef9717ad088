interface Entry<T> {
  readonly port: number;
  readonly address: string;
  readonly value: T;
}

/**
 * What is known of each client, by its port and address, and bounded. It is asked for every datagram: a key made of both
 * would cost more than all else that the journal does with a datagram.
 */
export class ClientMap<T> {
  readonly #most: number;
  readonly #byPort = new Map<number, Map<string, Entry<T>>>();
  /** In the order of adding. */
  readonly #entries = new Set<Entry<T>>();

  /** @param most entries kept at the most. */
  constructor(most: number) {
    this.#most = most;
  }

  get(port: number, address: string): T | undefined {
    return this.#byPort.get(port)?.get(address)?.value;
  }

  /** Adds a client that is not there. Answers what had to go for it: the one added first, or `null`. */
  add(port: number, address: string, value: T): T | null {
    const oldest = this.#entries.size < this.#most ? null : this.#takeOldest();
    const entry = { port, address, value };
    const ofPort = this.#byPort.get(port) ?? new Map<string, Entry<T>>();
    this.#byPort.set(port, ofPort.set(address, entry));
    this.#entries.add(entry);
    return oldest;
  }

  #takeOldest(): T | null {
    const [oldest] = this.#entries;
    if (!oldest) return null;
    this.#entries.delete(oldest);
    const ofPort = this.#byPort.get(oldest.port);
    ofPort?.delete(oldest.address);
    if (ofPort?.size === 0) this.#byPort.delete(oldest.port);
    return oldest.value;
  }
}
