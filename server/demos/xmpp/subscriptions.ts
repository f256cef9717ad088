/** Who may see whose presence: asking, granting, taking back. https://www.rfc-editor.org/rfc/rfc6121#section-3 */
import { tellForeignPresence } from './foreign-presence.ts';
import type { Jid } from './jid.ts';
import { MAX_REQUEST_BYTES } from './limits.ts';
import { weightOf } from './message-stanza.ts';
import { NS } from './namespaces.ts';
import { deliverPresence, sendPresenceOf } from './presence.ts';
import type { Contact } from './roster.ts';
import { pushContact } from './roster-push.ts';
import type { Session } from './session.ts';
import { StanzaError } from './stanza-error.ts';
import type { User } from './user.ts';
import { type XmlElement, xml } from './xml/element.ts';
import type { XmppServer } from './xmpp-server.ts';

type SubscriptionType = 'subscribe' | 'subscribed' | 'unsubscribe' | 'unsubscribed';

const TYPES: ReadonlySet<string | undefined> = new Set(['subscribe', 'subscribed', 'unsubscribe', 'unsubscribed']);

/** Whether a presence is about a subscription. */
export function isSubscriptionType(type: string | undefined): type is SubscriptionType {
  return TYPES.has(type);
}

/** A client asks, grants, or takes back. Both ends are accounts of this server, so both sides happen here. */
export function requestSubscription(server: XmppServer, session: Session, stanza: XmlElement, to: Jid): void {
  if (to.bare === session.user.jid.bare || to.local === '') return;
  const sent = stanza.with({ from: session.user.jid.bare, to: to.bare });
  OUTBOUND[stanza.attrs.type as SubscriptionType](server, session.user, sent, to);
}

/** Ends both directions, as removing a contact does (RFC 6121 §2.5.2). */
export function endSubscriptions(server: XmppServer, user: User, contact: Contact): void {
  const stanza = (type: SubscriptionType): XmlElement =>
    xml(NS.client, 'presence', { type, from: user.jid.bare, to: contact.jid.bare });
  const { from, to, ask, request } = contact;
  if (from || request) deliver(server, user, stanza('unsubscribed'), contact.jid);
  if (from) sendUnavailable(server, user, contact.jid);
  if (to || ask) deliver(server, user, stanza('unsubscribe'), contact.jid);
}

/** Answers who may ask with the presence of everybody there (RFC 6121 §4.3.2). */
export function answerProbe(server: XmppServer, session: Session, to: Jid): void {
  const user = server.user(to.local);
  if (!user) return;
  const mayAsk = user === session.user || user.roster.get(session.jid.bare)?.from;
  if (mayAsk) for (const there of user.available) sendPresenceOf(server, there, session.jid);
}

type Step = (server: XmppServer, user: User, stanza: XmlElement, other: Jid) => void;

/** On the side of who sends: its roster changes, then the stanza goes on its way. */
const OUTBOUND: Readonly<Record<SubscriptionType, Step>> = {
  subscribe(server, user, stanza, to) {
    const contact = user.roster.ensure(to);
    if (!contact.to && !contact.ask) {
      contact.ask = true;
      contact.listed = true;
      pushContact(user, contact);
    }
    deliver(server, user, stanza, to);
  },

  subscribed(server, user, stanza, to) {
    const contact = user.roster.ensure(to);
    if (contact.request) {
      contact.request = null;
      contact.from = true;
      contact.listed = true;
      pushContact(user, contact);
      deliver(server, user, stanza, to);
      for (const session of user.available) sendPresenceOf(server, session, to);
      tellOfForeign(server, user, to);
      // Both see each other from now on; what the other one says of itself may have been missed.
      if (contact.to)
        for (const there of server.user(to.local)?.available ?? []) sendPresenceOf(server, there, user.jid);
    } else if (!contact.from && !contact.approved) {
      // RFC 6121 §3.4: the contact will be let in when it asks.
      contact.approved = true;
      contact.listed = true;
      pushContact(user, contact);
    }
  },

  unsubscribe(server, user, stanza, to) {
    const contact = user.roster.get(to.bare);
    if (contact?.to || contact?.ask) {
      contact.to = false;
      contact.ask = false;
      pushContact(user, contact);
    }
    deliver(server, user, stanza, to);
  },

  unsubscribed(server, user, stanza, to) {
    const contact = user.roster.get(to.bare);
    if (!contact) return;
    const { request, from, approved } = contact;
    contact.request = null;
    contact.from = false;
    contact.approved = false;
    if (from || approved) pushContact(user, contact);
    user.roster.tidy(contact);
    if (!request && !from) return;
    deliver(server, user, stanza, to);
    if (from) sendUnavailable(server, user, to);
  },
};

/** To the other side. Nobody is there: that is an answer, too. */
function deliver(server: XmppServer, from: User, stanza: XmlElement, to: Jid): void {
  const user = to.domain === server.domain ? server.user(to.local) : null;
  if (user && !user.blocks(from.jid)) INBOUND[stanza.attrs.type as SubscriptionType](server, user, stanza, from.jid);
  else if (!user && stanza.attrs.type === 'subscribe') {
    if (to.domain !== server.domain) throw new StanzaError('remote-server-not-found', 'This server knows no others.');
    const no = xml(NS.client, 'presence', { type: 'unsubscribed', from: to.bare, to: from.jid.bare });
    INBOUND.unsubscribed(server, from, no, to);
  }
}

/** On the side of who is asked. */
const INBOUND: Readonly<Record<SubscriptionType, Step>> = {
  subscribe(server, user, stanza, from) {
    const contact = user.roster.ensure(from);
    if (contact.from) grant(server, user, from);
    else if (contact.approved) {
      contact.approved = false;
      contact.from = true;
      pushContact(user, contact);
      grant(server, user, from);
    } else {
      // So that who asks sees that the request has come to somewhere; nothing is told of who is there.
      tell(server, from, xml(NS.client, 'presence', { type: 'unavailable', from: user.jid.bare, to: from.bare }));
      if (contact.request) return;
      contact.request = weightOf(stanza) > MAX_REQUEST_BYTES ? stanza.containing([]) : stanza;
      for (const session of user.available) session.send(stanza);
    }
  },

  subscribed(_server, user, stanza, from) {
    const contact = user.roster.get(from.bare);
    if (!contact?.ask) return;
    contact.ask = false;
    contact.to = true;
    tellInterested(user, stanza);
    pushContact(user, contact);
  },

  unsubscribe(server, user, stanza, from) {
    const contact = user.roster.get(from.bare);
    if (!contact?.from && !contact?.request) return;
    const { listed } = contact;
    contact.from = false;
    contact.request = null;
    tellInterested(user, stanza);
    if (listed) pushContact(user, contact);
    user.roster.tidy(contact);
    sendUnavailable(server, user, from);
  },

  unsubscribed(_server, user, stanza, from) {
    const contact = user.roster.get(from.bare);
    if (!contact?.ask && !contact?.to) return;
    contact.ask = false;
    contact.to = false;
    tellInterested(user, stanza);
    pushContact(user, contact);
  },
};

/** Yes, and who is there. */
function grant(server: XmppServer, user: User, to: Jid): void {
  const other = server.user(to.local);
  const yes = xml(NS.client, 'presence', { type: 'subscribed', from: user.jid.bare, to: to.bare });
  if (other) INBOUND.subscribed(server, other, yes, user.jid);
  for (const session of user.available) sendPresenceOf(server, session, to);
  tellOfForeign(server, user, to);
}

function tellInterested(user: User, stanza: XmlElement): void {
  for (const session of user.interested) session.send(stanza);
}

function tell(server: XmppServer, to: Jid, stanza: XmlElement): void {
  for (const session of server.user(to.local)?.available ?? []) session.send(stanza);
}

function sendUnavailable(server: XmppServer, user: User, to: Jid): void {
  for (const session of user.available) {
    const gone = xml(NS.client, 'presence', { type: 'unavailable', from: session.jid.toString() });
    deliverPresence(server, session, gone, to);
  }
}

function tellOfForeign(server: XmppServer, user: User, to: Jid): void {
  for (const session of server.user(to.local)?.available ?? []) tellForeignPresence(server, session, user.name);
}
