import type { WireEvent } from '#protocol/wire.ts';
import { previewOf } from './bytes/preview.ts';

/** Events whose octets are fetched at once, to look for a text in them. */
export const MAX_FETCHED_AT_ONCE = 32;

const NONE: ReadonlySet<number> = new Set();

/** Whether octets, read as UTF-8, hold a text that is in lower case. */
export function holdsText(bytes: Uint8Array, wanted: string): boolean {
  return new TextDecoder().decode(bytes).toLowerCase().includes(wanted);
}

/** Looks for a text in the octets that did not come along with their events, newest first, a few at a time. */
export class PayloadSearch {
  /** Events that hold the text behind what came along. Another set whenever there is one more. */
  found: ReadonlySet<number> = NONE;
  readonly #wanted: string;
  #pending: number[] = [];
  #lastSeq = 0;

  /** @param text looked for, upper and lower case alike; empty looks for nothing */
  constructor(text: string) {
    this.#wanted = text.toLowerCase();
  }

  /** Which events' octets are waited for. */
  get waitsFor(): readonly number[] {
    return this.#pending.slice(-MAX_FETCHED_AT_ONCE);
  }

  /** Takes in events that are new, and octets that have come; `null` are those that are no longer held. */
  update(events: readonly WireEvent[], payloads: ReadonlyMap<number, Uint8Array | null>): void {
    if (this.#wanted === '') return;
    const fresh = events.slice(firstNewer(events, this.#lastSeq));
    this.#lastSeq = events.at(-1)?.seq ?? this.#lastSeq;
    this.#pending.push(...fresh.filter((event) => this.#isUnknown(event)).map(({ seq }) => seq));
    const judged = this.waitsFor.filter((seq) => payloads.has(seq));
    if (judged.length === 0) return;
    this.#pending = this.#pending.filter((seq) => !judged.includes(seq));
    const holding = judged.filter((seq) => holdsText(payloads.get(seq) ?? new Uint8Array(0), this.#wanted));
    if (holding.length > 0) this.found = new Set([...this.found, ...holding]);
  }

  #isUnknown(event: WireEvent): boolean {
    if (event.evicted) return false;
    const preview = previewOf(event);
    return preview.length < event.recorded && !holdsText(preview, this.#wanted);
  }
}

/** New events are few, and at the end. */
function firstNewer(events: readonly WireEvent[], seq: number): number {
  let index = events.length;
  while (index > 0 && (events[index - 1]?.seq ?? 0) > seq) index -= 1;
  return index;
}
