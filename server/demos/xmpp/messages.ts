/** Messages from one person to another. https://www.rfc-editor.org/rfc/rfc6121#section-5 */
import type { CommonSignal } from '../../chat/message.ts';
import type { SendRefusal } from '../../chat/session.ts';
import { callIn } from './call.ts';
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
  if (!isForSomebody(server, user.name, type, resource)) return;
  if (body && (type === 'chat' || type === 'normal'))
    send(server, session, stanza, body, { name: user.name, resource });
  else pass(server, session, user.name, stanza, to);
}

/**
 * Only chat goes to another session than the one that is meant (RFC 6121 §8.5.3.2.1); an error goes to that one or
 * nowhere. Throws where the sender is to be told.
 */
function isForSomebody(server: XmppServer, name: string, type: string, resource: string | null): boolean {
  if (resource === null) return type !== 'error';
  if (type === 'chat' || server.chat.session(name, resource)) return true;
  if (type === 'normal') throw new StanzaError('service-unavailable', 'This client is not there.');
  return false;
}

/** An account, or one of its sessions. */
interface Target {
  readonly name: string;
  readonly resource: string | null;
}

function send(server: XmppServer, session: Session, stanza: XmlElement, body: string, to: Target): void {
  const sent = session.chat.send(to.name, server.upload.draftOf(stanza, body), to.resource);
  if ('refused' in sent) throw refusal(sent.refused);
}

/** Chat states, receipts, headlines, errors: they reach who is there; some wait for who is away. Who calls is told at once. */
function pass(server: XmppServer, session: Session, name: string, stanza: XmlElement, to: Jid): void {
  const resource = to.isBare ? null : to.resource;
  const means = meaningOf(stanza);
  const waits = means?.type !== 'call' && mayWait(stanza);
  const taken = session.chat.signal(name, { type: 'native', native: nativeOf(stanza), means }, resource, waits);
  if (!taken && waits) throw refusal('offline-full');
  if (!taken && means?.type === 'call') throw new StanzaError('recipient-unavailable', 'Nobody is there for a call.');
  copy(server, session, name, stanza, to);
}

/** What other protocols have a word for. */
function meaningOf(stanza: XmlElement): CommonSignal | null {
  const state = stanza.childIn(NS.chatStates)?.name;
  const received = stanza.child('received', NS.receipts)?.attrs.id;
  const call = callIn(stanza);
  if (call) return call;
  if (received) return { type: 'receipt', state: 'delivered', messageId: received };
  return state ? { type: 'typing', state: state === 'composing' ? 'composing' : 'paused' } : null;
}

/**
 * Whether it is kept for somebody who is away: receipts and markers are, what only says that somebody is typing is not
 * (XEP-0160 §3), nor what the sender does not want kept (XEP-0334).
 */
function mayWait(stanza: XmlElement): boolean {
  const { type = 'normal' } = stanza.attrs;
  if (type !== 'chat' && type !== 'normal') return false;
  if (stanza.child('no-store', NS.hints) || stanza.child('no-permanent-store', NS.hints)) return false;
  return stanza.elements.some(({ ns, name }) => ns !== NS.chatStates && ns !== NS.hints && name !== 'thread');
}

/** Chat states and receipts are part of a chat: the user's other clients want them, too (XEP-0280). */
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
      return new StanzaError('service-unavailable', 'Too much waits for this user already.', [], 'wait');
    case 'too-long':
      return new StanzaError('policy-violation', 'The message is too long.');
    default:
      return reason satisfies never;
  }
}
