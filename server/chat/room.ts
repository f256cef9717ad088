import { BatchLog, type Sized } from './batch-log.ts';
import { FlushTimer } from './flush-timer.ts';
import { MAX_BATCH_CHARS, MAX_QUEUED_BYTES, MAX_ROOM_MEMBERS, SLOW_MEMBER_BYTES } from './limits.ts';
import { Member, type MemberDesk, type NickRefusal } from './member.ts';
import { nickProblem, tidyNick } from './nick.ts';
import { Outbox, type Recipient } from './outbox.ts';
import { Pace } from './pace.ts';
import type { LeaveCause, RoomEvent } from './room-event.ts';
import { Roster } from './roster.ts';
import type { Scheduler } from './scheduler.ts';

/** What an event counts in a batch besides its text: nick and punctuation, generously. */
const EVENT_CHARS = 32;

/** What a room needs from the protocol that uses it. */
export interface RoomOptions<B extends Sized> {
  /** Turns the events of one batch into the protocol's form, once for all recipients. */
  readonly render: (events: readonly RoomEvent[]) => B;
  readonly scheduler: Scheduler;
}

/** A new member, or why not. */
export type Joining<B extends Sized> = { readonly member: Member<B> } | { readonly refused: NickRefusal | 'room-full' };

/**
 * A room: who is in it, what happens in it, and who has yet to hear of it. What happens in one turn of the event loop
 * goes out as one batch, in one write a member. It knows no protocol: see `Recipient`.
 */
export class Room<B extends Sized> implements MemberDesk<B> {
  readonly #render: (events: readonly RoomEvent[]) => B;
  readonly #timer: FlushTimer;
  readonly #roster = new Roster<Member<B>>();
  readonly #log = new BatchLog<B>();
  readonly #pace: Pace<Member<B>>;
  /** Everybody in the roster, and those leaving until the next batch. */
  readonly #members = new Set<Member<B>>();
  readonly #waiting = new Set<Member<B>>();
  #pending: RoomEvent[] = [];
  #pendingChars = 0;
  #lastId = 0;

  constructor(options: RoomOptions<B>) {
    this.#render = options.render;
    this.#timer = new FlushTimer(options.scheduler, () => this.#flush());
    this.#pace = new Pace(options.scheduler, () => this.#giveTurns());
  }

  /** Nicks of all members, in the order of joining. */
  nicks(): string[] {
    return this.#roster.nicks();
  }

  /** Whether speakers must wait for a turn: the batch is full, or a slow member has to read first. */
  get full(): boolean {
    return this.#pendingChars >= MAX_BATCH_CHARS || this.#pace.held;
  }

  /** Lets somebody in under `nick`, or says why not. A member hears what happens after it joined. */
  join(nick: string, recipient: Recipient<B>): Joining<B> {
    const tidy = tidyNick(nick);
    const refused = this.#refusal(tidy) ?? (this.#roster.size >= MAX_ROOM_MEMBERS ? 'room-full' : null);
    if (refused) return { refused };
    this.#lastId += 1;
    const outbox = new Outbox(this.#log, recipient, this.#pending.length);
    const member = new Member(this, this.#lastId, tidy, recipient, outbox);
    this.#roster.add(member);
    this.#members.add(member);
    this.#publish({ type: 'joined', by: member.id, nick: tidy });
    this.#timer.later();
    return { member };
  }

  /** See `Member.say`. */
  say(member: Member<B>, text: string): void {
    if (member.leaving) return;
    this.#publish({ type: 'said', by: member.id, nick: member.nick, text }, text.length);
    this.#timer.soon();
  }

  /** See `Member.rename`. */
  rename(member: Member<B>, nick: string): NickRefusal | null {
    const to = tidyNick(nick);
    const refused = this.#refusal(to, member);
    if (refused || to === member.nick || member.leaving) return refused;
    this.#publish({ type: 'renamed', by: member.id, nick: member.nick, to });
    this.#timer.soon();
    this.#roster.remove(member);
    member.nick = to;
    this.#roster.add(member);
    return null;
  }

  /** See `Member.leave`. The nick is free at once; the connection is let go with the next batch. */
  leave(member: Member<B>, cause: LeaveCause, message: string): void {
    if (member.leaving) return;
    member.leaving = cause;
    this.#roster.remove(member);
    this.#waiting.delete(member);
    this.#pace.forget(member);
    this.#publish({ type: 'left', by: member.id, nick: member.nick, cause, message }, message.length);
    if (cause === 'quit' || cause === 'finished') this.#timer.soon();
    else this.#timer.later();
  }

  /** See `Member.ready`. */
  ready(member: Member<B>): void {
    if (member.leaving) return;
    member.outbox.unblock();
    this.#pace.moved(member);
    member.outbox.pump();
    this.#judge(member);
    if (!this.full) this.#giveTurns();
  }

  /** See `Member.awaitTurn`. First come, first served. */
  awaitTurn(member: Member<B>): void {
    if (member.leaving) return;
    this.#waiting.add(member);
    if (this.#pace.held) member.recipient.held();
    this.#timer.soon();
  }

  /** Sends what is pending and stops all timers. Call it when the room closes for good. */
  close(): void {
    this.#timer.close();
    this.#flush();
    this.#pace.close();
  }

  #refusal(nick: string, except?: Member<B>): NickRefusal | null {
    return nickProblem(nick) ?? (this.#roster.has(nick, except) ? 'nick-taken' : null);
  }

  #publish(event: RoomEvent, chars = 0): void {
    this.#pending.push(event);
    this.#pendingChars += EVENT_CHARS + chars;
  }

  #flush(): void {
    this.#closeBatch();
    for (const member of this.#members) {
      member.outbox.pump();
      if (member.leaving) this.#letGo(member, member.leaving);
      else if (member.outbox.blocked) this.#judge(member);
    }
    this.#giveTurns();
  }

  #closeBatch(): void {
    if (this.#pending.length === 0) return;
    const events = this.#pending;
    this.#pending = [];
    this.#pendingChars = 0;
    this.#log.append(this.#render(events));
  }

  #letGo(member: Member<B>, cause: LeaveCause): void {
    this.#members.delete(member);
    member.recipient.left(cause);
  }

  /** Waits for a member that lags, or cuts it off. */
  #judge(member: Member<B>): void {
    if (!member.outbox.blocked) return;
    const { waitingBytes } = member.outbox;
    if (waitingBytes >= MAX_QUEUED_BYTES) this.#cutOff(member);
    else if (waitingBytes >= SLOW_MEMBER_BYTES) this.#slow(member);
  }

  #slow(member: Member<B>): void {
    const before = this.#pace.held;
    this.#pace.slow(member);
    if (before || !this.#pace.held) return;
    for (const waiting of this.#waiting) waiting.recipient.held();
  }

  #cutOff(member: Member<B>): void {
    this.leave(member, 'stopped-reading', '');
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
