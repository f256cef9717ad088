/** Who may what in a room: kick, ban, make somebody owner, and the lists (XEP-0045 §8, §9). */
import type { Affiliation } from '../../../chat/room-rights.ts';
import { Jid } from '../jid.ts';
import { NS } from '../namespaces.ts';
import { StanzaError } from '../stanza-error.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import type { MucRoom } from './muc-room.ts';
import { Occupant, type Place } from './occupant.ts';
import { refusalOf } from './refusals.ts';

const AFFILIATIONS: ReadonlySet<string> = new Set(['owner', 'admin', 'member', 'none', 'outcast']);

/** Answers a request of muc#admin. @param place the asker's. */
export function answerAdmin(place: Place | null, iq: XmlElement, query: XmlElement): XmlElement | null {
  if (!place) throw new StanzaError('forbidden', 'Enter the room first.');
  const items = query.childrenNamed('item');
  if (items.length === 0) throw new StanzaError('bad-request', 'Nobody is named.');
  if (iq.attrs.type === 'get') return list(place, items);
  for (const item of items) change(place, item);
  return null;
}

function list({ room, member }: Place, items: readonly XmlElement[]): XmlElement {
  if (!room.core.mayModerate(member)) throw new StanzaError('forbidden', 'Only who moderates the room may see that.');
  const found = items.flatMap(({ attrs }) =>
    attrs.affiliation ? affiliated({ room, member }, attrs.affiliation) : inRole({ room, member }, attrs.role ?? ''),
  );
  return xml(NS.mucAdmin, 'query', {}, ...found);
}

function affiliated({ room }: Place, affiliation: string): XmlElement[] {
  return [...room.core.rights.affiliations]
    .filter(([, held]) => held === affiliation)
    .map(([user]) => xml(NS.mucAdmin, 'item', { affiliation, jid: Jid.of(user, room.domain).bare }));
}

function inRole({ room }: Place, role: string): XmlElement[] {
  return room.core
    .members()
    .filter((one) => (room.core.mayModerate(one) ? 'moderator' : 'participant') === role)
    .map(({ nick, user }) => {
      const affiliation = room.core.rights.of(user);
      const jid = user === null ? null : Jid.of(user, room.domain).bare;
      return xml(NS.mucAdmin, 'item', { nick, role, affiliation, jid });
    });
}

function change(place: Place, item: XmlElement): void {
  const { role, affiliation, nick } = item.attrs;
  const reason = item.childText('reason') ?? '';
  if (affiliation !== undefined) affiliate(place, item, affiliation, reason);
  else if (role === 'none' && nick) {
    const refused = place.member.kick(nick, reason);
    if (refused) throw refusalOf(refused);
  } else throw new StanzaError('feature-not-implemented', 'Roles follow from affiliations here.');
}

function affiliate({ room, member }: Place, { attrs }: XmlElement, affiliation: string, reason: string): void {
  const user = attrs.jid ? Jid.parse(attrs.jid)?.local : room.core.membersNamed(attrs.nick ?? '')[0]?.user;
  if (!user) throw new StanzaError('item-not-found', 'There is no such user.');
  if (!AFFILIATIONS.has(affiliation)) throw new StanzaError('bad-request', 'There is no such affiliation.');
  const wasHere = room.core.members().some((one) => one.user === user);
  const couldModerate = room.core.rights.mayModerate(user);
  const refused = member.affiliate(user, affiliation as Affiliation, reason);
  if (refused) throw refusalOf(refused);
  const present = room.core.members().find((one) => one.user === user);
  if (!wasHere) tellModerators(room, Jid.of(user, room.domain).bare, affiliation, reason);
  if (present && !couldModerate && room.core.mayModerate(present)) revealOthers(room, present.nick);
}

/** Somebody who is not here: who moderates is told what the room thinks of it now (XEP-0045 §9.3). */
function tellModerators(room: MucRoom, jid: string, affiliation: string, reason: string): void {
  const item = xml(NS.mucUser, 'item', { jid, affiliation }, reason ? xml(NS.mucUser, 'reason', {}, reason) : null);
  const status = affiliation === 'outcast' ? xml(NS.mucUser, 'status', { code: '301' }) : null;
  for (const member of room.core.members()) {
    if (!(member.recipient instanceof Occupant) || !room.core.mayModerate(member)) continue;
    const { session } = member.recipient;
    const attrs = { from: room.jid.bare, to: session.jid.toString() };
    session.send(xml(NS.client, 'message', attrs, xml(NS.mucUser, 'x', {}, status, item)));
  }
}

/** Who moderates is shown who the others are. */
function revealOthers(room: MucRoom, nick: string): void {
  room.core.flush();
  for (const { recipient } of room.core.membersNamed(nick)) {
    if (recipient instanceof Occupant) recipient.showOthers();
  }
}
