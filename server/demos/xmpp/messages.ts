/** Messages from one person to another. https://www.rfc-editor.org/rfc/rfc6121#section-5 */
import type { SendRefusal } from '../../chat/session.ts';
import { carbonOf, wantsNoCarbon } from './carbons.ts';
import type { Jid } from './jid.ts';
import { nativeOf } from './message-stanza.ts';
import { NS } from './namespaces.ts';
import type { Session } from './session.ts';
import { StanzaError } from './stanza-error.ts';
import type { XmlElement } from './xml/element.ts';
import type { XmppServer } from './xmpp-server.ts';

/**
 * Delivers a message. What has a body goes through the chat core, so that it reaches every protocol, waits for who is
 * away and is in the history; all else passes by.
 */
export function deliverMessage(server: XmppServer, session: Session, stanza: XmlElement, to: Jid): void {
  const { type = 'normal' } = stanza.attrs;
  const user = to.local === '' ? null : server.user(to.local);
  if (!user) throw new StanzaError('service-unavailable', 'There is no such user.');
  if (user.blocks(session.jid)) throw new StanzaError('service-unavailable');
  if (type === 'groupchat' && !user.sessions.has(to.resource)) {
    throw new StanzaError('service-unavailable', 'That is no room.');
  }
  const body = stanza.childText('body');
  const resource = to.isBare ? null : to.resource;
  if (body && (type === 'chat' || type === 'normal'))
    send(server, session, stanza, body, { name: user.name, resource });
  else pass(server, session, user.name, stanza, to);
}

/** An account, or one of its sessions. */
interface Target {
  readonly name: string;
  readonly resource: string | null;
}

function send(server: XmppServer, session: Session, stanza: XmlElement, body: string, to: Target): void {
  const url = stanza.child('x', NS.outOfBand)?.childText('url');
  const file = url === undefined ? null : server.upload.find(url);
  const draft = { body, file, clientId: stanza.attrs.id ?? null, native: nativeOf(stanza) };
  const sent = session.chat.send(to.name, draft, to.resource);
  if ('refused' in sent) throw refusal(sent.refused);
}

/** Chat states, receipts, headlines, errors: they reach who is there, and nobody is told when nobody is. */
function pass(server: XmppServer, session: Session, name: string, stanza: XmlElement, to: Jid): void {
  const resource = to.isBare ? null : to.resource;
  session.chat.signal(name, { type: 'native', native: nativeOf(stanza) }, resource);
  const others = server.chat.sessionsOf(name).some((one) => one.protocol !== session.chat.protocol);
  if (others) passToOthers(session, name, stanza, resource);
  copy(server, session, name, stanza, to);
}

/** What other protocols have a word for. */
function passToOthers(session: Session, name: string, stanza: XmlElement, resource: string | null): void {
  const state = stanza.childIn(NS.chatStates)?.name;
  if (state) {
    session.chat.signal(name, { type: 'typing', state: state === 'composing' ? 'composing' : 'paused' }, resource);
  }
  const received = stanza.child('received', NS.receipts)?.attrs.id;
  if (received) session.chat.signal(name, { type: 'receipt', state: 'delivered', messageId: received }, resource);
}

/** Chat states and receipts are part of a chat: the user's other clients want them, too (XEP-0280 §6). */
function copy(server: XmppServer, session: Session, name: string, stanza: XmlElement, to: Jid): void {
  if (stanza.attrs.type !== 'chat' || wantsNoCarbon(stanza)) return;
  for (const other of session.user.sessions.values()) {
    if (other !== session && other.wantsCarbons) other.send(carbonOf('sent', stanza, other));
  }
  const user = server.user(name);
  if (!user || user === session.user) return;
  const named = user.sessions.get(to.resource);
  for (const other of user.sessions.values()) {
    const hasIt = named ? other === named : user.isFirstChoice(other);
    if (!hasIt && other.wantsCarbons) other.send(carbonOf('received', stanza, other));
  }
}

function refusal(reason: SendRefusal): StanzaError {
  switch (reason) {
    case 'no-such-user':
    case 'blocked':
    case 'not-connected':
      return new StanzaError('service-unavailable');
    case 'offline-full':
      return new StanzaError('resource-constraint', 'Too much waits for this user already.');
    case 'too-long':
      return new StanzaError('policy-violation', 'The message is too long.');
    default:
      return reason satisfies never;
  }
}
