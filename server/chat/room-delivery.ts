import { BatchLog } from './batch-log.ts';
import { FlushTimer } from './flush-timer.ts';
import { EVENT_BYTES, MAX_BATCH_CHARS, MAX_QUEUED_BYTES, SLOW_MEMBER_BYTES } from './limits.ts';
import type { Member } from './member.ts';
import type { Message } from './message.ts';
import { type Farewell, Outbox, type Recipient } from './outbox.ts';
import { Pace } from './pace.ts';
import { RoomBatch } from './room-batch.ts';
import type { LeaveCause, RoomEvent } from './room-event.ts';
import type { Scheduler } from './scheduler.ts';

/** What the delivery asks of its room. */
export interface DeliveryDesk {
  /** The room's name. */
  readonly name: string;
  readonly scheduler: Scheduler;
  /** A member does not read: the room takes it out. */
  cutOff(member: Member): void;
  /** Everybody has left and been let go. */
  emptied(): void;
}

/**
 * Who has yet to hear what happened in a room. What happens in one turn of the event loop goes out as one batch, in one
 * write a member.
 */
export class RoomDelivery {
  readonly #desk: DeliveryDesk;
  readonly #timer: FlushTimer;
  readonly #log = new BatchLog<RoomBatch>();
  readonly #pace: Pace<Member>;
  /** Everybody in the room, and those leaving until the next batch. */
  readonly #members = new Set<Member>();
  /** What those are told who leave with the next batch. */
  readonly #farewells = new Map<Member, Farewell>();
  readonly #waiting = new Set<Member>();
  #pending: RoomEvent[] = [];
  #pendingChars = 0;

  constructor(desk: DeliveryDesk) {
    this.#desk = desk;
    this.#timer = new FlushTimer(desk.scheduler, () => this.flush());
    this.#pace = new Pace(desk.scheduler, () => this.#giveTurns());
  }

  /** Whether speakers must wait for a turn: the batch is full, or a slow member has to read first. */
  get full(): boolean {
    return this.#pendingChars >= MAX_BATCH_CHARS || this.#pace.held;
  }

  /** The place in the log of somebody who comes in now. */
  openOutbox(recipient: Recipient): Outbox {
    return new Outbox(this.#log, recipient, this.#pending.length);
  }

  /** A member that came in hears what is published from now on. */
  add(member: Member): void {
    this.#members.add(member);
    this.#timer.later();
  }

  /** Everybody will hear of `event`. Without `wait` at the end of this turn, otherwise with more of its kind. */
  publish(event: RoomEvent, chars = 0, wait = false): void {
    this.#pending.push(event);
    this.#pendingChars += EVENT_BYTES + chars;
    if (wait) this.#timer.later();
    else this.#timer.soon();
  }

  /** Lets a member go with the next batch. */
  release(member: Member, farewell: Farewell): void {
    this.#farewells.set(member, farewell);
    this.#waiting.delete(member);
    this.#pace.forget(member);
    this.#timer.later();
  }

  /** Everybody who has not been let go and fits. */
  where(fits: (member: Member) => boolean): Member[] {
    return Array.from(this.#members).filter(fits);
  }

  /** Hands a message to one member, past its outbox: what it gets alone is bounded by its connection. */
  whisper(member: Member, message: Message): void {
    member.recipient.whispered(message);
    if (member.outbox.waitingBytes >= MAX_QUEUED_BYTES) this.#cutOff(member);
  }

  /** See `Member.ready`. */
  ready(member: Member): void {
    member.outbox.unblock();
    this.#pace.moved(member);
    member.outbox.pump();
    this.#judge(member);
    if (!this.full) this.#giveTurns();
  }

  /** See `Member.awaitTurn`. First come, first served. */
  awaitTurn(member: Member): void {
    this.#waiting.add(member);
    if (this.#pace.held) member.recipient.held();
    this.#timer.soon();
  }

  /** Sends what is pending, now. */
  flush(): void {
    this.#closeBatch();
    for (const member of this.#members) {
      member.outbox.pump();
      if (member.leaving) this.#letGo(member, member.leaving);
      else if (member.outbox.blocked) this.#judge(member);
    }
    this.#giveTurns();
    if (this.#members.size === 0) this.#desk.emptied();
  }

  /** Sends what is pending and stops all timers. */
  close(): void {
    this.#timer.close();
    this.flush();
    this.#pace.close();
  }

  #closeBatch(): void {
    if (this.#pending.length === 0) return;
    const events = this.#pending;
    this.#pending = [];
    this.#pendingChars = 0;
    this.#log.append(new RoomBatch(this.#desk.name, events));
  }

  #letGo(member: Member, cause: LeaveCause): void {
    if (!this.#members.delete(member)) return;
    const farewell = this.#farewells.get(member) ?? { reason: '', kickedBy: null };
    this.#farewells.delete(member);
    member.recipient.left(cause, farewell);
  }

  /** Waits for a member that lags, or cuts it off. */
  #judge(member: Member): void {
    if (!member.outbox.blocked) return;
    const { waitingBytes } = member.outbox;
    if (waitingBytes >= MAX_QUEUED_BYTES) this.#cutOff(member);
    else if (waitingBytes >= SLOW_MEMBER_BYTES) this.#slow(member);
  }

  #slow(member: Member): void {
    const before = this.#pace.held;
    this.#pace.slow(member);
    if (before || !this.#pace.held) return;
    for (const waiting of this.#waiting) waiting.recipient.held();
  }

  #cutOff(member: Member): void {
    this.#desk.cutOff(member);
    this.#letGo(member, 'stopped-reading');
  }

  /** One turn each at the most: who asks again is served after the next batch. */
  #giveTurns(): void {
    for (const member of [...this.#waiting]) {
      if (this.full) return;
      if (this.#waiting.delete(member)) member.recipient.turn();
    }
  }
}
