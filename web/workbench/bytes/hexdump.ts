/** Events of one conversation → rows of hex and text. Pure, and incremental: an event is laid out once. */
import type { Direction, Transport, WireEvent } from '#protocol/wire.ts';
import { indexAfter } from '../ladder/ladder-layout.ts';

/** Rows laid out at the most; whole chunks go at the front, a quarter of the rows at a time. */
export const MAX_HEX_ROWS = 60_000;

/** One event that carried octets, as one read, write or datagram handed them over. */
export interface Chunk {
  readonly event: WireEvent;
  readonly direction: Direction;
  /** Octets that went the same way before it; `null` once some were missed, so that nobody knows. */
  readonly streamOffset: number | null;
  /** The chunk before in the same direction when its octets adjoin (TCP, nothing lost between), else `null`. */
  previous: Chunk | null;
  /** Whether what came before it in its direction is unknown: skipped, cut, missed, let go. */
  startUnknown: boolean;
  /** The chunk that adjoins after it. Set when that comes. */
  next: Chunk | null;
  /** Whether octets that adjoin after it went by unrecorded. */
  endUnknown: boolean;
}

/**
 * One line: a chunk's header, up to `bytesPerRow` of its octets, or a note.
 * Notes: `cut`: a bound kept the chunk's end from being recorded; `evicted`: newer octets have taken its place;
 * `empty`: a datagram without payload; `skipped`: chunks went by unrecorded; `hidden`: the filter hides chunks;
 * `missed`: this page was too slow for some events; `dropped`: older chunks are not laid out.
 */
export type HexRow =
  | { readonly type: 'header'; readonly chunk: Chunk }
  | { readonly type: 'bytes'; readonly chunk: Chunk; readonly offset: number; readonly length: number }
  | { readonly type: 'note'; readonly note: 'cut' | 'evicted' | 'empty'; readonly chunk: Chunk }
  | { readonly type: 'note'; readonly note: 'skipped'; readonly event: WireEvent }
  | { readonly type: 'note'; readonly note: 'hidden' | 'missed'; readonly count: number }
  | { readonly type: 'note'; readonly note: 'dropped' };

/** What a layout is made for; a new layout is needed when any of it changes. */
export interface HexOptions {
  readonly transport: Transport;
  /** When the conversation opened. */
  readonly openedUs: number;
  readonly bytesPerRow: number;
  readonly afterSeq: number;
  readonly untilSeq: number;
  readonly matches: ((event: WireEvent) => boolean) | null;
  readonly missedBetween: (afterSeq: number, beforeSeq: number) => number;
}

/** A run of rows that belong together: a chunk, or one note. */
interface Block {
  readonly firstRow: number;
  readonly rows: number;
  readonly seq: number;
  readonly content: Chunk | HexRow;
}

const isChunk = (content: Chunk | HexRow): content is Chunk => !('type' in content);

/** Rows of a chunk: its header, its octets, and a note where there is something to say. */
function rowsOfChunk(chunk: Chunk, bytesPerRow: number): number {
  return 1 + Math.ceil(heldOf(chunk) / bytesPerRow) + (noteOf(chunk) ? 1 : 0);
}

/** Octets of a chunk that can be shown or asked for. */
function heldOf(chunk: Chunk): number {
  return chunk.event.evicted ? 0 : chunk.event.recorded;
}

function noteOf(chunk: Chunk): 'cut' | 'evicted' | 'empty' | null {
  const { event } = chunk;
  if (event.length === 0) return 'empty';
  if (event.evicted) return 'evicted';
  return event.recorded < event.length ? 'cut' : null;
}

/** What is known of one direction's stream. */
interface Stream {
  /** First chunk of the run of adjoining ones that `last` ends. */
  first: Chunk | null;
  last: Chunk | null;
  offset: number | null;
  /** Whether the octets before the next chunk are unknown. */
  broken: boolean;
}

/** The rows of one conversation's octets, growing at the end. */
export class HexLayout {
  readonly #options: HexOptions;
  #blocks: Block[] = [];
  #firstRow = 0;
  #lastSeq = 0;
  #begun = false;
  #zeroUs: number;
  readonly #streams: Record<Direction, Stream> = {
    'to-server': { first: null, last: null, offset: 0, broken: false },
    'to-client': { first: null, last: null, offset: 0, broken: false },
  };

  constructor(options: HexOptions) {
    this.#options = options;
    this.#zeroUs = options.openedUs;
  }

  /** Moment that times are counted from: the opening, as its event has it. */
  get zeroUs(): number {
    return this.#zeroUs;
  }

  /** Rows at present. */
  get count(): number {
    const last = this.#blocks.at(-1);
    return last ? last.firstRow + last.rows - this.#firstRow : 0;
  }

  /** Rows that were let go at the front since the layout was made. */
  get trimmedRows(): number {
    return this.#firstRow;
  }

  /** The row at `index`, from 0. */
  rowAt(index: number): HexRow | undefined {
    const row = index + this.#firstRow;
    const block = this.#blocks[this.#blockOfRow(row)];
    if (!block) return undefined;
    if (!isChunk(block.content)) return block.content;
    return this.#rowOfChunk(block.content, row - block.firstRow);
  }

  /** Index of the header of the chunk that event `seq` carried, or -1. */
  indexOfEvent(seq: number): number {
    const block = this.#blocks[indexAfter(this.#blocks, seq - 1)];
    return block && block.seq === seq ? block.firstRow - this.#firstRow : -1;
  }

  /** Lays out what is new in `events`, which are those of the conversation, oldest first. */
  update(events: readonly WireEvent[]): void {
    for (let i = indexAfter(events, this.#lastSeq); i < events.length; i += 1) {
      const event = events[i];
      if (!event || event.seq > this.#options.untilSeq) break;
      this.#lay(event);
    }
    if (this.count > MAX_HEX_ROWS) this.#trim();
    this.#unlink(events[0]?.seq ?? 0);
  }

  #lay(event: WireEvent): void {
    const missed = this.#begun ? this.#options.missedBetween(this.#lastSeq, event.seq) : 0;
    if (missed > 0 || (!this.#begun && event.kind !== 'opened')) this.#breakBoth();
    if (!this.#begun && event.kind === 'opened') this.#zeroUs = event.timeUs;
    this.#begun = true;
    this.#lastSeq = event.seq;
    const shown = event.seq > this.#options.afterSeq;
    // No block has the seq of an event that was missed.
    if (missed > 0 && shown) this.#push(event.seq - 1, { type: 'note', note: 'missed', count: missed }, 1);
    if (event.kind === 'skipped') this.#laySkipped(event, shown);
    else if (event.kind === 'data' || event.kind === 'datagram') this.#layChunk(event, shown);
  }

  #laySkipped(event: WireEvent, shown: boolean): void {
    if (event.direction) this.#break(this.#streams[event.direction], event.length);
    if (shown) this.#push(event.seq, { type: 'note', note: 'skipped', event }, 1);
  }

  #layChunk(event: WireEvent, shown: boolean): void {
    const direction = event.direction ?? 'to-server';
    const chunk = this.#chain(event, direction);
    if (!shown) return;
    if (this.#options.matches?.(event) === false) this.#hide(event);
    else this.#push(event.seq, chunk, rowsOfChunk(chunk, this.#options.bytesPerRow));
  }

  #chain(event: WireEvent, direction: Direction): Chunk {
    const stream = this.#streams[direction];
    // A datagram stands alone: a character cut by its end is not continued by the next one.
    const adjoins = this.#options.transport === 'tcp';
    const chunk: Chunk = {
      event,
      direction,
      streamOffset: stream.offset,
      previous: adjoins && !stream.broken ? stream.last : null,
      startUnknown: adjoins && stream.broken,
      next: null,
      endUnknown: event.recorded < event.length,
    };
    if (chunk.previous) chunk.previous.next = chunk;
    else stream.first = chunk;
    stream.last = chunk;
    stream.broken = chunk.endUnknown;
    if (stream.offset !== null) stream.offset += event.length;
    return chunk;
  }

  #break(stream: Stream, skippedBytes: number): void {
    if (stream.last) stream.last.endUnknown = true;
    stream.broken = true;
    if (stream.offset !== null) stream.offset += skippedBytes;
  }

  #breakBoth(): void {
    for (const stream of Object.values(this.#streams)) {
      this.#break(stream, 0);
      stream.offset = null;
    }
  }

  #hide(event: WireEvent): void {
    const last = this.#blocks.at(-1);
    const content = last?.content;
    if (last && content && !isChunk(content) && content.type === 'note' && content.note === 'hidden') {
      this.#blocks[this.#blocks.length - 1] = { ...last, content: { ...content, count: content.count + 1 } };
    } else this.#push(event.seq, { type: 'note', note: 'hidden', count: 1 }, 1);
  }

  #push(seq: number, content: Chunk | HexRow, rows: number): void {
    const last = this.#blocks.at(-1);
    const firstRow = last ? last.firstRow + last.rows : this.#firstRow;
    this.#blocks.push({ firstRow, rows, seq, content });
  }

  #rowOfChunk(chunk: Chunk, index: number): HexRow {
    const { bytesPerRow } = this.#options;
    const offset = (index - 1) * bytesPerRow;
    const held = heldOf(chunk);
    if (index === 0) return { type: 'header', chunk };
    if (offset < held) return { type: 'bytes', chunk, offset, length: Math.min(bytesPerRow, held - offset) };
    return { type: 'note', note: noteOf(chunk) ?? 'empty', chunk };
  }

  /** Index of the block that holds `row`; past the end when none does. */
  #blockOfRow(row: number): number {
    let low = 0;
    let high = this.#blocks.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const block = this.#blocks[middle];
      if (block && block.firstRow + block.rows <= row) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Lets go of chunks that only their neighbours still point to: those of events before `firstSeq`. */
  #unlink(firstSeq: number): void {
    for (const stream of Object.values(this.#streams)) {
      while (stream.first && stream.first !== stream.last && stream.first.event.seq < firstSeq) {
        stream.first = stream.first.next;
        if (stream.first) Object.assign(stream.first, { previous: null, startUnknown: true });
      }
    }
  }

  #trim(): void {
    const keepFrom = this.#blocks[this.#blockOfRow(this.#firstRow + this.count - (MAX_HEX_ROWS * 3) / 4)];
    const start = keepFrom ? this.#blocks.indexOf(keepFrom) : 0;
    // The newest chunk stays whole, however long it is.
    const kept = this.#blocks.slice(Math.min(start, this.#blocks.length - 1));
    const first = kept[0];
    if (!first || kept.length === this.#blocks.length) return;
    this.#firstRow = first.firstRow - 1;
    this.#blocks = [{ firstRow: this.#firstRow, rows: 1, seq: 0, content: { type: 'note', note: 'dropped' } }, ...kept];
  }
}

/** Index of the nearest chunk's header from `from` on, in steps of `step`; -1 when there is none. */
export function headerFrom(layout: HexLayout, from: number, step: 1 | -1): number {
  for (let i = from; i >= 0 && i < layout.count; i += step) {
    if (layout.rowAt(i)?.type === 'header') return i;
  }
  return -1;
}
