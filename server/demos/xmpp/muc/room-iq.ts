/** Questions to the rooms' domain, to a room, and to an occupant. */
import type { RoomSettings } from '../../../chat/room-settings.ts';
import { formOf } from '../form.ts';
import { formAnswer, sendArchive } from '../iq/archive.ts';
import { infoOf } from '../iq/disco.ts';
import { resultOf } from '../iq/table.ts';
import type { Jid } from '../jid.ts';
import { NS } from '../namespaces.ts';
import type { Session } from '../session.ts';
import { StanzaError } from '../stanza-error.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import { answerAdmin } from './admin.ts';
import { groupStanza } from './message-form.ts';
import type { MucRoom } from './muc-room.ts';
import type { MucService } from './muc-service.ts';
import { Occupant, type Place } from './occupant.ts';
import { answerOwner } from './owner.ts';
import { answerRegistration, reservedNick } from './registration.ts';

/** To the domain: what it is, and which rooms there are. */
export function answerServiceIq({ server, identity, domain }: MucService, session: Session, iq: XmlElement): void {
  const payload = requestOf(iq);
  if (!payload) return;
  if (payload.is(NS.discoInfo, 'query')) {
    session.send(resultOf(iq, infoOf([identity], [NS.discoInfo, NS.discoItems, NS.muc, NS.ping])));
  } else if (payload.is(NS.discoItems, 'query')) {
    const items = server.chat.rooms
      .list()
      .filter(({ settings }) => settings.isListed)
      .map(({ name }) => xml(NS.discoItems, 'item', { jid: `${name}@${domain}`, name }));
    session.send(resultOf(iq, xml(NS.discoItems, 'query', {}, ...items)));
  } else if (payload.is(NS.ping, 'ping')) session.send(resultOf(iq, null));
  else throw new StanzaError('service-unavailable');
}

/** To a room or an occupant. */
export function answerRoomIq(service: MucService, session: Session, iq: XmlElement, to: Jid): void {
  const payload = requestOf(iq);
  if (!payload) return;
  const seat = session.rooms.get(to.bare);
  const place = seat instanceof Occupant ? seat.place : null;
  if (!to.isBare) answerSelfPing(session, iq, payload, place, to);
  else if (payload.ns === NS.mucOwner && !service.server.chat.rooms.get(to.local)) {
    throw new StanzaError('item-not-found', 'Enter the room to open it.');
  } else answerRoom(service, session, iq, payload, { room: roomAt(service, to), place });
}

interface Asked {
  readonly room: MucRoom;
  /** The asker's own place, `null` when it is outside. */
  readonly place: Place | null;
}

function answerRoom(
  service: MucService,
  session: Session,
  iq: XmlElement,
  payload: XmlElement,
  { room, place }: Asked,
): void {
  const { node } = payload.attrs;
  if (payload.is(NS.discoInfo, 'query') && node === 'x-roomuser-item') {
    session.send(resultOf(iq, reservedNick(room, session, node)));
  } else if (payload.is(NS.discoInfo, 'query')) session.send(resultOf(iq, roomInfo(room)));
  else if (payload.is(NS.discoItems, 'query')) session.send(resultOf(iq, occupants(room)));
  else if (payload.is(NS.mucAdmin, 'query'))
    afterNews(session, iq, room, answerAdmin({ room, session, place }, iq, payload));
  else if (payload.is(NS.mucOwner, 'query')) answerOwnerIq(session, iq, payload, { room, place });
  else if (payload.is(NS.register, 'query'))
    afterNews(session, iq, room, answerRegistration(room, session, iq, payload));
  else if (payload.is(NS.archive, 'query')) answerArchive(service, session, iq, payload, { room, place });
  else throw new StanzaError('service-unavailable');
}

function answerOwnerIq(session: Session, iq: XmlElement, query: XmlElement, { room, place }: Asked): void {
  const { payload, codes } = answerOwner(place, iq, query);
  afterNews(session, iq, room, payload);
  if (codes.length > 0) room.announce('groupchat', codes);
}

/** Whoever changes something in a room hears of the change first, as everybody does, and then that it is done. */
function afterNews(session: Session, iq: XmlElement, room: MucRoom, answer: XmlElement | null): void {
  room.core.flush();
  session.send(resultOf(iq, answer));
}

/** XEP-0410: whether one is still in the room. Other occupants are not asked anything through a room here. */
function answerSelfPing(session: Session, iq: XmlElement, payload: XmlElement, place: Place | null, to: Jid): void {
  if (!place) throw new StanzaError('not-acceptable', 'You are not in the room.');
  if (!payload.is(NS.ping, 'ping') || to.resource !== place.member.nick) throw new StanzaError('service-unavailable');
  session.send(resultOf(iq, null));
}

function answerArchive(
  { server }: MucService,
  session: Session,
  iq: XmlElement,
  query: XmlElement,
  { room, place }: Asked,
): void {
  if (!place) throw new StanzaError('forbidden', 'Enter the room first.');
  if (iq.attrs.type === 'get') session.send(resultOf(iq, formAnswer()));
  else {
    const owner = `room:${room.core.name}` as const;
    sendArchive(server, {
      session,
      iq,
      query,
      owner,
      by: room.jid.bare,
      show: (message) => groupStanza(room, message),
    });
  }
}

function roomAt(service: MucService, to: Jid): MucRoom {
  const core = service.server.chat.rooms.get(to.local);
  if (!core) throw new StanzaError('item-not-found', 'There is no such room.');
  return service.show(core);
}

function roomInfo({ core }: MucRoom): XmlElement {
  const { settings } = core;
  const form = formOf('result', NS.mucRoomInfo, [
    { var: 'muc#roominfo_description', value: settings.description },
    { var: 'muc#roominfo_occupants', value: String(core.members().length) },
    { var: 'muc#roominfo_subject', value: core.subject?.text ?? '' },
  ]);
  const features = [
    NS.discoInfo,
    NS.discoItems,
    NS.muc,
    NS.register,
    NS.mucRequest,
    NS.archive,
    NS.stanzaIds,
    ...kindsOf(settings),
  ];
  return infoOf([{ category: 'conference', type: 'text', name: settings.title || core.name }], features, form);
}

/** What kind of room it is (XEP-0045). */
function kindsOf(settings: RoomSettings): string[] {
  return [
    settings.isListed ? 'muc_public' : 'muc_hidden',
    settings.membersOnly ? 'muc_membersonly' : 'muc_open',
    'muc_temporary',
    settings.moderated ? 'muc_moderated' : 'muc_unmoderated',
    settings.showsAccounts ? 'muc_nonanonymous' : 'muc_semianonymous',
    settings.password === '' ? 'muc_unsecured' : 'muc_passwordprotected',
  ];
}

function occupants({ core, jid }: MucRoom): XmlElement {
  const items = core.nicks().map((nick) => xml(NS.discoItems, 'item', { jid: jid.at(nick).toString() }));
  return xml(NS.discoItems, 'query', {}, ...items);
}

function requestOf(iq: XmlElement): XmlElement | null {
  const { type, id } = iq.attrs;
  if (type === 'result') return null;
  const [payload] = iq.elements;
  if (!payload || !id || (type !== 'get' && type !== 'set')) throw new StanzaError('bad-request');
  return payload;
}
