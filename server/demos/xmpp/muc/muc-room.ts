/** A room of the chat core as XMPP shows it. */
import type { Member } from '../../../chat/member.ts';
import type { Room } from '../../../chat/room.ts';
import type { RoomFormat } from '../../../chat/room-batch.ts';
import type { RoomEvent, Whose } from '../../../chat/room-event.ts';
import type { RoomSettings } from '../../../chat/room-settings.ts';
import { Jid } from '../jid.ts';
import { NS } from '../namespaces.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import { groupChat, groupSignal, subjectChange } from './message-form.ts';
import { Occupant } from './occupant.ts';
import {
  joiningPresence,
  leavingPresence,
  type Named,
  occupantPresence,
  renaming,
  type StanzaText,
} from './presence-form.ts';

const NOBODY: Whose = { user: null, resource: null };

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
  /** Whether the room is being closed to who is no member: who leaves then is told so. */
  closesToOthers = false;
  readonly format: RoomFormat<readonly EventForm[]>;
  /** Who members are, by member id: most events do not say so. */
  readonly #known = new Map<number, Whose>();

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
    this.#known.clear();
    for (const member of this.core.members()) this.#known.set(member.id, member);
  }

  /** Whether a member is shown the accounts of the others. */
  showsAccountsTo(member: Member): boolean {
    return this.core.mayModerate(member) || this.core.settings.showsAccounts;
  }

  /** Sets the room, and tells who has to go, at once. */
  configure(settings: RoomSettings): void {
    this.core.flush();
    this.closesToOthers = true;
    this.core.configure(settings);
    this.core.flush();
    this.closesToOthers = false;
  }

  /** A message of the room itself to everybody in it, or to those for whom it is meant. */
  announce(
    type: 'groupchat' | 'normal',
    codes: readonly string[],
    { items = [], isFor = () => true }: { items?: readonly XmlElement[]; isFor?: (member: Member) => boolean } = {},
  ): void {
    const statuses = codes.map((code) => xml(NS.mucUser, 'status', { code }));
    this.send(
      xml(
        NS.client,
        'message',
        { type: type === 'normal' ? null : type },
        xml(NS.mucUser, 'x', {}, ...statuses, ...items),
      ),
      isFor,
    );
  }

  /** Sends a stanza of the room itself. */
  send(stanza: XmlElement, isFor: (member: Member) => boolean): void {
    for (const { nick } of this.core.members()) {
      for (const member of this.core.membersNamed(nick)) {
        if (!(member.recipient instanceof Occupant) || !isFor(member)) continue;
        const { session } = member.recipient;
        session.send(stanza.with({ from: this.jid.bare, to: session.jid.toString() }));
      }
    }
  }

  #form(event: RoomEvent): EventForm {
    const { user, resource } = event.type === 'joined' ? event : (this.#known.get(event.by) ?? NOBODY);
    if (event.type === 'joined') this.#known.set(event.by, { user, resource });
    if (event.type === 'left') this.#known.delete(event.by);
    const texts = this.#textsOf(event, { nick: event.nick, user, resource });
    const by = event.type === 'affiliated' ? (this.#presentAs(event.user)?.id ?? event.by) : event.by;
    return { by, isJoin: event.type === 'joined', isLeave: event.type === 'left', texts };
  }

  #textsOf(event: RoomEvent, who: Named): readonly StanzaText[] {
    const { nick } = event;
    switch (event.type) {
      case 'joined':
        return [joiningPresence(this, who)];
      case 'said':
        return [groupChat(this, event.message)];
      case 'renamed':
        return renaming(this, who, event.to);
      case 'left':
        return [leavingPresence(this, { ...event, reason: event.message })];
      case 'affiliated':
        return this.#affiliated(event);
      case 'subject':
        return [subjectChange(this, nick, event.text)];
      case 'presence':
        return [occupantPresence(this, { ...who, presence: event.presence }, { because: event.because })];
      case 'signal':
        return groupSignal(this, nick, event.signal);
      default:
        return event satisfies never;
    }
  }

  /** Everybody in the room is shown the presence anew, with what it is now; of who is not here, see admin.ts. */
  #affiliated({ user, because }: Extract<RoomEvent, { type: 'affiliated' }>): readonly StanzaText[] {
    const member = this.#presentAs(user);
    return member ? [occupantPresence(this, member, { because })] : [];
  }

  #presentAs(user: string): Member | undefined {
    return this.core.members().find((member) => member.user === user);
  }
}
