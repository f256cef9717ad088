/** A room of the chat core as XMPP shows it. */
import type { Room } from '../../../chat/room.ts';
import type { RoomFormat } from '../../../chat/room-batch.ts';
import type { RoomEvent } from '../../../chat/room-event.ts';
import { Jid } from '../jid.ts';
import { groupChat, groupSignal, subjectChange } from './message-form.ts';
import { joiningPresence, leavingPresence, occupantPresence, renaming, type StanzaText } from './presence-form.ts';

/** One event of a room, ready to be addressed. */
export interface EventForm {
  /** Id of the member whose doing it is. */
  readonly by: number;
  readonly isJoin: boolean;
  readonly isLeave: boolean;
  /** Its stanzas, each to be addressed. */
  readonly texts: readonly StanzaText[];
}

/** What is kept of a core room while XMPP looks at it. */
export class MucRoom {
  readonly core: Room;
  /** Its address. */
  readonly jid: Jid;
  /** Domain of the accounts. */
  readonly domain: string;
  readonly pictureOf: (user: string) => string;
  /** Why the room is closed, while it is: everybody who leaves then is told so. */
  destroyedFor: string | null = null;
  readonly format: RoomFormat<readonly EventForm[]>;
  /** Accounts of members, by member id: events of those who have left name no account. */
  readonly #users = new Map<number, string | null>();

  /** @param pictureOf the hash of an account's picture, see `pictureHash`. */
  constructor(core: Room, mucDomain: string, domain: string, pictureOf: (user: string) => string) {
    this.pictureOf = pictureOf;
    this.core = core;
    this.jid = Jid.of(core.name, mucDomain);
    this.domain = domain;
    this.format = { render: (events) => events.map((event) => this.#form(event)) };
  }

  /** Looks who is here. Needed before events are shown. */
  look(): void {
    this.#users.clear();
    for (const { id, user } of this.core.members()) this.#users.set(id, user);
  }

  #form(event: RoomEvent): EventForm {
    if (event.type === 'joined') this.#users.set(event.by, event.user);
    const user = this.#users.get(event.by) ?? null;
    if (event.type === 'left') this.#users.delete(event.by);
    const texts = this.#textsOf(event, user);
    return { by: event.by, isJoin: event.type === 'joined', isLeave: event.type === 'left', texts };
  }

  #textsOf(event: RoomEvent, user: string | null): readonly StanzaText[] {
    const { nick } = event;
    switch (event.type) {
      case 'joined':
        return [joiningPresence(this, nick, user)];
      case 'said':
        return [groupChat(this, event.message)];
      case 'renamed':
        return renaming(this, nick, event.to, user);
      case 'left':
        return [
          leavingPresence(this, { nick, user, cause: event.cause, reason: event.message, kickedBy: event.kickedBy }),
        ];
      case 'affiliated':
        // Told by presence, and by messages to who moderates: see admin.ts.
        return [];
      case 'subject':
        return [subjectChange(this, nick, event.text)];
      case 'presence':
        return [occupantPresence(this, { nick, user, presence: event.presence })];
      case 'signal':
        return groupSignal(this, nick, event.signal);
      default:
        return event satisfies never;
    }
  }
}
