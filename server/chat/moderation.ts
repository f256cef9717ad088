import { MAX_STATUS_BYTES } from './limits.ts';
import type { Member, NickRefusal, Role, RoomRefusal } from './member.ts';
import { nickProblem, tidyNick } from './nick.ts';
import type { RoomDelivery } from './room-delivery.ts';
import type { LeaveCause } from './room-event.ts';
import type { Affiliation, RoomRights } from './room-rights.ts';
import { OPEN_ROOM, type RoomSettings } from './room-settings.ts';
import type { Roster } from './roster.ts';

/** What is told to whoever has a nick that is kept for somebody else. */
const RESERVED_REASON = 'This nickname is reserved';

/** The room, as far as moderating it needs to know. */
export interface ModeratedRoom {
  readonly rights: RoomRights;
  readonly roster: Roster<Member>;
  readonly delivery: RoomDelivery;
  leave(member: Member, cause: LeaveCause, message: string, kickedBy: string | null): void;
}

/** Who may do what to whom in a room, and what the owner has set. */
export class Moderation {
  readonly #room: ModeratedRoom;
  #settings: RoomSettings = OPEN_ROOM;

  constructor(room: ModeratedRoom) {
    this.#room = room;
  }

  get settings(): RoomSettings {
    return this.#settings;
  }

  /** As what an account comes in. */
  roleOf(user: string | null): Role {
    const { rights } = this.#room;
    if (rights.mayModerate(user)) return 'moderator';
    return this.#settings.moderated && rights.of(user) === 'none' ? 'visitor' : 'participant';
  }

  /** See `Member.kick`. */
  kick(member: Member, nick: string, reason: string): RoomRefusal | null {
    const targets = this.#room.roster.get(nick);
    if (member.leaving || targets.length === 0) return 'not-here';
    if (!this.#mayActOn(member, targets)) return 'not-allowed';
    for (const target of targets) this.#putOut(target, reason, member.nick);
    return null;
  }

  /** See `Member.setRole`. */
  setRole(member: Member, nick: string, role: Role, reason: string): RoomRefusal | null {
    const targets = this.#room.roster.get(nick);
    const [target] = targets;
    if (member.leaving || !target) return 'not-here';
    const { rights } = this.#room;
    // Who moderates by what the room thinks of the account can't be made less, and nobody is made a moderator by one
    // who is only that.
    if (!this.#mayActOn(member, targets) || rights.mayModerate(target.user)) return 'not-allowed';
    if ([role, target.role].includes('moderator') && !rights.mayModerate(member.user)) return 'not-allowed';
    for (const one of targets) one.role = role;
    const because = { kickedBy: member.nick, reason };
    const { id, presence } = target;
    this.#room.delivery.publish({ type: 'presence', by: id, nick: target.nick, presence, because }, reason.length);
    return null;
  }

  /** See `Member.affiliate`. */
  affiliate(member: Member, user: string, affiliation: Affiliation, reason: string): RoomRefusal | null {
    if (member.leaving) return 'not-here';
    const { rights } = this.#room;
    const isOwners = [affiliation, rights.of(user)].some((one) => one === 'owner' || one === 'admin');
    if (isOwners ? rights.of(member.user) !== 'owner' : !rights.mayModerate(member.user)) return 'not-allowed';
    // It is kept with the opinion.
    if (Buffer.byteLength(reason) > MAX_STATUS_BYTES) return 'too-long';
    const outcome = rights.set(user, affiliation, reason);
    if (outcome !== 'set') return outcome;
    this.#affiliated(user, { id: member.id, nick: member.nick, kickedBy: member.nick, reason });
    return null;
  }

  /** See `Room.withdraw`. */
  withdraw(user: string): void {
    const { rights, delivery } = this.#room;
    rights.reserve(user, null);
    if (rights.of(user) !== 'member') return;
    rights.set(user, 'none');
    const [member] = delivery.where((one) => one.user === user);
    this.#affiliated(user, { id: member?.id ?? 0, nick: member?.nick ?? user, kickedBy: null, reason: '' });
  }

  /** See `Room.reserve`. */
  reserve(user: string, typed: string, putsOut: boolean): NickRefusal | null {
    const nick = tidyNick(typed);
    const { rights, roster } = this.#room;
    const problem = nickProblem(nick);
    if (problem) return problem;
    const others = roster.get(nick).filter((holder) => holder.user !== user);
    if ((rights.reserverOf(nick) ?? user) !== user || (others.length > 0 && !putsOut)) return 'nick-taken';
    rights.reserve(user, nick);
    for (const other of others) this.#putOut(other, RESERVED_REASON, null);
    return null;
  }

  /** See `Room.configure`. */
  configure(settings: RoomSettings): void {
    this.#settings = settings;
    if (!settings.membersOnly) return;
    for (const member of this.#room.delivery.where(({ user }) => this.#room.rights.of(user) === 'none')) {
      this.#putOut(member, '', null);
    }
  }

  /** Tells it; whoever may not be here any more is put out. */
  #affiliated(user: string, by: { id: number; nick: string; kickedBy: string | null; reason: string }): void {
    const { rights, delivery } = this.#room;
    const { id, nick, kickedBy, reason } = by;
    const affiliation = rights.of(user);
    const sessions = delivery.where((one) => one.user === user);
    for (const session of sessions) session.role = this.roleOf(user);
    const because = { kickedBy, reason };
    delivery.publish({ type: 'affiliated', by: id, nick, user, affiliation, because }, user.length + reason.length);
    const isOut = affiliation === 'outcast' || (affiliation === 'none' && this.#settings.membersOnly);
    if (isOut) for (const session of sessions) this.#putOut(session, reason, kickedBy);
  }

  #putOut(member: Member, reason: string, by: string | null): void {
    this.#room.leave(member, 'kicked', reason, by);
  }

  #mayActOn(member: Member, targets: readonly Member[]): boolean {
    const { rights } = this.#room;
    return member.role === 'moderator' && targets.every((target) => rights.isBelow(target.user, member.user));
  }
}
