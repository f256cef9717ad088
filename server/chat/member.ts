import type { Draft, Signal, Stamp } from './message.ts';
import type { NickProblem } from './nick.ts';
import type { Outbox, Recipient } from './outbox.ts';
import { ONLINE, type Presence } from './presence.ts';
import type { LeaveCause } from './room-event.ts';
import type { Affiliation } from './room-rights.ts';

/** What a member may do: a `visitor` only listens, a `moderator` puts others out. */
export type Role = 'moderator' | 'participant' | 'visitor';

/** Why a nick is refused in a room. */
export type NickRefusal = NickProblem | 'nick-taken';

/** Why something is not done in a room. */
export type RoomRefusal = 'not-allowed' | 'not-here' | 'too-long' | 'too-many-affiliations';

/** What came of saying something. */
export type Said =
  | {
      readonly stamp: Stamp;
      /** It had been said before, with the same client id, and was not said again. */
      readonly repeated: boolean;
    }
  | { readonly refused: RoomRefusal };

/** What a member can do, done by its room. */
export interface MemberDesk {
  say(member: Member, draft: Draft): Said;
  whisper(member: Member, nick: string, draft: Draft): Said;
  signal(member: Member, signal: Signal): void;
  rename(member: Member, nick: string): NickRefusal | null;
  setPresence(member: Member, presence: Presence): RoomRefusal | null;
  setSubject(member: Member, text: string): RoomRefusal | null;
  kick(member: Member, nick: string, reason: string): RoomRefusal | null;
  setRole(member: Member, nick: string, role: Role, reason: string): RoomRefusal | null;
  affiliate(member: Member, user: string, affiliation: Affiliation, reason: string): RoomRefusal | null;
  leave(member: Member, cause: LeaveCause, message: string): void;
  ready(member: Member): void;
  awaitTurn(member: Member): void;
}

/** Who comes into a room. */
export interface Entrant {
  /** Account, or `null` for somebody without one. */
  readonly user: string | null;
  /** The session that enters, where it has a name. */
  readonly resource: string | null;
  readonly recipient: Recipient;
  /** What it knows; needed where the room has a password. Default: nothing. */
  readonly password?: string;
}

/** Somebody in a room. */
export class Member {
  /** Unique in its room, never used again. */
  readonly id: number;
  readonly user: string | null;
  readonly resource: string | null;
  readonly recipient: Recipient;
  readonly outbox: Outbox;
  /** Set by the room; change it with `rename`. */
  nick: string;
  /** Set by the room; change it with `setPresence`. */
  presence: Presence = ONLINE;
  /** Set by the room; others change it with `setRole`. */
  role: Role = 'participant';
  /** Set by the room when the member leaves. */
  leaving: LeaveCause | null = null;
  readonly #desk: MemberDesk;

  constructor(desk: MemberDesk, id: number, nick: string, entrant: Entrant, outbox: Outbox) {
    this.#desk = desk;
    this.id = id;
    this.nick = nick;
    this.user = entrant.user;
    this.resource = entrant.resource;
    this.recipient = entrant.recipient;
    this.outbox = outbox;
  }

  /** Says something to the room. Look at `Room.full` before: it may be somebody else's turn. */
  say(what: string | Draft): Said {
    return this.#desk.say(this, typeof what === 'string' ? { body: what } : what);
  }

  /** Says something to whoever has this nick. */
  whisper(nick: string, draft: Draft): Said {
    return this.#desk.whisper(this, nick, draft);
  }

  /** Lets something pass by everybody in the room. */
  signal(signal: Signal): void {
    this.#desk.signal(this, signal);
  }

  /** Takes another nick, or answers why not. */
  rename(nick: string): NickRefusal | null {
    return this.#desk.rename(this, nick);
  }

  /** Says something else of itself in this room. */
  setPresence(presence: Presence): RoomRefusal | null {
    return this.#desk.setPresence(this, presence);
  }

  /** Gives the room a subject. */
  setSubject(text: string): RoomRefusal | null {
    return this.#desk.setSubject(this, text);
  }

  /** Puts whoever has this nick out of the room; needs `Room.mayModerate`. */
  kick(nick: string, reason: string): RoomRefusal | null {
    return this.#desk.kick(this, nick, reason);
  }

  /** Gives whoever has this nick a voice, or takes it; makes it a moderator for as long as it is here, or not. */
  setRole(nick: string, role: Role, reason = ''): RoomRefusal | null {
    return this.#desk.setRole(this, nick, role, reason);
  }

  /** Says what the room thinks of an account; `outcast` puts it out and keeps it out. Needs `RoomRights.mayModerate`. */
  affiliate(user: string, affiliation: Affiliation, reason = ''): RoomRefusal | null {
    return this.#desk.affiliate(this, user, affiliation, reason);
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
