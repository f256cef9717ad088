/** Coming into a room, being there, and going (XEP-0045 #enter, #changenick, #exit). */
import type { Jid } from '../jid.ts';
import { MAX_ROOM_HISTORY, MAX_ROOMS_PER_SESSION } from '../limits.ts';
import { NS } from '../namespaces.ts';
import { corePresence } from '../presence.ts';
import type { Session } from '../session.ts';
import { StanzaError } from '../stanza-error.ts';
import type { XmlElement } from '../xml/element.ts';
import { historyStanza, subjectStanza } from './message-form.ts';
import type { MucService } from './muc-service.ts';
import { Occupant, type Place } from './occupant.ts';
import { absence, occupantPresence } from './presence-form.ts';
import { refusalOf } from './refusals.ts';

/** Lets a session in. */
export function comeIn(service: MucService, session: Session, stanza: XmlElement, to: Jid): void {
  if (to.isBare) throw new StanzaError('jid-malformed', 'Enter with a nick: room@domain/nick.');
  if (session.rooms.size >= MAX_ROOMS_PER_SESSION) {
    throw new StanzaError('resource-constraint', `You are in ${MAX_ROOMS_PER_SESSION} rooms.`);
  }
  const occupant = new Occupant(session);
  const entrant = {
    ...{ user: session.user.name, resource: session.jid.resource, recipient: occupant },
    password: stanza.child('x', NS.muc)?.childText('password') ?? '',
  };
  const entering = service.server.chat.rooms.enter(to.local, to.resource, entrant);
  if ('refused' in entering) throw refusalOf(entering.refused);
  const place = { room: service.show(entering.room), member: entering.member };
  // Nobody has been told of the newcomer yet, so this is what they will be told.
  place.member.presence = corePresence(stanza, 0);
  place.room.destroyedFor = null;
  occupant.sit(place);
  welcome(service, occupant, place, stanza, entering.opened);
}

/** A presence of somebody in the room: another nick, another status, farewell, or not knowing that it is in. */
export function takePresence(service: MucService, occupant: Occupant, stanza: XmlElement, to: Jid): void {
  const { place } = occupant;
  const { type } = stanza.attrs;
  if (!place) return;
  const { member } = place;
  if (type === 'unavailable') member.leave('quit', stanza.childText('status') ?? '');
  else if (type === 'probe') answerProbe(occupant, place, to);
  else if (type !== undefined || to.isBare) return;
  else if (to.resource !== member.nick) {
    const refused = member.rename(to.resource);
    if (refused) throw refusalOf(refused);
  } else if (stanza.child('x', NS.muc)) welcome(service, occupant, place, stanza, false);
  else {
    const refused = member.setPresence(corePresence(stanza, 0));
    if (refused) throw refusalOf(refused);
  }
}

/** How an occupant is, as was told when it last changed (XEP-0045). */
function answerProbe({ session }: Occupant, { room, member }: Place, to: Jid): void {
  const [other] = room.core.membersNamed(to.resource);
  const reserver = room.core.rights.reserverOf(to.resource);
  if (!other && reserver !== null) {
    session.sendText(absence(room, to.resource, reserver)(session.jid.toString(), false, room.showsAccountsTo(member)));
    return;
  }
  if (!other) throw new StanzaError('item-not-found', 'Nobody in the room has this nick.');
  const seesJids = room.showsAccountsTo(member) || other === member;
  session.sendText(occupantPresence(room, other)(session.jid.toString(), false, seesJids));
}

/** Who is there, that it is in, what was said, and what the subject is, in this order (XEP-0045 #enter-pres). */
function welcome(service: MucService, occupant: Occupant, place: Place, stanza: XmlElement, opened: boolean): void {
  const { session } = occupant;
  const { room, member } = place;
  const to = session.jid.toString();
  const seesJids = room.showsAccountsTo(member);
  room.look();
  occupant.showOthers();
  session.sendText(occupantPresence(room, member, { entering: true, created: opened })(to, true, seesJids));
  for (const message of historyFor(service, place, stanza)) {
    session.send(historyStanza(room, message, session.jid));
  }
  const { subject } = room.core;
  session.send(subjectStanza(room, subject?.nick ?? '', subject?.text ?? '').with({ to }));
}

/** As much as was asked for, and no more than MAX_ROOM_HISTORY (XEP-0045 #enter-managehistory). */
function historyFor(service: MucService, { room }: Place, stanza: XmlElement) {
  const wish = stanza.child('x', NS.muc)?.child('history')?.attrs ?? {};
  const nowMs = service.server.now().getTime();
  const sinceMs = Math.max(
    wish.seconds === undefined ? 0 : nowMs - Number(wish.seconds) * 1_000 || 0,
    wish.since === undefined ? 0 : Date.parse(wish.since) || 0,
  );
  const limit = Math.min(numberOr(wish.maxstanzas, MAX_ROOM_HISTORY), wish.maxchars === '0' ? 0 : MAX_ROOM_HISTORY);
  return service.server.chat.history.find(`room:${room.core.name}`, { limit, take: 'newest', sinceMs }).messages;
}

function numberOr(text: string | undefined, otherwise: number): number {
  return /^\d{1,6}$/.test(text ?? '') ? Number(text) : otherwise;
}
