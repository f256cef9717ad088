/** Octets of fetched payloads that the page holds; past it the least recently asked for go. */
const MAX_PAYLOAD_CACHE_BYTES = 16 * 1024 * 1024;

/** What an entry costs besides its octets, so that empty ones are bounded too. */
export const PAYLOAD_ENTRY_COST_BYTES = 64;

/** Fetched payloads by event `seq`; `null` where the journal no longer has the octets. Bounded, least recent first. */
export class PayloadCache {
  /** The entries, least recently used first. The same map while it changes. */
  readonly entries: ReadonlyMap<number, Uint8Array | null>;
  readonly #entries = new Map<number, Uint8Array | null>();
  readonly #maxBytes: number;
  #bytes = 0;

  constructor(maxBytes = MAX_PAYLOAD_CACHE_BYTES) {
    this.#maxBytes = maxBytes;
    this.entries = this.#entries;
  }

  /** What all entries cost, in octets. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Stores one payload and lets the least recent go. One that is larger than the whole cache is not kept. */
  set(seq: number, payload: Uint8Array | null): void {
    this.#delete(seq);
    if (cost(payload) > this.#maxBytes) return;
    this.#entries.set(seq, payload);
    this.#bytes += cost(payload);
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#maxBytes) break;
      this.#delete(oldest);
    }
  }

  /** Marks an entry as used now; answers whether it is there. */
  touch(seq: number): boolean {
    const payload = this.#entries.get(seq);
    if (payload === undefined) return false;
    this.#entries.delete(seq);
    this.#entries.set(seq, payload);
    return true;
  }

  clear(): void {
    this.#entries.clear();
    this.#bytes = 0;
  }

  #delete(seq: number): void {
    const payload = this.#entries.get(seq);
    if (payload === undefined) return;
    this.#entries.delete(seq);
    this.#bytes -= cost(payload);
  }
}

function cost(payload: Uint8Array | null): number {
  return (payload?.length ?? 0) + PAYLOAD_ENTRY_COST_BYTES;
}
