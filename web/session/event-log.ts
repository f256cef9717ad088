import type { WireEvent } from '#protocol/wire.ts';

/** Wire events that the page holds; past it the oldest go. */
export const MAX_HELD_EVENTS = 50_000;

/** How many of the oldest go at once when the log is full: dropping in bulk costs little per event. */
const DROPPED_AT_ONCE = 5_000;

/** What a reader sees of the log. The object stays the same while it grows: `WireState.revision` says when it did. */
export interface EventLog {
  /** Events held. */
  readonly length: number;
  /** Events of this journal that were held once and have been dropped, oldest first. */
  readonly dropped: number;
  /** Highest `seq` held, 0 while empty. */
  readonly lastSeq: number;
  /** Position counts from the oldest event held. */
  at(index: number): WireEvent | undefined;
  bySeq(seq: number): WireEvent | undefined;
  /** Events of one conversation in order. The same array while it grows. */
  ofConversation(id: number): readonly WireEvent[];
  /** Events after `seq`, in order. */
  since(seq: number): Iterable<WireEvent>;
  /**
   * How many events of the journal never reached this page right before `seq`, because it was too slow:
   * where a view says "skipped n". They may belong to any conversation.
   */
  missedBefore(seq: number): number;
}

/** The log's writing end; only the wire session has it. */
export interface WritableEventLog extends EventLog {
  /** Appends events in rising `seq`. `missedBeforeFirst` > 0 marks a gap before the first of them. */
  append(events: readonly WireEvent[], missedBeforeFirst: number): void;
  clear(): void;
}

/** A bounded log. `maxEvents` and `droppedAtOnce` are for tests. */
export function createEventLog(maxEvents = MAX_HELD_EVENTS, droppedAtOnce = DROPPED_AT_ONCE): WritableEventLog {
  return new BoundedEventLog(maxEvents, droppedAtOnce);
}

const NONE: readonly WireEvent[] = Object.freeze([]);

class BoundedEventLog implements WritableEventLog {
  dropped = 0;
  readonly #maxEvents: number;
  readonly #droppedAtOnce: number;
  #events: WireEvent[] = [];
  readonly #byConversation = new Map<number, WireEvent[]>();
  readonly #gaps = new Map<number, number>();

  constructor(maxEvents: number, droppedAtOnce: number) {
    this.#maxEvents = maxEvents;
    this.#droppedAtOnce = Math.min(droppedAtOnce, maxEvents);
  }

  get length(): number {
    return this.#events.length;
  }

  get lastSeq(): number {
    return this.#events.at(-1)?.seq ?? 0;
  }

  at(index: number): WireEvent | undefined {
    return this.#events[index];
  }

  bySeq(seq: number): WireEvent | undefined {
    const event = this.#events[this.#firstAtOrAfter(seq)];
    return event?.seq === seq ? event : undefined;
  }

  ofConversation(id: number): readonly WireEvent[] {
    return this.#byConversation.get(id) ?? NONE;
  }

  *since(seq: number): Iterable<WireEvent> {
    for (let index = this.#firstAtOrAfter(seq + 1); index < this.#events.length; index += 1) {
      const event = this.#events[index];
      if (event) yield event;
    }
  }

  missedBefore(seq: number): number {
    return this.#gaps.get(seq) ?? 0;
  }

  append(events: readonly WireEvent[], missedBeforeFirst: number): void {
    const first = events[0];
    if (first && missedBeforeFirst > 0) this.#gaps.set(first.seq, missedBeforeFirst);
    for (const event of events) {
      if (this.#events.length >= this.#maxEvents) this.#dropOldest();
      this.#events.push(event);
      const own = this.#byConversation.get(event.conversation);
      if (own) own.push(event);
      else this.#byConversation.set(event.conversation, [event]);
    }
  }

  clear(): void {
    this.#events = [];
    this.#byConversation.clear();
    this.#gaps.clear();
    this.dropped = 0;
  }

  /** The oldest of the log are the oldest of their conversations too, so each index loses its first ones. */
  #dropOldest(): void {
    const gone = new Map<number, number>();
    for (const event of this.#events.splice(0, this.#droppedAtOnce)) {
      gone.set(event.conversation, (gone.get(event.conversation) ?? 0) + 1);
      this.#gaps.delete(event.seq);
      this.dropped += 1;
    }
    for (const [id, count] of gone) {
      const own = this.#byConversation.get(id);
      own?.splice(0, count);
      if (own?.length === 0) this.#byConversation.delete(id);
    }
  }

  /** Index of the first event whose `seq` is at least `seq`; the log's length where there is none. */
  #firstAtOrAfter(seq: number): number {
    let low = 0;
    let high = this.#events.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#events[middle]?.seq ?? Number.POSITIVE_INFINITY) < seq) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
