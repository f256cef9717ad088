import type { Ledger } from './ledger.ts';
import { MAX_BODY_BYTES, MAX_ROOM_MEMBERS, MAX_STATUS_BYTES } from './limits.ts';
import {
  type Entrant,
  Member,
  type MemberDesk,
  type NickRefusal,
  type Role,
  type RoomRefusal,
  type Said,
} from './member.ts';
import { type Address, type Draft, octetsOf, type Sender, type Signal } from './message.ts';
import { Moderation } from './moderation.ts';
import { nickProblem, tidyNick } from './nick.ts';
import type { Presence } from './presence.ts';
import { RoomDelivery } from './room-delivery.ts';
import type { LeaveCause, Whose } from './room-event.ts';
import { type Affiliation, RoomRights } from './room-rights.ts';
import type { RoomSettings } from './room-settings.ts';
import { Roster } from './roster.ts';
import type { Scheduler } from './scheduler.ts';

/** What a room is made from. */
export interface RoomOptions {
  /** A key: see `nameKey`. */
  readonly name: string;
  /** Who opened it; `null`: the server. */
  readonly owner: string | null;
  /** Who moderates it besides. Default: nobody. */
  readonly admin?: string | null;
  readonly scheduler: Scheduler;
  readonly ledger: Ledger;
  /** Called when the last member has left. */
  readonly emptied?: () => void;
}

/** Why somebody can't come in. */
export type JoinRefusal = NickRefusal | 'room-full' | 'outcast' | 'members-only' | 'wrong-password';

/** A new member, or why not. */
export type Joining = { readonly member: Member } | { readonly refused: JoinRefusal };

/**
 * A room: who is in it, and what they may do there; who has yet to hear of it is `RoomDelivery`'s business. It knows no
 * protocol: see `Recipient` and `RoomFormat`.
 */
export class Room implements MemberDesk {
  /** A key: see `nameKey`. */
  readonly name: string;
  readonly rights: RoomRights;
  readonly #ledger: Ledger;
  readonly #delivery: RoomDelivery;
  readonly #roster = new Roster<Member>();
  readonly #moderation: Moderation;
  readonly #address: Extract<Address, { type: 'room' }>;
  #subject: { readonly text: string; readonly nick: string } | null = null;
  #size = 0;
  #lastId = 0;

  constructor(options: RoomOptions) {
    this.name = options.name;
    this.rights = new RoomRights(options.owner, options.admin);
    this.#address = { type: 'room', name: options.name, nick: null };
    this.#ledger = options.ledger;
    this.#delivery = new RoomDelivery({
      name: options.name,
      scheduler: options.scheduler,
      cutOff: (member) => this.leave(member, 'stopped-reading'),
      emptied: options.emptied ?? (() => {}),
    });
    this.#moderation = new Moderation({
      ...{ rights: this.rights, roster: this.#roster, delivery: this.#delivery },
      leave: (member, cause, message, kickedBy) => this.leave(member, cause, message, kickedBy),
    });
  }

  /** Nicks of all members, in the order of joining. */
  nicks(): string[] {
    return this.#roster.nicks();
  }

  /** One member for each nick, in the order of joining. */
  members(): readonly Member[] {
    return this.#roster.first();
  }

  /** Everybody of this nick: nobody, one, or several sessions of one user. */
  membersNamed(nick: string): readonly Member[] {
    return this.#roster.get(nick);
  }

  /** What the room is about and who said so, or `null`. */
  get subject(): { readonly text: string; readonly nick: string } | null {
    return this.#subject;
  }

  /** Whether speakers must wait for a turn: the batch is full, or a slow member has to read first. */
  get full(): boolean {
    return this.#delivery.full;
  }

  /**
   * Lets somebody in under `nick`, or says why not. A member hears what happens after it joined. Sessions of one user
   * may share a nick: then nobody hears that another one came.
   */
  join(nick: string, entrant: Entrant): Joining {
    const tidy = tidyNick(nick);
    const refused = this.#joinRefusal(tidy, entrant);
    if (refused) return { refused };
    this.#lastId += 1;
    this.#size += 1;
    const member = new Member(this, this.#lastId, tidy, entrant, this.#delivery.openOutbox(entrant.recipient));
    member.role = this.#moderation.roleOf(member.user);
    const isNew = this.#roster.get(tidy).length === 0;
    this.#roster.add(member);
    this.#delivery.add(member);
    if (isNew) this.#delivery.publish({ type: 'joined', by: member.id, nick: tidy, ...whose(member) }, 0, true);
    return { member };
  }

  /** See `Member.say`. */
  say(member: Member, draft: Draft): Said {
    if (member.leaving) return { refused: 'not-here' };
    if (member.role === 'visitor') return { refused: 'not-allowed' };
    if (isTooLong(draft)) return { refused: 'too-long' };
    const entry = this.#ledger.enter(senderOf(member), this.#address, draft);
    if ('repeats' in entry) return { stamp: entry.repeats, repeated: true };
    const { message } = entry;
    this.#ledger.keep(message, draft);
    this.#delivery.publish({ type: 'said', by: member.id, nick: member.nick, message }, draft.body.length);
    return { stamp: message, repeated: false };
  }

  /** See `Member.whisper`. */
  whisper(member: Member, nick: string, draft: Draft): Said {
    if (member.leaving) return { refused: 'not-here' };
    const [first, ...others] = this.#roster.get(nick);
    if (!first) return { refused: 'not-here' };
    if (isTooLong(draft)) return { refused: 'too-long' };
    const entry = this.#ledger.enter(senderOf(member), { ...this.#address, nick: first.nick }, draft);
    if ('repeats' in entry) return { stamp: entry.repeats, repeated: true };
    this.#ledger.keep(entry.message, draft);
    this.#delivery.flush();
    for (const to of [first, ...others]) this.#delivery.whisper(to, entry.message);
    return { stamp: entry.message, repeated: false };
  }

  /** See `Member.signal`. */
  signal(member: Member, signal: Signal): void {
    if (member.leaving || member.role === 'visitor') return;
    this.#delivery.publish({ type: 'signal', by: member.id, nick: member.nick, signal });
  }

  /** See `Member.rename`. Sessions that share the nick go along. */
  rename(member: Member, nick: string): NickRefusal | null {
    const to = tidyNick(nick);
    const refused = this.#nickRefusal(to, member.user, member);
    if (refused || to === member.nick || member.leaving) return refused;
    this.#delivery.publish({ type: 'renamed', by: member.id, nick: member.nick, to });
    for (const session of this.#roster.get(member.nick)) {
      this.#roster.remove(session);
      session.nick = to;
      this.#roster.add(session);
    }
    return null;
  }

  /** See `Member.setPresence`. */
  setPresence(member: Member, presence: Presence): RoomRefusal | null {
    if (member.leaving) return 'not-here';
    if (Buffer.byteLength(presence.status) > MAX_STATUS_BYTES) return 'too-long';
    member.presence = presence;
    this.#delivery.publish(
      { type: 'presence', by: member.id, nick: member.nick, presence },
      presence.status.length,
      true,
    );
    return null;
  }

  /** See `Member.setSubject`. In the server's own rooms everybody may, in others who moderates, unless the owner lets all. */
  setSubject(member: Member, text: string): RoomRefusal | null {
    if (member.leaving) return 'not-here';
    const mayAll = !this.rights.isOwned || this.settings.subjectForAll;
    if (member.role === 'visitor' || !(mayAll || this.mayModerate(member))) return 'not-allowed';
    if (Buffer.byteLength(text) > MAX_STATUS_BYTES) return 'too-long';
    this.#subject = text === '' ? null : { text, nick: member.nick };
    this.#delivery.publish({ type: 'subject', by: member.id, nick: member.nick, text }, text.length);
    return null;
  }

  /** Whether a member may put others out. */
  mayModerate(member: Member): boolean {
    return member.role === 'moderator';
  }

  /** See `Member.kick`. */
  kick(member: Member, nick: string, reason: string): RoomRefusal | null {
    return this.#moderation.kick(member, nick, reason);
  }

  /** See `Member.setRole`. */
  setRole(member: Member, nick: string, role: Role, reason: string): RoomRefusal | null {
    return this.#moderation.setRole(member, nick, role, reason);
  }

  /** See `Member.affiliate`. */
  affiliate(member: Member, user: string, affiliation: Affiliation, reason = ''): RoomRefusal | null {
    return this.#moderation.affiliate(member, user, affiliation, reason);
  }

  /** What the owner has set. */
  get settings(): RoomSettings {
    return this.#moderation.settings;
  }

  /** Sets it. Who may not be here any more is put out. That it is the owner's wish is the caller's to know. */
  configure(settings: RoomSettings): void {
    this.#moderation.configure(settings);
  }

  /**
   * Keeps a nick for an account that the room has an opinion about, or answers why not.
   * @param putsOut whether somebody else who has the nick now is put out; otherwise it is taken.
   */
  reserve(user: string, nick: string, putsOut: boolean): NickRefusal | null {
    return this.#moderation.reserve(user, nick, putsOut);
  }

  /** An account gives back its nick, and its membership. */
  withdraw(user: string): void {
    this.#moderation.withdraw(user);
  }

  /** See `Member.leave`. The nick is free at once; the connection is let go with the next batch. */
  leave(member: Member, cause: LeaveCause, message = '', kickedBy: string | null = null): void {
    if (member.leaving) return;
    member.leaving = cause;
    this.#size -= 1;
    this.#roster.remove(member);
    this.#delivery.release(member, { reason: message, kickedBy });
    if (this.#roster.get(member.nick).length > 0) return;
    const mayWait = cause === 'lost' || cause === 'stopped-reading';
    this.#delivery.publish(
      { type: 'left', by: member.id, nick: member.nick, ...whose(member), cause, message, kickedBy },
      message.length,
      mayWait,
    );
  }

  /** See `Member.ready`. */
  ready(member: Member): void {
    if (!member.leaving) this.#delivery.ready(member);
  }

  /** See `Member.awaitTurn`. */
  awaitTurn(member: Member): void {
    if (!member.leaving) this.#delivery.awaitTurn(member);
  }

  /** Sends what is pending without waiting for the end of the turn. */
  flush(): void {
    this.#delivery.flush();
  }

  /** Sends what is pending and stops all timers. Call it when the room closes for good. */
  close(): void {
    this.#delivery.close();
  }

  #joinRefusal(nick: string, { user, password }: Entrant): JoinRefusal | null {
    const affiliation = this.rights.of(user);
    if (affiliation === 'outcast') return 'outcast';
    const { membersOnly, password: wanted } = this.settings;
    if (membersOnly && affiliation === 'none') return 'members-only';
    if (wanted !== '' && password !== wanted && !this.rights.mayModerate(user)) return 'wrong-password';
    return this.#nickRefusal(nick, user) ?? (this.#size >= MAX_ROOM_MEMBERS ? 'room-full' : null);
  }

  #nickRefusal(nick: string, user: string | null, except?: Member): NickRefusal | null {
    const isReserved = (this.rights.reserverOf(nick) ?? user) !== user;
    return nickProblem(nick) ?? (isReserved || this.#roster.isTaken(nick, user, except) ? 'nick-taken' : null);
  }
}

function senderOf({ user, nick, resource }: Member): Sender {
  return { user, nick, resource };
}

function whose({ user, resource }: Member): Whose {
  return { user, resource };
}

function isTooLong(draft: Draft): boolean {
  return octetsOf(draft) > MAX_BODY_BYTES;
}
