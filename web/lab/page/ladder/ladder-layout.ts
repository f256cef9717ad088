/**
 * Where on the diagram each moment of a run lies. Time only ever runs downwards, and the same moment has the same place
 * on both lifelines, so that the slant of an arrow is that of its flight.
 */
import type { RunEvent } from '../../net/run-event.ts';
import type { SimTime } from '../../stack/time.ts';

/** How time becomes height. */
export interface LadderScale {
  /** Pixels for a millisecond. */
  readonly pxPerMs: number;
  /** Keeps a row for every event and folds long silences; without it the diagram is to scale throughout. */
  readonly spread: boolean;
}

/** Least distance of two events, where rows are kept. */
export const ROW_PX = 18;

/** A silence is at most this high, where silences are folded. */
export const MAX_GAP_PX = 54;

/** Room above the first event. */
export const TOP_PX = 26;

/** Highest diagram: browsers stop scrolling somewhat above it. */
const MAX_HEIGHT_PX = 12_000_000;

/** Copies of a packet that can be told apart. */
const MAX_COPIES = 8;

/** An event that has a place of its own. */
export interface Placed {
  /** Its index in the run's events. */
  readonly event: number;
  readonly at: SimTime;
  readonly y: number;
  /** The time since the row before is longer than its height says. */
  readonly folded: boolean;
}

/** Places of events and moments, extended as the run goes on. */
export class LadderLayout {
  readonly scale: LadderScale;
  readonly #rows: Placed[] = [];
  /** Rows by packet, and by packet and copy. */
  readonly #sent: number[] = [];
  readonly #arrived: number[] = [];
  /** Height of the last that happened to a packet. */
  readonly #last: number[] = [];
  #read = 0;
  #newest: RunEvent | undefined;

  constructor(scale: LadderScale) {
    this.scale = scale;
  }

  get rows(): readonly Placed[] {
    return this.#rows;
  }

  /** Height of everything so far. */
  get height(): number {
    return this.#rows.at(-1)?.y ?? TOP_PX;
  }

  /** Places what is new. Where the run was taken back, places everything again. */
  read(events: readonly RunEvent[]): void {
    if (this.#read > events.length || this.#newest !== events[this.#read - 1]) this.#forget();
    for (let index = this.#read; index < events.length; index += 1) {
      const event = events[index];
      if (event && hasPlace(event)) this.#place(event, index);
    }
    this.#read = events.length;
    this.#newest = events.at(-1);
  }

  /** Height of the moment when a packet was sent; `null` where that is not known. */
  sentY(packet: number): number | null {
    return this.#yOf(this.#sent[packet]);
  }

  /** Height of a copy's arrival. */
  arrivedY(packet: number, copy: number): number | null {
    return this.#yOf(this.#arrived[packet * MAX_COPIES + copy]);
  }

  /** Height of the last that has happened to a packet so far. */
  lastY(packet: number): number {
    return this.#last[packet] ?? 0;
  }

  /** Height of any moment: between two events in proportion, after the last one as far as it has gone. */
  yAt(at: SimTime): number {
    const after = this.#firstAfter((row) => row.at > at);
    const before = this.#rows[after - 1];
    const next = this.#rows[after];
    if (!before) return next ? Math.max(0, next.y - this.#px(next.at - at)) : TOP_PX;
    if (!next) return before.y + this.#gap(at - before.at, 0);
    return before.y + ((next.y - before.y) * (at - before.at)) / (next.at - before.at);
  }

  /** Index of the first row at or below a height. */
  rowBelow(y: number): number {
    return this.#firstAfter((row) => row.y >= y);
  }

  #forget(): void {
    this.#rows.length = 0;
    this.#sent.length = 0;
    this.#arrived.length = 0;
    this.#last.length = 0;
    this.#read = 0;
  }

  #place(event: RunEvent, index: number): void {
    const before = this.#rows.at(-1);
    const elapsed = before ? event.at - before.at : 0;
    const gap = before ? this.#gap(elapsed, ROW_PX) : 0;
    const y = Math.min(MAX_HEIGHT_PX, before ? before.y + gap : TOP_PX);
    if ('packet' in event) this.#last[event.packet] = y;
    if (event.kind === 'sent') this.#sent[event.packet] = this.#rows.length;
    if (event.kind === 'arrived') this.#arrived[event.packet * MAX_COPIES + event.copy] = this.#rows.length;
    this.#rows.push({ event: index, at: event.at, y, folded: this.#px(elapsed) > gap + 1 });
  }

  #gap(elapsedUs: number, leastPx: number): number {
    const px = this.#px(elapsedUs);
    return this.scale.spread ? Math.min(Math.max(px, leastPx), MAX_GAP_PX) : px;
  }

  #px(us: number): number {
    return (us / 1_000) * this.scale.pxPerMs;
  }

  #yOf(row: number | undefined): number | null {
    return row === undefined ? null : (this.#rows[row]?.y ?? null);
  }

  /** Rows are in the order of time and height. */
  #firstAfter(isAfter: (row: Placed) => boolean): number {
    let [low, high] = [0, this.#rows.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const row = this.#rows[middle];
      if (row && !isAfter(row)) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What programs are told, and calls without effect, are in the table only. */
function hasPlace(event: RunEvent): boolean {
  if (event.kind === 'notice') return event.notice.notice === 'failed' || event.notice.notice === 'datagram-failed';
  if (event.kind !== 'call') return true;
  const { call, answer } = event;
  if (call.call === 'tcp.receive') return answer.ok && (answer.bytes.length > 0 || answer.end);
  return call.call !== 'tcp.set' && !(call.call === 'tcp.send' && answer.ok && answer.value === 0);
}
