/** What a program has written to a connection, to compare with what is sent. */
import { firstDifference, patternOctets } from './octets.ts';

/** Octets that are kept; of a longer stream the rest is not compared. */
const MAX_KEPT_OCTETS = 16 * 1024 * 1024;

/** Grows as the program writes; what is beyond MAX_KEPT_OCTETS is only counted. */
export class WrittenStream {
  #bytes = new Uint8Array(4096);
  #length = 0;
  #taken = 0;
  /** Places in the stream where a call ended. */
  readonly #ends = new Set<number>();

  /** Octets that were written so far, kept or not. */
  get length(): number {
    return this.#length;
  }

  /** The next `length` octets of what has no content of its own. */
  next(length: number): Uint8Array {
    return patternOctets(this.#taken, length);
  }

  /** Takes note of what the stack took. */
  append(bytes: Uint8Array, endsCall: boolean): void {
    this.#taken += bytes.length;
    const end = this.#length + bytes.length;
    if (end <= MAX_KEPT_OCTETS) {
      if (end > this.#bytes.length) this.#grow(end);
      this.#bytes.set(bytes, this.#length);
    }
    this.#length = end;
    if (endsCall) this.#ends.add(end);
  }

  /** Whether a call ended at this place. */
  endsAt(place: number): boolean {
    return this.#ends.has(place);
  }

  /** Where octets that were sent for place `from` differ from what was written; `null`: they do not. */
  differenceAt(from: number, sent: Uint8Array): number | null {
    if (from + sent.length > MAX_KEPT_OCTETS) return null;
    const end = Math.min(this.#length, from + sent.length);
    const at = firstDifference(this.#bytes.subarray(from, end), sent);
    return at === null ? null : from + at;
  }

  #grow(needed: number): void {
    const bytes = new Uint8Array(Math.min(MAX_KEPT_OCTETS, Math.max(needed, this.#bytes.length * 2)));
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
  }
}
