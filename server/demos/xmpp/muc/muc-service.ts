/** The rooms, at a domain of their own. https://xmpp.org/extensions/xep-0045.html */
import type { Room } from '../../../chat/room.ts';
import type { Jid } from '../jid.ts';
import { nativeOf } from '../message-stanza.ts';
import { NS } from '../namespaces.ts';
import type { Service } from '../service.ts';
import type { Session } from '../session.ts';
import { StanzaError } from '../stanza-error.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import type { XmppServer } from '../xmpp-server.ts';
import { invite } from './invite.ts';
import { comeIn, takePresence } from './joining.ts';
import { MucRoom } from './muc-room.ts';
import { Occupant } from './occupant.ts';
import { refusalOf } from './refusals.ts';
import { answerRoomIq, answerServiceIq } from './room-iq.ts';
import { takeVoiceForm, voiceForm } from './voice.ts';

/** Takes what is sent to rooms and their occupants. */
export class MucService implements Service {
  readonly domain: string;
  readonly identity = { category: 'conference', type: 'text', name: 'Rooms' } as const;
  readonly server: XmppServer;
  readonly #rooms = new WeakMap<Room, MucRoom>();

  constructor(server: XmppServer) {
    this.server = server;
    this.domain = `conference.${server.domain}`;
  }

  /** A core room as XMPP shows it. */
  show(core: Room): MucRoom {
    const known = this.#rooms.get(core);
    if (known) return known;
    const room = new MucRoom(core, this.domain, this.server.domain, (name) => this.server.user(name)?.picture ?? '');
    this.#rooms.set(core, room);
    return room;
  }

  /** See `Service`. */
  receive(session: Session, stanza: XmlElement, to: Jid): void {
    try {
      this.#receive(session, stanza, to);
    } catch (error) {
      if (error instanceof StanzaError && to.local !== '') {
        error.by = to.bare;
        // Without it, profanity takes itself for joining for ever.
        if (stanza.child('x', NS.muc)) error.about = xml(NS.muc, 'x');
      }
      throw error;
    }
  }

  #receive(session: Session, stanza: XmlElement, to: Jid): void {
    if (stanza.attrs.type === 'error') this.#error(session, stanza, to);
    else if (stanza.name === 'presence') this.#presence(session, stanza, to);
    else if (stanza.name === 'message') this.#message(session, stanza, to);
    else if (to.local === '') answerServiceIq(this, session, stanza);
    else answerRoomIq(this, session, stanza, to);
  }

  /** A client that can't take what the room sends is out of it. */
  #error(session: Session, stanza: XmlElement, to: Jid): void {
    const seat = session.rooms.get(to.bare);
    if (stanza.name === 'presence' && seat instanceof Occupant) seat.leave('lost', brokenBy(stanza));
  }

  #presence(session: Session, stanza: XmlElement, to: Jid): void {
    const seat = session.rooms.get(to.bare);
    if (seat instanceof Occupant) takePresence(this, seat, stanza, to);
    else if (stanza.attrs.type === undefined) comeIn(this, session, stanza, to);
    else if (stanza.attrs.type === 'probe')
      throw new StanzaError('not-acceptable', 'Enter the room first.', [], 'cancel');
  }

  #message(session: Session, stanza: XmlElement, to: Jid): void {
    const seat = session.rooms.get(to.bare);
    const voice = voiceForm(stanza);
    if (to.isBare && stanza.child('x', NS.mucUser)?.child('invite')) invite(this, session, stanza, to);
    else if (!(seat instanceof Occupant)) throw new StanzaError('not-acceptable', 'Enter the room first.');
    else if (!to.isBare) whisper(this, seat, stanza, to.resource);
    else if (voice) {
      if (seat.place) takeVoiceForm(seat.place, voice);
    } else if (stanza.attrs.type === 'groupchat') say(this, seat, stanza);
    else throw new StanzaError('bad-request', 'Messages to a room are of type groupchat.');
  }
}

/** What is told of somebody whose client can't go on. */
function brokenBy(stanza: XmlElement): string {
  const error = stanza.child('error');
  if (!error) return stanza.childText('status') ?? '';
  const condition = error.elements.find(({ ns, name }) => ns === NS.stanzaErrors && name !== 'text');
  const text = error.childText('text', NS.stanzaErrors);
  return `Kicked: ${condition?.name.replaceAll('-', ' ') ?? 'undefined condition'}${text ? `: ${text}` : ''}`;
}

function say({ server }: MucService, seat: Occupant, stanza: XmlElement): void {
  const member = seat.place?.member;
  const body = stanza.childText('body');
  const subject = stanza.childText('subject');
  if (!member) return;
  // A subject with a thread is the title of a message, as one with a body is (XEP-0045).
  const text = body || (stanza.child('thread') ? subject : undefined);
  if (text) {
    const said = member.say(server.upload.draftOf(stanza, text));
    if ('refused' in said) throw refusalOf(said.refused);
  } else if (subject !== undefined && body === undefined) {
    const refused = member.setSubject(subject);
    if (refused) throw refusalOf(refused);
  } else member.signal({ type: 'native', native: nativeOf(stanza) });
  seat.waitForTurn();
}

function whisper({ server }: MucService, { place }: Occupant, stanza: XmlElement, nick: string): void {
  const { type } = stanza.attrs;
  const body = stanza.childText('body');
  if (type === 'groupchat') throw new StanzaError('bad-request', 'A message to one occupant is of type chat.');
  if (!place || !body) return;
  const said = place.member.whisper(nick, server.upload.draftOf(stanza, body));
  if ('refused' in said) throw refusalOf(said.refused);
}
