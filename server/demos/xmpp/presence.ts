/** Who is there, and who is told. https://www.rfc-editor.org/rfc/rfc6121#section-4 */
import type { Presence, Show } from '../../chat/presence.ts';
import { withPicture } from './avatar.ts';
import { tellForeignPresence } from './foreign-presence.ts';
import type { Jid } from './jid.ts';
import { MAX_DIRECTED, MAX_PRESENCE_BYTES } from './limits.ts';
import { weightOf } from './message-stanza.ts';
import { NS } from './namespaces.ts';
import { delayOf, deliverOffline } from './offline.ts';
import type { Session } from './session.ts';
import { StanzaError } from './stanza-error.ts';
import { answerProbe, isSubscriptionType, requestSubscription } from './subscriptions.ts';
import { type XmlElement, xml } from './xml/element.ts';
import type { XmppServer } from './xmpp-server.ts';

/** Takes a client's presence: to everybody who may see it, or to the one it names. */
export function receivePresence(server: XmppServer, session: Session, stanza: XmlElement, to: Jid | null): void {
  const { type } = stanza.attrs;
  if (type === 'error') return;
  if (weightOf(stanza) > MAX_PRESENCE_BYTES) {
    throw new StanzaError('policy-violation', `A presence may have ${MAX_PRESENCE_BYTES} octets.`);
  }
  if (isSubscriptionType(type)) {
    if (!to) throw new StanzaError('bad-request', 'A request for a subscription names whom it is for.');
    requestSubscription(server, session, stanza, to.toBare());
  } else if (type === 'probe') {
    if (to) answerProbe(server, session, to);
  } else if (type !== undefined && type !== 'unavailable') {
    throw new StanzaError('bad-request', 'There is no such type of presence.');
  } else if (to) sendDirected(server, session, stanza, to);
  else if (type === 'unavailable') {
    session.send(stanza);
    goUnavailable(server, session, stanza);
  } else becomeAvailable(server, session, stanza);
}

/** The session is gone for everybody who knew of it; `stanza` is its last word. Harmless when nobody did. */
export function goUnavailable(server: XmppServer, session: Session, stanza?: XmlElement): void {
  const last = stanza ?? xml(NS.client, 'presence', { type: 'unavailable', from: session.jid.toString() });
  const wasAvailable = session.presence !== null;
  session.presence = null;
  session.priority = 0;
  if (wasAvailable) broadcast(server, session, last);
  for (const to of session.directed.values()) deliverPresence(server, session, last, to);
  session.directed.clear();
  session.user.lastSeenMs = server.now().getTime();
  session.user.lastStatus = last.childText('status') ?? '';
  session.chat.setPresence(null);
}

/** Sends presence to whomever it is addressed; nobody is told when they are not there. */
export function deliverPresence(server: XmppServer, from: Session, stanza: XmlElement, to: Jid): void {
  const service = server.services.get(to.domain);
  if (service) {
    service.receive(from, stanza.with({ to: to.toString() }), to);
    return;
  }
  const user = to.domain === server.domain ? server.user(to.local) : null;
  if (!user || user.blocks(from.jid)) return;
  const addressed = stanza.with({ to: to.toString() });
  if (to.isBare) for (const session of user.available) session.send(addressed);
  else user.sessions.get(to.resource)?.send(addressed);
}

/** What a session last said, to one address. */
export function sendPresenceOf(server: XmppServer, session: Session, to: Jid): void {
  if (session.presence && !session.user.blocks(to)) deliverPresence(server, session, session.presence, to);
}

function becomeAvailable(server: XmppServer, session: Session, sent: XmlElement): void {
  const stanza = withPicture(sent, session.user.picture);
  const isFirst = session.presence === null;
  const couldReceive = !isFirst && session.priority >= 0;
  const priority = priorityOf(stanza);
  session.presence = stanza.plus(delayOf(server.now().getTime(), server.domain));
  session.priority = priority;
  session.chat.setPresence(corePresence(stanza, priority));
  // RFC 6121 §4.2.2: also to the one that it came from.
  session.send(stanza);
  broadcast(server, session, stanza);
  if (isFirst) tellNewcomer(server, session);
  if (priority >= 0 && !couldReceive) deliverOffline(server, session);
}

/** To the account's other clients, and to the contacts that may see it. */
function broadcast(server: XmppServer, session: Session, stanza: XmlElement): void {
  const { user } = session;
  for (const other of user.available) {
    if (other !== session) other.send(stanza.with({ to: other.jid.toString() }));
  }
  for (const contact of user.roster.contacts) {
    if (contact.from && !user.blocks(contact.jid)) deliverPresence(server, session, stanza, contact.jid);
  }
}

/** What somebody who has just come hears: who else is there, and who has asked meanwhile. */
function tellNewcomer(server: XmppServer, session: Session): void {
  const { user, jid } = session;
  for (const contact of user.roster.contacts) {
    if (!contact.to || user.blocks(contact.jid)) continue;
    const other = server.user(contact.jid.local);
    for (const there of other?.available ?? []) sendPresenceOf(server, there, jid);
    tellForeignPresence(server, session, contact.jid.local);
  }
  for (const other of user.available) if (other !== session) sendPresenceOf(server, other, jid);
  tellForeignPresence(server, session, user.name);
  for (const contact of user.roster.contacts) if (contact.request) session.send(contact.request);
}

/** To somebody who need not be a contact (RFC 6121 §4.6). */
function sendDirected(server: XmppServer, session: Session, stanza: XmlElement, to: Jid): void {
  const key = to.toString();
  if (stanza.attrs.type === 'unavailable') session.directed.delete(key);
  else if (session.directed.size >= MAX_DIRECTED && !session.directed.has(key)) {
    throw new StanzaError('resource-constraint', `Presence can be sent to ${MAX_DIRECTED} addresses by name.`);
  } else if (!session.user.roster.get(to.bare)?.from) session.directed.set(key, to);
  deliverPresence(server, session, stanza, to);
}

/** RFC 6121 §4.7.2.3: -128 to 127; what is none counts as 0, what is beyond as the nearest. */
function priorityOf(stanza: XmlElement): number {
  const text = stanza.childText('priority')?.trim() ?? '';
  return /^[+-]?\d{1,9}$/.test(text) ? Math.max(-128, Math.min(127, Number(text))) : 0;
}

const SHOWS: Readonly<Record<string, Show>> = { chat: 'chat', away: 'away', xa: 'away-long', dnd: 'busy' };

/** Octets of a status that other protocols are shown. */
const MAX_SHOWN_STATUS_CHARS = 300;

/** As other protocols see it. */
export function corePresence(stanza: XmlElement, priority: number): Presence {
  const show = SHOWS[stanza.childText('show')?.trim() ?? ''] ?? 'online';
  return { show, status: (stanza.childText('status') ?? '').slice(0, MAX_SHOWN_STATUS_CHARS), priority };
}

const NAMES: Readonly<Record<Show, string | null>> = {
  online: null,
  chat: 'chat',
  away: 'away',
  'away-long': 'xa',
  busy: 'dnd',
};

/** Presence of the core as a stanza; `null`: unavailable. */
export function presenceStanza(presence: Presence | null, from: Jid, to?: Jid): XmlElement {
  const attrs = { from: from.toString(), to: to?.toString() };
  if (!presence) return xml(NS.client, 'presence', { ...attrs, type: 'unavailable' });
  const show = NAMES[presence.show];
  return xml(
    NS.client,
    'presence',
    attrs,
    show ? xml(NS.client, 'show', {}, show) : null,
    presence.status ? xml(NS.client, 'status', {}, presence.status) : null,
    presence.priority === 0 ? null : xml(NS.client, 'priority', {}, String(presence.priority)),
  );
}
