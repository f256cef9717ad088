/** Hands the octets of a conversation's events to readers, in order, waiting for those that have to be fetched. Pure. */
import type { Direction, WireEvent } from '#protocol/wire.ts';

/** Octets of an event: all that were recorded, `null` where they are gone, `undefined` where they have not come yet. */
export type BytesOfEvent = (event: WireEvent) => Uint8Array | null | undefined;

/** Reads one direction of a byte stream. */
export interface StreamReader {
  /** Octets so far. */
  readonly position: number;
  push(bytes: Uint8Array): void;
  /** So many octets were not recorded. */
  skip(count: number): void;
  /** The stream has ended. */
  end?(): void;
}

/** Where the octets of one event lie in the stream of their direction. */
export interface Piece {
  readonly seq: number;
  readonly timeUs: number;
  /** Position after its last octet. */
  readonly to: number;
}

/** Reads on as events come; told the same events twice, it changes nothing. */
export class StreamFeed {
  readonly #readers: Readonly<Record<Direction, StreamReader>>;
  readonly #pieces: Readonly<Record<Direction, Piece[]>> = { 'to-server': [], 'to-client': [] };
  #lastSeq = 0;
  /** Event whose octets are waited for, or `null`. */
  wanted: number | null = null;

  constructor(readers: Readonly<Record<Direction, StreamReader>>) {
    this.#readers = readers;
  }

  /** Reads every event that is new, up to the first whose octets have not come. */
  update(events: readonly WireEvent[], bytesOf: BytesOfEvent): void {
    this.wanted = null;
    for (let index = firstAfter(events, this.#lastSeq); index < events.length; index += 1) {
      const event = events[index];
      if (!event) return;
      // Without its opening the beginning of a conversation has been dropped: nobody knows where a message begins.
      if (this.#lastSeq === 0 && event.kind !== 'opened') this.#skipBoth();
      if (!this.#read(event, bytesOf)) {
        this.wanted = event.seq;
        return;
      }
      this.#lastSeq = event.seq;
    }
  }

  /** The piece that brought the octet at a position. */
  pieceAt(direction: Direction, position: number): Piece | undefined {
    const pieces = this.#pieces[direction];
    let [low, high] = [0, pieces.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pieces[middle]?.to ?? 0) > position) high = middle;
      else low = middle + 1;
    }
    return pieces[low];
  }

  /** False when the octets have not come. */
  #read(event: WireEvent, bytesOf: BytesOfEvent): boolean {
    if (event.direction === null) return true;
    const reader = this.#readers[event.direction];
    if (event.kind === 'half-closed') reader.end?.();
    else if (event.kind === 'skipped') reader.skip(event.length);
    if (event.kind === 'data') {
      const bytes = bytesOf(event);
      if (bytes === undefined) return false;
      if (bytes) reader.push(bytes);
      const missing = event.length - (bytes?.length ?? 0);
      if (missing > 0) reader.skip(missing);
    }
    this.#pieces[event.direction].push({ seq: event.seq, timeUs: event.timeUs, to: reader.position });
    return true;
  }

  #skipBoth(): void {
    this.#readers['to-server'].skip(1);
    this.#readers['to-client'].skip(1);
  }
}

/** Index of the first event after `seq`. */
function firstAfter(events: readonly WireEvent[], seq: number): number {
  let [low, high] = [0, events.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((events[middle]?.seq ?? 0) > seq) high = middle;
    else low = middle + 1;
  }
  return low;
}
