/**
 * A user who speaks XMPP over a WebSocket, as little of it as talking needs.
 * https://www.rfc-editor.org/rfc/rfc7395 (WebSocket), RFC 6120 (core), RFC 6121 (messages), XEP-0045 (rooms),
 * XEP-0363 and 0066 (files)
 */
import type { Clock } from '../../../session/clock.ts';
import { filePath } from '../file-path.ts';
import { LiveSocket } from '../live-socket.ts';
import { LOBBY, type Speaker, type SpeakerHandlers } from '../speaker.ts';
import type { OpenTextSocket } from '../text-socket.ts';
import { childOf, escapeXml, type ParseXml, type Xml } from '../xml.ts';
import { callIn, errorText, heardIn, isPassing, putOutIn } from './read.ts';
import {
  answerStanza,
  authStanza,
  bindStanza,
  bodyOf,
  callOf,
  joinStanza,
  kickStanza,
  LOBBY_JID,
  messageStanza,
  NS,
  openStanza,
  parseJid,
  pingStanza,
  slotStanza,
} from './stanzas.ts';

/** What an XMPP speaker is handed. */
export interface XmppSpeakerOptions {
  readonly open: OpenTextSocket;
  readonly parse: ParseXml;
  readonly user: string;
  readonly password: string;
  readonly resource: string;
  /** Whom it knows: a room does not tell who its occupants are, but to who moderates it. */
  readonly contacts: readonly string[];
  readonly clock: Clock;
  readonly handlers: SpeakerHandlers;
}

/** A connection that speaks XMPP. */
export class XmppSpeaker implements Speaker {
  readonly repeats = false;
  readonly hasPeople = true;
  readonly #options: XmppSpeakerOptions;
  readonly #handlers: SpeakerHandlers;
  readonly #socket: LiveSocket;
  /** Users in the room, by nick. */
  readonly #occupants = new Map<string, string>();
  #requests = 0;
  #isLoggedIn = false;
  #isReady = false;

  constructor(options: XmppSpeakerOptions) {
    this.#options = options;
    this.#handlers = options.handlers;
    const { open, clock, handlers } = options;
    this.#socket = new LiveSocket({
      open,
      clock,
      handlers,
      opened: () => this.#send(openStanza()),
      received: (text) => this.#receive(text),
      ask: () => this.#send(pingStanza(`ping-${this.#nextRequest()}`)),
      reason: () => '',
    });
  }

  say(to: string, clientId: string, body: string, fileId: string | null): void {
    const isRoom = to === LOBBY;
    const receipt = isRoom ? '' : `<request xmlns='${NS.receipts}'/>`;
    this.#send(messageStanza(to, clientId, `${bodyOf(body, fileId)}${receipt}<active xmlns='${NS.states}'/>`));
    // A room sends everything back, its sender's own, too; a user's message is acknowledged by nobody (but XEP-0198).
    if (!isRoom) this.#handlers.acknowledged(clientId, clientId, 'sent');
  }

  setSubject(text: string): void {
    this.#send(messageStanza(LOBBY, '', `<subject>${escapeXml(text)}</subject>`));
  }

  kick(nick: string, reason: string): void {
    this.#send(kickStanza(`kick-${this.#nextRequest()}`, nick, reason));
  }

  readonly type = (to: string, isTyping: boolean): void => {
    this.#send(messageStanza(to, '', `<${isTyping ? 'composing' : 'paused'} xmlns='${NS.states}'/>`));
  };

  /** XEP-0184 knows that a message was delivered, not that it was read. */
  readonly receipt = (to: string, id: string): void => {
    this.#send(messageStanza(to, '', `<received xmlns='${NS.receipts}' id='${escapeXml(id)}'/>`));
  };

  readonly call: NonNullable<Speaker['call']> = (to, callId, step, payload) => {
    this.#send(messageStanza(to, `call-${callId}`, callOf(callId, step, payload)));
  };

  /** The file's id is its address: that is what a message links to. */
  readonly slot: NonNullable<Speaker['slot']> = (file) =>
    this.#socket.slots.ask((id) => this.#send(slotStanza(id, file)));

  close(): void {
    this.#send(`<close xmlns='${NS.framing}'/>`);
    this.#socket.close();
  }

  #nextRequest(): number {
    this.#requests += 1;
    return this.#requests;
  }

  #send(text: string): void {
    this.#socket.send(text);
  }

  #receive(text: string): void {
    const stanza = this.#options.parse(text);
    if (stanza) this.#take(stanza);
  }

  #take(stanza: Xml): void {
    switch (stanza.name) {
      case 'features':
        this.#takeFeatures(stanza);
        return;
      case 'success':
        this.#isLoggedIn = true;
        this.#send(openStanza());
        return;
      case 'iq':
        this.#takeIq(stanza);
        return;
      case 'presence':
        this.#takePresence(stanza);
        return;
      case 'message':
        this.#takeMessage(stanza);
        return;
      case 'failure':
      case 'error':
        this.#fail(stanza);
        return;
      case 'close':
        this.#socket.end('');
        return;
      default:
    }
  }

  #takeFeatures(features: Xml): void {
    const { user, password, resource } = this.#options;
    const mechanisms = childOf(features, 'mechanisms', NS.sasl)?.children.map(({ text }) => text) ?? [];
    if (this.#isLoggedIn) this.#send(bindStanza(resource));
    else if (mechanisms.includes('PLAIN')) this.#send(authStanza(user, password));
    else this.#socket.end('', mechanisms);
  }

  #takeIq(iq: Xml): void {
    const { type, id = '' } = iq.attributes;
    if (this.#socket.slots.has(id)) this.#takeSlot(id, iq);
    else if (type === 'result' && id === 'bind') this.#enter();
    else if (type === 'error') this.#fail(iq);
    else if (type === 'get' || type === 'set') this.#send(answerStanza(iq));
  }

  #takeSlot(id: string, iq: Xml): void {
    const place = childOf(iq, 'slot', NS.upload);
    const put = place && filePath(childOf(place, 'put')?.attributes.url ?? '');
    const get = place && childOf(place, 'get')?.attributes.url;
    if (iq.attributes.type === 'error') this.#socket.slots.refuse(id, errorText(iq));
    else if (put && get) this.#socket.slots.give(id, { path: put, fileId: get });
    else this.#socket.slots.refuse(id, 'The server offers a place elsewhere than on this page’s server.');
  }

  #enter(): void {
    this.#send("<presence xmlns='jabber:client'/>");
    this.#send(joinStanza(this.#options.user));
  }

  #takePresence(presence: Xml): void {
    const { from = '', type = '' } = presence.attributes;
    const { bare, resource: nick } = parseJid(from);
    if (bare !== LOBBY_JID) return;
    if (type === 'error') this.#fail(presence);
    else if (type === 'unavailable') this.#takeLeaving(nick, presence);
    else this.#takeOccupant(nick, presence);
  }

  #takeLeaving(nick: string, presence: Xml): void {
    const putOut = putOutIn(presence);
    if (putOut?.isSelf) {
      this.#socket.end(putOut.text);
      return;
    }
    this.#occupants.delete(nick);
    this.#handlers.notice(putOut?.text ?? `${nick} left`);
    this.#showPeople();
  }

  #takeOccupant(nick: string, presence: Xml): void {
    const about = childOf(presence, 'x', NS.mucUser);
    const jid = about && childOf(about, 'item')?.attributes.jid;
    if (this.#isReady && !this.#occupants.has(nick)) this.#handlers.notice(`${nick} joined`);
    this.#occupants.set(nick, jid === undefined ? '' : parseJid(jid).user);
    this.#showPeople();
    // XEP-0045 #enter-pres: the own presence comes last, with 110.
    if (this.#isReady || !about?.children.some(({ attributes }) => attributes.code === '110')) return;
    this.#isReady = true;
    this.#handlers.ready();
  }

  #showPeople(): void {
    const { contacts, user } = this.#options;
    const known = new Set([...contacts, ...this.#occupants.values()]);
    this.#handlers.people([...known].filter((name) => name !== '' && name !== user).sort());
  }

  #takeMessage(message: Xml): void {
    const { id = '', type = '' } = message.attributes;
    if (type === 'error') this.#takeRefusal(id, errorText(message));
    else {
      this.#takeSignals(message);
      this.#takeWords(message);
    }
  }

  #takeRefusal(id: string, reason: string): void {
    if (id.startsWith('call-')) this.#handlers.call('', id.slice('call-'.length), 'hangup', reason);
    else if (id !== '') this.#handlers.refused(id, reason);
  }

  #takeSignals(message: Xml): void {
    const { bare, user, resource } = parseJid(message.attributes.from ?? '');
    const [name, where] = bare === LOBBY_JID ? [resource, LOBBY] : [user, user];
    const state = message.children.find(({ xmlns }) => xmlns === NS.states)?.name;
    if ((state === 'composing' || state === 'paused') && name !== this.#options.user) {
      this.#handlers.typing(name, where, state === 'composing');
    }
    const receipt = childOf(message, 'received', NS.receipts)?.attributes.id;
    if (receipt !== undefined) this.#handlers.receipt(receipt, 'delivered');
    const call = callIn(message);
    if (call) this.#handlers.call(call.from, call.callId, call.step, call.payload);
  }

  #takeWords(message: Xml): void {
    const heard = heardIn(message, this.#options.user);
    const subject = childOf(message, 'subject')?.text;
    if (!heard) {
      const { bare, resource } = parseJid(message.attributes.from ?? '');
      if (bare === LOBBY_JID && subject) this.#handlers.notice(`${resource}: ${subject}`);
      return;
    }
    const isEcho = heard.own && heard.atMs === null;
    if (isEcho && heard.id !== null) this.#handlers.acknowledged(heard.clientId ?? '', heard.id, 'said');
    this.#handlers.heard(heard);
  }

  /** Before the room is reached an error is the end; later it is a notice. */
  #fail(stanza: Xml): void {
    const reason = errorText(stanza);
    if (this.#isReady && stanza.name !== 'error') {
      this.#handlers.notice(reason);
      return;
    }
    this.#socket.end(isPassing(stanza) ? '' : reason);
  }
}
