import type { Sized } from './batch-log.ts';
import type { NickProblem } from './nick.ts';
import type { Outbox, Recipient } from './outbox.ts';
import type { LeaveCause } from './room-event.ts';

/** Why a nick is refused in a room. */
export type NickRefusal = NickProblem | 'nick-taken';

/** What a member can do, done by its room. */
export interface MemberDesk<B extends Sized> {
  say(member: Member<B>, text: string): void;
  rename(member: Member<B>, nick: string): NickRefusal | null;
  leave(member: Member<B>, cause: LeaveCause, message: string): void;
  ready(member: Member<B>): void;
  awaitTurn(member: Member<B>): void;
}

/** Somebody in a room. */
export class Member<B extends Sized> {
  /** Unique in its room, never used again. */
  readonly id: number;
  readonly recipient: Recipient<B>;
  readonly outbox: Outbox<B>;
  /** Set by the room; change it with `rename`. */
  nick: string;
  /** Set by the room when the member leaves. */
  leaving: LeaveCause | null = null;
  readonly #desk: MemberDesk<B>;

  constructor(desk: MemberDesk<B>, id: number, nick: string, recipient: Recipient<B>, outbox: Outbox<B>) {
    this.#desk = desk;
    this.id = id;
    this.nick = nick;
    this.recipient = recipient;
    this.outbox = outbox;
  }

  /** Says `text` to the room. Look at `Room.full` before: it may be somebody else's turn. */
  say(text: string): void {
    this.#desk.say(this, text);
  }

  /** Takes another nick, or answers why not. */
  rename(nick: string): NickRefusal | null {
    return this.#desk.rename(this, nick);
  }

  /** Leaves; `Recipient.left` follows. Leaving twice is harmless. */
  leave(cause: LeaveCause, message = ''): void {
    this.#desk.leave(this, cause, message);
  }

  /** The connection has room again after `Recipient.deliver` answered `false`. */
  ready(): void {
    this.#desk.ready(this);
  }

  /** Asks for `Recipient.turn` as soon as the room is no longer full. */
  awaitTurn(): void {
    this.#desk.awaitTurn(this);
  }
}
