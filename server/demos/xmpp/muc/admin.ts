/** Who may what in a room: kick, ban, make somebody owner, and the lists (XEP-0045 #moderator, #admin). */
import type { Role } from '../../../chat/member.ts';
import type { Affiliation } from '../../../chat/room-rights.ts';
import { Jid } from '../jid.ts';
import { NS } from '../namespaces.ts';
import type { Session } from '../session.ts';
import { StanzaError } from '../stanza-error.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import type { MucRoom } from './muc-room.ts';
import { Occupant, type Place } from './occupant.ts';
import { refusalOf } from './refusals.ts';

const AFFILIATIONS: ReadonlySet<string> = new Set(['owner', 'admin', 'member', 'none', 'outcast']);

/** Who asks, and where from. */
export interface AdminRequest {
  readonly room: MucRoom;
  readonly session: Session;
  /** The asker's place in the room; `null`: none. */
  readonly place: Place | null;
}

/** Answers a request of muc#admin. */
export function answerAdmin(request: AdminRequest, iq: XmlElement, query: XmlElement): XmlElement | null {
  const items = query.childrenNamed('item');
  if (items.length === 0) throw new StanzaError('bad-request', 'Nobody is named.');
  if (iq.attrs.type === 'get') return list(request, items);
  if (!request.place) throw new StanzaError('forbidden', 'Enter the room first.');
  for (const item of items) change(request.place, item);
  return null;
}

function list(request: AdminRequest, items: readonly XmlElement[]): XmlElement {
  if (!maySeeLists(request)) throw new StanzaError('forbidden', 'Only who moderates the room may see that.');
  const found = items.flatMap(({ attrs }) =>
    attrs.affiliation ? affiliated(request.room, attrs.affiliation) : inRole(request.room, attrs.role ?? ''),
  );
  return xml(NS.mucAdmin, 'query', {}, ...found);
}

/** Where members see each other's addresses anyhow, they see the lists as well (XEP-0045). */
function maySeeLists({ room, session, place }: AdminRequest): boolean {
  const { rights, settings } = room.core;
  if (rights.mayModerate(session.user.name) || (place && room.core.mayModerate(place.member))) return true;
  return settings.membersOnly && settings.showsAccounts && rights.of(session.user.name) === 'member';
}

function affiliated({ core, domain }: MucRoom, affiliation: string): XmlElement[] {
  return [...core.rights.standings]
    .filter(([, standing]) => standing.affiliation === affiliation)
    .map(([user, { nick, reason }]) => {
      const why = reason === '' ? null : xml(NS.mucAdmin, 'reason', {}, reason);
      return xml(NS.mucAdmin, 'item', { affiliation, jid: Jid.of(user, domain).bare, nick }, why);
    });
}

function inRole({ core, domain }: MucRoom, role: string): XmlElement[] {
  return core
    .members()
    .filter((one) => one.role === role)
    .map(({ nick, user }) => {
      const jid = user === null ? null : Jid.of(user, domain).bare;
      return xml(NS.mucAdmin, 'item', { nick, role, affiliation: core.rights.of(user), jid });
    });
}

function change(place: Place, item: XmlElement): void {
  const { role, affiliation, nick } = item.attrs;
  const reason = item.childText('reason') ?? '';
  if (affiliation !== undefined) affiliate(place, item, affiliation, reason);
  else if (nick && (role === 'none' || isRole(role))) {
    const { member } = place;
    const refused = role === 'none' ? member.kick(nick, reason) : member.setRole(nick, role, reason);
    if (refused) throw refusalOf(refused);
  } else throw new StanzaError('bad-request', 'Name a nick, and a role: moderator, participant, visitor or none.');
}

function isRole(text: string | undefined): text is Role {
  return text === 'moderator' || text === 'participant' || text === 'visitor';
}

function affiliate({ room, member }: Place, { attrs }: XmlElement, affiliation: string, reason: string): void {
  const user = attrs.jid ? Jid.parse(attrs.jid)?.local : room.core.membersNamed(attrs.nick ?? '')[0]?.user;
  if (!user) throw new StanzaError('item-not-found', 'There is no such user.');
  if (!AFFILIATIONS.has(affiliation)) throw new StanzaError('bad-request', 'There is no such affiliation.');
  const wasHere = room.core.members().some((one) => one.user === user);
  const couldModerate = room.core.rights.mayModerate(user);
  const refused =
    member.affiliate(user, affiliation as Affiliation, reason) ??
    (attrs.jid && attrs.nick ? room.core.reserve(user, attrs.nick, true) : null);
  if (refused) throw refusalOf(refused);
  const present = room.core.members().find((one) => one.user === user);
  if (!wasHere) tellModerators(room, user, reason);
  if (present && !couldModerate && room.core.mayModerate(present)) revealOthers(room, present.nick);
}

/** Somebody who is not here: who moderates is told what the room thinks of it now (XEP-0045). */
export function tellModerators(room: MucRoom, user: string, reason: string): void {
  const affiliation = room.core.rights.of(user);
  const why = reason === '' ? null : xml(NS.mucUser, 'reason', {}, reason);
  const item = xml(NS.mucUser, 'item', { jid: Jid.of(user, room.domain).bare, affiliation }, why);
  room.announce('normal', affiliation === 'outcast' ? ['301'] : [], {
    items: [item],
    isFor: (member) => room.core.mayModerate(member),
  });
}

/** Who moderates is shown who the others are. */
function revealOthers(room: MucRoom, nick: string): void {
  room.core.flush();
  for (const { recipient } of room.core.membersNamed(nick)) {
    if (recipient instanceof Occupant) recipient.showOthers();
  }
}
