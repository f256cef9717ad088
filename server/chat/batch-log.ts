/** A batch in the form that a protocol delivers; all recipients share it. */
export interface Sized {
  /** Octets. */
  readonly size: number;
}

/** One batch and the way to the next. */
export interface LogEntry<B> {
  /** `null` only before the first batch. */
  readonly batch: B | null;
  next: LogEntry<B> | null;
}

/**
 * The batches of a room in order. Nothing holds the beginning: a reader holds the entry it has reached, so what
 * everybody has passed is garbage, and a reader that stays behind costs nothing of its own.
 */
export class BatchLog<B extends Sized> {
  #tail: LogEntry<B> = { batch: null, next: null };
  #totalBytes = 0;

  /** The newest entry: whoever starts here gets what comes after it. */
  get tail(): LogEntry<B> {
    return this.#tail;
  }

  /** Octets appended since the beginning. */
  get totalBytes(): number {
    return this.#totalBytes;
  }

  append(batch: B): void {
    const entry: LogEntry<B> = { batch, next: null };
    this.#tail.next = entry;
    this.#tail = entry;
    this.#totalBytes += batch.size;
  }
}
