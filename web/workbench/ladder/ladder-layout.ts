/** Events of one conversation → rows of its ladder. Pure, and incremental: an event is laid out once. */
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { type Ends, endsAfter, endsBefore, UNKNOWN_ENDS } from './end-states.ts';

/** A silence longer than this between two events is a row of its own, in microseconds. */
export const QUIET_THRESHOLD_US = 250_000;

/** Rows whose events are no longer held may stay until there are this many; then they go at once. */
export const STALE_ROWS_SLACK = 1_024;

/** Heights of rows in CSS pixels, in steps of six, so that striped lifelines join. */
export const ROW_HEIGHT_PX: Readonly<Record<LadderRow['type'], number>> = {
  event: 36,
  quiet: 30,
  hidden: 30,
  missed: 30,
};

interface RowBase {
  /** Unique and steady: React's key and the virtualizer's. */
  readonly key: string;
  /** The event of the row, or the one that it stands before; rises from row to row. */
  readonly seq: number;
  /** States of both ends on entering the row. */
  readonly before: Ends;
}

/** One wire event. */
export interface EventRow extends RowBase {
  readonly type: 'event';
  readonly event: WireEvent;
  /** Microseconds since the conversation opened. */
  readonly sinceUs: number;
  /** Silence before it since the event that was last shown, in microseconds; 0 when not above the threshold. */
  readonly quietUs: number;
  readonly after: Ends;
  /** Position among the shown events, from 0, and so steady only while nothing is trimmed. */
  readonly index: number;
}

/** A silence. */
export interface QuietRow extends RowBase {
  readonly type: 'quiet';
  readonly durationUs: number;
}

/** Events that the filter hides. */
export interface HiddenRow extends RowBase {
  readonly type: 'hidden';
  readonly count: number;
}

/** Events that this page does not hold: `slow`: it was too slow to get them; `dropped`: it let the oldest go. */
export interface MissedRow extends RowBase {
  readonly type: 'missed';
  readonly reason: 'slow' | 'dropped';
  /** How many; some may belong to other conversations. `null` when not known. */
  readonly count: number | null;
}

/** One row of a ladder. */
export type LadderRow = EventRow | QuietRow | HiddenRow | MissedRow;

/** What a layout is made for; a new layout is needed when any of it changes. */
export interface LadderOptions {
  readonly conversation: Pick<Conversation, 'transport' | 'observer' | 'openedUs'>;
  /** Events up to this `seq` are left out (the view was cleared); 0 leaves nothing out. */
  readonly afterSeq: number;
  /** Events past this `seq` are left out (the view is paused). */
  readonly untilSeq: number;
  /** Which events to show; `null` shows all. */
  readonly matches: ((event: WireEvent) => boolean) | null;
  /** Events missed between two events of the journal. */
  readonly missedBetween: (afterSeq: number, beforeSeq: number) => number;
}

/** Datagrams that went by unrecorded answer as well as recorded ones. */
function carriesDatagrams(event: WireEvent): boolean {
  return event.kind === 'datagram' || event.kind === 'skipped';
}

/** Index of the nearest event row from `from` on, in steps of `step`; -1 when there is none. */
export function eventRowFrom(rows: readonly LadderRow[], from: number, step: 1 | -1): number {
  for (let i = from; i >= 0 && i < rows.length; i += step) {
    if (rows[i]?.type === 'event') return i;
  }
  return -1;
}

/** First index of `events` whose `seq` is greater than `seq`. */
export function indexAfter(events: readonly Pick<WireEvent, 'seq'>[], seq: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((events[middle]?.seq ?? 0) <= seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The rows of one ladder, growing at the end. */
export class LadderLayout {
  readonly #options: LadderOptions;
  #rows: LadderRow[] = [];
  #ends: Ends;
  #last: WireEvent | null = null;
  /** Last event that has a row, or was counted into a hidden one. */
  #lastSeq = 0;
  #hiddenSinceShown = false;
  #shown = 0;
  #hidden = 0;
  #lastReplySeq = 0;
  /** Moment that times are counted from: the opening, as its event has it. */
  #zeroUs: number;
  #trimmedPx = 0;

  constructor(options: LadderOptions) {
    this.#options = options;
    this.#ends = endsBefore(options.conversation);
    this.#zeroUs = options.conversation.openedUs;
  }

  get rows(): readonly LadderRow[] {
    return this.#rows;
  }

  /** Events shown, since the layout was made. */
  get shown(): number {
    return this.#shown;
  }

  /** Events hidden by the filter. */
  get hidden(): number {
    return this.#hidden;
  }

  /** Whether a row is a datagram to the server after which none has come back. */
  isUnanswered(row: LadderRow): boolean {
    if (this.#options.conversation.transport !== 'udp' || row.type !== 'event') return false;
    const { kind, direction } = row.event;
    return kind === 'datagram' && direction === 'to-server' && row.seq > this.#lastReplySeq;
  }

  /** States of both ends after everything laid out. */
  get ends(): Ends {
    return this.#ends;
  }

  /** Height of all rows that were let go at the front, in CSS pixels: a reader who scrolled up must not be moved. */
  get trimmedPx(): number {
    return this.#trimmedPx;
  }

  /** Index of the row of event `seq`, or -1. */
  indexOfEvent(seq: number): number {
    const index = indexAfter(this.#rows, seq) - 1;
    const row = this.#rows[index];
    return row?.type === 'event' && row.seq === seq ? index : -1;
  }

  /** Lays out what is new in `events`, which are those of the conversation, oldest first. */
  update(events: readonly WireEvent[]): void {
    this.#trim(events[0]);
    for (let i = indexAfter(events, this.#lastSeq); i < events.length; i += 1) {
      const event = events[i];
      if (!event || event.seq > this.#options.untilSeq) return;
      this.#lay(event);
    }
  }

  #lay(event: WireEvent): void {
    if (this.#last === null && !this.#isBeginning(event)) this.#layBeginningLost();
    if (this.#last === null && this.#isBeginning(event)) this.#zeroUs = event.timeUs;
    const before = this.#ends;
    this.#ends = endsAfter(this.#options.conversation, before, event);
    if (carriesDatagrams(event) && event.direction === 'to-client') this.#lastReplySeq = event.seq;
    const previous = this.#last;
    this.#last = event;
    this.#lastSeq = event.seq;
    if (event.seq <= this.#options.afterSeq) return;
    const missed = previous ? this.#options.missedBetween(previous.seq, event.seq) : 0;
    if (missed > 0)
      this.#push({ type: 'missed', key: `m${event.seq}`, seq: event.seq, before, reason: 'slow', count: missed });
    if (this.#options.matches?.(event) === false) this.#hide(event, before);
    else this.#show(event, before, previous, missed);
  }

  #isBeginning(event: WireEvent): boolean {
    return event.kind === 'opened' || event.kind === 'failed';
  }

  #layBeginningLost(): void {
    this.#ends = UNKNOWN_ENDS;
    this.#push({ type: 'missed', key: 'beginning', seq: 0, before: UNKNOWN_ENDS, reason: 'dropped', count: null });
  }

  #show(event: WireEvent, before: Ends, previous: WireEvent | null, missed: number): void {
    // A silence may be claimed only where nothing was missed, hidden, or went by unrecorded meanwhile.
    const silent =
      previous &&
      missed === 0 &&
      event.kind !== 'skipped' &&
      !this.#hiddenSinceShown &&
      previous.seq > this.#options.afterSeq;
    const silenceUs = silent ? event.timeUs - previous.timeUs : 0;
    const quietUs = silenceUs > QUIET_THRESHOLD_US ? silenceUs : 0;
    if (quietUs > 0) this.#push({ type: 'quiet', key: `q${event.seq}`, seq: event.seq, before, durationUs: quietUs });
    this.#hiddenSinceShown = false;
    this.#push({
      type: 'event',
      key: `e${event.seq}`,
      seq: event.seq,
      event,
      before,
      after: this.#ends,
      sinceUs: event.timeUs - this.#zeroUs,
      quietUs,
      index: this.#shown,
    });
    this.#shown += 1;
  }

  #hide(event: WireEvent, before: Ends): void {
    this.#hidden += 1;
    const last = this.#rows.at(-1);
    if (last?.type === 'hidden') this.#rows[this.#rows.length - 1] = { ...last, seq: event.seq, count: last.count + 1 };
    else this.#push({ type: 'hidden', key: `h${event.seq}`, seq: event.seq, before, count: 1 });
    this.#hiddenSinceShown = true;
  }

  #push(row: LadderRow): void {
    this.#rows.push(row);
  }

  /** Lets rows go whose events are no longer held, many at a time. */
  #trim(first: WireEvent | undefined): void {
    if (!first || this.#last === null) return;
    const stale = this.#rows.findIndex((row) => row.type === 'event' && row.event.seq >= first.seq);
    if (stale < STALE_ROWS_SLACK) return;
    const gone = this.#rows.slice(0, stale);
    const before = this.#rows[stale]?.before ?? UNKNOWN_ENDS;
    const note: MissedRow = { type: 'missed', key: 'beginning', seq: 0, before, reason: 'dropped', count: null };
    this.#rows = [note, ...this.#rows.slice(stale)];
    this.#trimmedPx += gone.reduce((sum, row) => sum + ROW_HEIGHT_PX[row.type], -ROW_HEIGHT_PX.missed);
  }
}
