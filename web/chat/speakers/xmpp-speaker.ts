/**
 * A user who speaks XMPP over a WebSocket, as little of it as talking needs.
 * https://www.rfc-editor.org/rfc/rfc7395 (WebSocket), RFC 6120 (core), RFC 6121 (messages), XEP-0045 (rooms)
 */
import { HISTORY_LIMIT } from '../limits.ts';
import type { Speaker, SpeakerHandlers } from './speaker.ts';
import type { OpenTextSocket, TextSocket } from './text-socket.ts';
import { childOf, escapeXml, type ParseXml, type Xml } from './xml.ts';

/** What an XMPP speaker is handed. */
export interface XmppSpeakerOptions {
  readonly open: OpenTextSocket;
  readonly parse: ParseXml;
  readonly user: string;
  readonly password: string;
  readonly resource: string;
  readonly handlers: SpeakerHandlers;
}

const LOBBY = '#lobby';
/** The one domain of the demo, and where its rooms are. */
const DOMAIN = 'localhost';
const ROOMS = `conference.${DOMAIN}`;
const LOBBY_JID = `lobby@${ROOMS}`;

const FRAMING = 'urn:ietf:params:xml:ns:xmpp-framing';
const SASL = 'urn:ietf:params:xml:ns:xmpp-sasl';
const BIND = 'urn:ietf:params:xml:ns:xmpp-bind';
const MUC = 'http://jabber.org/protocol/muc';
const STATES = 'http://jabber.org/protocol/chatstates';
const RECEIPTS = 'urn:xmpp:receipts';
const DELAY = 'urn:xmpp:delay';

/** A connection that speaks XMPP. */
export class XmppSpeaker implements Speaker {
  readonly call = null;
  readonly slot = null;
  readonly hasPeople = true;
  readonly #options: XmppSpeakerOptions;
  readonly #handlers: SpeakerHandlers;
  readonly #socket: TextSocket;
  /** Users in the room, by nick. */
  readonly #occupants = new Map<string, string>();
  #isLoggedIn = false;
  #isReady = false;
  #over = false;

  constructor(options: XmppSpeakerOptions) {
    this.#options = options;
    this.#handlers = options.handlers;
    this.#socket = options.open({
      opened: () => this.#openStream(),
      received: (text) => this.#receive(text),
      closed: () => this.#end(''),
    });
  }

  say(to: string, clientId: string, body: string): void {
    const isRoom = to === LOBBY;
    const receipt = isRoom ? '' : `<request xmlns='${RECEIPTS}'/>`;
    const text = `<body>${escapeXml(body)}</body>${receipt}<active xmlns='${STATES}'/>`;
    this.#message(to, ` id='${clientId}'`, text);
    // A room sends everything back, its sender's own, too; a user's message is acknowledged by nobody (but XEP-0198).
    if (!isRoom) this.#handlers.acknowledged(clientId, clientId, 'sent');
  }

  readonly type = (to: string, isTyping: boolean): void => {
    this.#message(to, '', `<${isTyping ? 'composing' : 'paused'} xmlns='${STATES}'/>`);
  };

  /** XEP-0184 knows that a message was delivered, not that it was read. */
  readonly receipt = (to: string, id: string): void => {
    this.#message(to, '', `<received xmlns='${RECEIPTS}' id='${escapeXml(id)}'/>`);
  };

  close(): void {
    this.#over = true;
    this.#send(`<close xmlns='${FRAMING}'/>`);
    this.#socket.close();
  }

  #message(to: string, attributes: string, content: string): void {
    const [jid, type] = to === LOBBY ? [LOBBY_JID, 'groupchat'] : [`${to}@${DOMAIN}`, 'chat'];
    this.#send(
      `<message xmlns='jabber:client' type='${type}' to='${escapeXml(jid)}'${attributes}>${content}</message>`,
    );
  }

  #openStream(): void {
    this.#send(`<open xmlns='${FRAMING}' to='${DOMAIN}' version='1.0'/>`);
  }

  #send(text: string): void {
    this.#handlers.frame('sent', text);
    this.#socket.send(text);
  }

  #receive(text: string): void {
    this.#handlers.frame('received', text);
    const stanza = this.#options.parse(text);
    if (stanza && !this.#over) this.#take(stanza);
  }

  #take(stanza: Xml): void {
    switch (stanza.name) {
      case 'features':
        this.#takeFeatures(stanza);
        return;
      case 'success':
        this.#isLoggedIn = true;
        this.#openStream();
        return;
      case 'iq':
        if (stanza.attributes.type === 'result' && stanza.attributes.id === 'bind') this.#enter();
        else if (stanza.attributes.type === 'error') this.#fail(stanza);
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
        this.#end('');
        return;
      default:
    }
  }

  #takeFeatures(features: Xml): void {
    const { user, password, resource } = this.#options;
    const mechanisms = childOf(features, 'mechanisms', SASL)?.children.map(({ text }) => text) ?? [];
    if (this.#isLoggedIn) {
      const bind = `<bind xmlns='${BIND}'><resource>${escapeXml(resource)}</resource></bind>`;
      this.#send(`<iq xmlns='jabber:client' type='set' id='bind'>${bind}</iq>`);
    } else if (mechanisms.includes('PLAIN')) {
      // RFC 4616 §2: no other identity, NUL, user, NUL, password.
      this.#send(`<auth xmlns='${SASL}' mechanism='PLAIN'>${btoa(`\0${user}\0${password}`)}</auth>`);
    } else {
      this.#socket.close();
      this.#end(`PLAIN is not offered here: ${mechanisms.join(', ')}`);
    }
  }

  #enter(): void {
    const nick = escapeXml(this.#options.user);
    this.#send("<presence xmlns='jabber:client'/>");
    const history = `<x xmlns='${MUC}'><history maxstanzas='${HISTORY_LIMIT}'/></x>`;
    this.#send(`<presence xmlns='jabber:client' to='${LOBBY_JID}/${nick}'>${history}</presence>`);
  }

  #takePresence(presence: Xml): void {
    const { from = '', type = '' } = presence.attributes;
    const { bare, resource: nick } = parseJid(from);
    if (bare !== LOBBY_JID) return;
    if (type === 'error') {
      this.#fail(presence);
      return;
    }
    const user = childOf(presence, 'x', `${MUC}#user`);
    const jid = user && childOf(user, 'item')?.attributes.jid;
    const isGone = type === 'unavailable';
    if (this.#isReady && isGone !== !this.#occupants.has(nick)) {
      this.#handlers.notice(`${nick} ${isGone ? 'left' : 'joined'}`);
    }
    if (isGone) this.#occupants.delete(nick);
    else this.#occupants.set(nick, jid === undefined ? '' : (parseJid(jid).bare.split('@')[0] ?? ''));
    const people = new Set([...this.#occupants.values()].filter((name) => name !== '' && name !== this.#options.user));
    this.#handlers.people([...people].sort());
    // XEP-0045 §7.2.2: the own presence comes last, with 110.
    if (!this.#isReady && user?.children.some(({ attributes }) => attributes.code === '110')) {
      this.#isReady = true;
      this.#handlers.ready();
    }
  }

  #takeMessage(message: Xml): void {
    const { from = '', id = '', type = '' } = message.attributes;
    const { bare, resource } = parseJid(from);
    const isRoom = bare === LOBBY_JID;
    const name = isRoom ? resource : (bare.split('@')[0] ?? bare);
    if (type === 'error') {
      if (id !== '') this.#handlers.refused(id, errorText(message));
      return;
    }
    const state = message.children.find(({ xmlns }) => xmlns === STATES)?.name;
    if (state === 'composing' || state === 'paused') {
      if (name !== this.#options.user) this.#handlers.typing(name, isRoom ? LOBBY : name, state === 'composing');
    }
    const receipt = childOf(message, 'received', RECEIPTS)?.attributes.id;
    if (receipt !== undefined) this.#handlers.receipt(receipt, 'delivered');
    const body = childOf(message, 'body')?.text;
    if (body !== undefined) this.#takeBody(message, { body, name, isRoom });
    else if (isRoom && childOf(message, 'subject')?.text) {
      this.#handlers.notice(`${name}: ${childOf(message, 'subject')?.text ?? ''}`);
    }
  }

  #takeBody(message: Xml, { body, name, isRoom }: { body: string; name: string; isRoom: boolean }): void {
    const { id = '' } = message.attributes;
    const stamp = childOf(message, 'delay', DELAY)?.attributes.stamp;
    const own = isRoom && name === this.#options.user;
    const serverId = childOf(message, 'stanza-id')?.attributes.id ?? null;
    if (own && stamp === undefined && serverId !== null) this.#handlers.acknowledged(id, serverId, 'said');
    this.#handlers.heard({
      id: isRoom ? serverId : id === '' ? null : id,
      clientId: id === '' ? null : id,
      from: name,
      with: isRoom ? LOBBY : name,
      own,
      body,
      file: null,
      atMs: stamp === undefined ? null : Date.parse(stamp),
    });
  }

  /** Before the room is reached an error is the end; later it is a notice. */
  #fail(stanza: Xml): void {
    const reason = errorText(stanza);
    if (this.#isReady && stanza.name !== 'error') {
      this.#handlers.notice(reason);
      return;
    }
    this.#socket.close();
    this.#end(reason);
  }

  #end(reason: string): void {
    if (this.#over) return;
    this.#over = true;
    this.#handlers.closed(reason);
  }
}

/** `lobby@conference.localhost/ann` → room and nick. */
function parseJid(jid: string): { bare: string; resource: string } {
  const slash = jid.indexOf('/');
  return slash === -1 ? { bare: jid, resource: '' } : { bare: jid.slice(0, slash), resource: jid.slice(slash + 1) };
}

/** The server's own words, else the name of the condition (RFC 6120 §8.3.2). */
function errorText(stanza: Xml): string {
  const error = stanza.name === 'error' || stanza.name === 'failure' ? stanza : childOf(stanza, 'error');
  const text = error && childOf(error, 'text')?.text;
  return text || (error?.children[0]?.name ?? stanza.name);
}
