import { randomBytes, randomUUID } from 'node:crypto';
import { PREVIEW_BYTES } from '#protocol/limits.ts';
import type { Conversation, ConversationState, Direction, Evidence, WireEvent, WireEventKind } from '#protocol/wire.ts';
import { Claims, type ClientClaim, sameEnds } from './claims.ts';
import { type Clock, systemClock } from './clock.ts';
import { ConversationRecord, type ConversationStart } from './conversation.ts';
import { eraseEvents } from './erase-events.ts';
import { type EventRecord, EventRing } from './event-ring.ts';
import { MAX_JOURNAL_EVENTS, MAX_JOURNAL_PAYLOAD_BYTES, MAX_WINDOW_BYTES, SAMPLE_WINDOW_US } from './limits.ts';
import { PayloadRing } from './payload-ring.ts';

/** What an event says besides its conversation and kind. */
interface EventDetails {
  readonly direction?: Direction | null;
  readonly evidence?: Evidence;
  readonly code?: string | null;
  readonly length?: number;
  readonly count?: number;
}

/** Bounds of one journal; the defaults are in limits.ts. */
export interface JournalOptions {
  readonly clock?: Clock;
  readonly maxEvents?: number;
  readonly maxPayloadBytes?: number;
}

/** Octets of a run's name: short enough for a link, too many for two runs to have the same. */
const RUN_BYTES = 5;

/**
 * The bounded, ordered record of wire events. Complete at a person's pace; beyond it sampled, each conversation for
 * itself, with exact counts of what went by. Opening, closing and errors are never sampled.
 */
export class Journal {
  /** Names the numbering of its conversations: within a run a number is never given twice, whatever is erased. */
  readonly run = randomBytes(RUN_BYTES).toString('hex');
  #id = randomUUID();
  readonly #clock: Clock;
  readonly #events: EventRing;
  readonly #payloads: PayloadRing;
  readonly #conversations = new Map<number, ConversationRecord>();
  readonly #withSkips = new Set<ConversationRecord>();
  readonly #claims = new Claims();
  #lastConversation = 0;

  constructor(options: JournalOptions = {}) {
    this.#clock = options.clock ?? systemClock();
    this.#events = new EventRing(options.maxEvents ?? MAX_JOURNAL_EVENTS);
    this.#payloads = new PayloadRing(options.maxPayloadBytes ?? MAX_JOURNAL_PAYLOAD_BYTES);
  }

  /** Names this journal, so that a viewer knows whether what it holds came from here. Another one after `erase`. */
  get id(): string {
    return this.#id;
  }

  /** The clock that its events are stamped by. */
  get clock(): Clock {
    return this.#clock;
  }

  /** `seq` of the newest event; 0 when nothing has happened. */
  get head(): number {
    return this.#events.head;
  }

  /** `seq` of the oldest event still held; `head + 1` when there is none. */
  get oldest(): number {
    return this.#events.oldest;
  }

  /** Conversations held. */
  get conversationCount(): number {
    return this.#conversations.size;
  }

  /**
   * Says which of the page's terminals a client belongs to. The conversation may have begun already (the server's end
   * is often told first) or begin soon.
   */
  claim(claim: ClientClaim): void {
    for (const record of this.#conversations.values()) {
      if (record.ended || !sameEnds(record.start, claim)) continue;
      record.terminal = claim.terminal;
      return;
    }
    this.#claims.add(claim);
  }

  /** Begins a conversation and records `opened`. A UDP flow's opening is `derived`: the first datagram is all there is. */
  open(start: ConversationStart): ConversationRecord {
    const record = this.#begin(start);
    this.#append(record, 'opened', {
      direction: 'to-server',
      evidence: start.transport === 'udp' ? 'derived' : 'observed',
    });
    return record;
  }

  /** Records a connection that never came to be: `code` is the errno name, such as ECONNREFUSED. */
  failed(start: ConversationStart, code: string): void {
    const record = this.#begin(start);
    record.state = 'failed';
    this.#append(record, 'failed', { direction: 'to-server', code });
  }

  /** Records octets that one read or write carried, or counts them as skipped when the window is full. */
  data(record: ConversationRecord, direction: Direction, bytes: Uint8Array): void {
    this.#carry(record, 'data', direction, bytes);
  }

  /** Records one datagram, likewise. Answers whether it was recorded, and not only counted. */
  datagram(record: ConversationRecord, direction: Direction, bytes: Uint8Array): boolean {
    return this.#carry(record, 'datagram', direction, bytes);
  }

  /** One end has sent its FIN; `direction` is the way it went. */
  halfClosed(record: ConversationRecord, direction: Direction): void {
    if (record.ended) return;
    this.#append(record, 'half-closed', { direction });
    record.state = 'half-closed';
  }

  /** A socket call failed, or a rule of ours refused something; the conversation may go on. */
  error(record: ConversationRecord, code: string, direction: Direction | null = null): void {
    this.#append(record, 'error', { code, direction });
  }

  /** Both ends are done. Only the first ending of a conversation counts. */
  closed(record: ConversationRecord): void {
    this.#end(record, 'closed', 'closed', {});
  }

  /** A RST ended it; `direction` is the way it went. */
  reset(record: ConversationRecord, direction: Direction | null, code: string): void {
    this.#end(record, 'reset', 'reset', { direction, code });
  }

  /** It lives on, but is no longer recorded. */
  detached(record: ConversationRecord): void {
    this.#end(record, 'detached', 'detached', {});
  }

  /** A UDP flow that is no longer followed. Nothing happened on the wire, so nothing is recorded. */
  forget(record: ConversationRecord): void {
    this.#settle(record);
    record.state = 'closed';
    this.#reclaim(record);
  }

  /**
   * Forgets the events of a conversation, or of all (`null`), and overwrites their octets. One that goes on is recorded
   * from here on. What is left is numbered anew under a new `id`, so that no gap tells of what was there.
   */
  erase(conversation: number | null): void {
    this.settle(true);
    const newest = eraseEvents(this.#events, this.#payloads, conversation);
    for (const record of this.#conversations.values()) {
      record.lastSeq = newest.get(record.id) ?? 0;
      this.#reclaim(record);
    }
    this.#id = randomUUID();
  }

  /**
   * Records the `skipped` events of windows that have ended, or of all when `force` is set. Called by whoever is about
   * to show the journal.
   */
  settle(force = false): void {
    if (this.#withSkips.size === 0) return;
    const nowUs = this.#clock.monotonicUs();
    for (const record of this.#withSkips) {
      if (force || nowUs - record.windowBeganUs >= SAMPLE_WINDOW_US) this.#settle(record);
    }
  }

  /** The event as a viewer gets it, its preview cut to `previewBytes`; `null` when it has been evicted. */
  read(seq: number, previewBytes = PREVIEW_BYTES): WireEvent | null {
    const event = this.#events.read(seq);
    if (!event) return null;
    const { position, ...rest } = event;
    const preview = this.#payloads.load(position, Math.min(event.recorded, previewBytes));
    const evicted = event.recorded > 0 && preview === null;
    return { seq, ...rest, preview: evicted || !preview ? '' : preview.toString('base64'), evicted };
  }

  /** All recorded octets of an event, copied; `null` when they are gone. */
  payload(seq: number): Buffer | null {
    const event = this.#events.read(seq);
    if (!event) return null;
    const bytes = this.#payloads.load(event.position, event.recorded);
    return bytes ? Buffer.from(bytes) : null;
  }

  /** The present state of a conversation, or `null` when it has been evicted. */
  conversation(id: number): Conversation | null {
    return this.#conversations.get(id)?.describe() ?? null;
  }

  #begin(start: ConversationStart): ConversationRecord {
    this.#lastConversation += 1;
    const record = new ConversationRecord(
      this.#lastConversation,
      start,
      this.#clock.monotonicUs(),
      this.#clock.wallMs(),
    );
    record.terminal = start.terminal ?? this.#claims.take(start);
    this.#conversations.set(record.id, record);
    return record;
  }

  /** Answers whether the event was recorded; `false` when it was counted as skipped. */
  #carry(record: ConversationRecord, kind: 'data' | 'datagram', direction: Direction, bytes: Uint8Array): boolean {
    const length = bytes.byteLength;
    record.count(direction, length);
    // Most of a flood ends here, and a stamp is not needed: a turn's time is as good as a clock that costs five times the rest.
    if (record.windowIsFull && this.#clock.turnUs() - record.windowBeganUs < SAMPLE_WINDOW_US) {
      if (!record.hasPendingSkips) this.#withSkips.add(record);
      record.skip(direction, length);
      return false;
    }
    const nowUs = this.#clock.monotonicUs();
    if (nowUs - record.windowBeganUs >= SAMPLE_WINDOW_US) {
      this.#settle(record);
      record.renewWindow(nowUs);
    }
    const recorded = Math.min(length, MAX_WINDOW_BYTES - record.windowBytes, this.#payloads.capacityBytes);
    record.windowEvents += 1;
    record.windowBytes += recorded;
    const position = recorded > 0 ? this.#payloads.store(bytes, recorded) : 0;
    this.#push(record, this.#event(record, kind, { direction, length }, nowUs, recorded, position));
    return true;
  }

  #settle(record: ConversationRecord): void {
    if (!record.hasPendingSkips) return;
    this.#withSkips.delete(record);
    for (const skipped of record.takeSkips()) this.#append(record, 'skipped', skipped);
  }

  #end(record: ConversationRecord, kind: WireEventKind, state: ConversationState, details: EventDetails): void {
    if (record.ended) return;
    this.#settle(record);
    record.state = state;
    this.#append(record, kind, details);
  }

  /** Records an event that is never sampled. What was skipped before it comes first. */
  #append(record: ConversationRecord, kind: WireEventKind, details: EventDetails): void {
    this.#settle(record);
    this.#push(record, this.#event(record, kind, details, this.#clock.monotonicUs(), 0, 0));
  }

  #event(
    record: ConversationRecord,
    kind: WireEventKind,
    details: EventDetails,
    timeUs: number,
    recorded: number,
    position: number,
  ): EventRecord {
    return {
      conversation: record.id,
      kind,
      timeUs,
      wallMs: this.#clock.wallMs(),
      evidence: details.evidence ?? 'observed',
      direction: details.direction ?? null,
      length: details.length ?? 0,
      recorded,
      position,
      count: details.count ?? 0,
      code: details.code ?? null,
    };
  }

  #push(record: ConversationRecord, event: EventRecord): void {
    const overwritten = this.#events.nextOverwritten;
    record.lastSeq = this.#events.append(event);
    if (overwritten > 0) {
      const old = this.#conversations.get(overwritten);
      if (old) this.#reclaim(old);
    }
  }

  /** Lets go of a conversation that has ended and of which no event is left. */
  #reclaim(record: ConversationRecord): void {
    if (record.ended && record.lastSeq < this.#events.oldest) this.#conversations.delete(record.id);
  }
}
