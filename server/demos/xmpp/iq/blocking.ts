/** Whom an account does not want to hear of. https://xmpp.org/extensions/xep-0191.html */
import { Jid } from '../jid.ts';
import { MAX_BLOCKED } from '../limits.ts';
import { NS } from '../namespaces.ts';
import { deliverPresence, sendPresenceOf } from '../presence.ts';
import { StanzaError } from '../stanza-error.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import type { IqEntry, IqRequest } from './iq.ts';
import { resultOf } from './table.ts';

/** The list; whoever asks for it hears of its changes. */
export const blocklistEntry: IqEntry = {
  ns: NS.blocking,
  name: 'blocklist',
  at: ['account'],
  get: ({ session, user }) => {
    session.wantsBlocklist = true;
    return xml(NS.blocking, 'blocklist', {}, ...[...user.blocked].map((jid) => xml(NS.blocking, 'item', { jid })));
  },
};

/** Adds addresses, which see the account go. */
export const blockEntry: IqEntry = {
  ns: NS.blocking,
  name: 'block',
  at: ['account'],
  features: [],
  set: (request) => {
    const jids = readItems(request.payload);
    if (jids.length === 0) throw new StanzaError('bad-request', 'Nobody is named.');
    const { user } = request;
    if (user.blocked.size + jids.length > MAX_BLOCKED) {
      throw new StanzaError('resource-constraint', `${MAX_BLOCKED} addresses can be blocked.`);
    }
    for (const jid of jids) hideFrom(request, jid);
    for (const jid of jids) setBlocked(request, jid, true);
    return changed(request);
  },
};

/** Takes addresses off, or all of them when none is named. */
export const unblockEntry: IqEntry = {
  ns: NS.blocking,
  name: 'unblock',
  at: ['account'],
  features: [],
  set: (request) => {
    const named = readItems(request.payload);
    const jids = named.length > 0 ? named : [...request.user.blocked].flatMap((text) => Jid.parse(text) ?? []);
    for (const jid of jids) setBlocked(request, jid, false);
    for (const jid of jids) showTo(request, jid);
    return changed(request);
  },
};

function readItems(payload: XmlElement): Jid[] {
  return payload.childrenNamed('item').map((item) => {
    const jid = Jid.parse(item.attrs.jid ?? '');
    if (!jid) throw new StanzaError('jid-malformed', 'One of the addresses is none.');
    return jid;
  });
}

/** The core blocks accounts, for all protocols; addresses that are no accounts matter here only. */
function setBlocked({ server, user }: IqRequest, jid: Jid, isBlocked: boolean): void {
  if (isBlocked) user.blocked.add(jid.toString());
  else user.blocked.delete(jid.toString());
  if (jid.isBare && jid.local !== '' && jid.domain === server.domain) {
    server.chat.setBlocked(user.name, jid.local, isBlocked);
  }
}

/** Whoever is blocked sees the account go (XEP-0191). */
function hideFrom({ server, user }: IqRequest, jid: Jid): void {
  for (const session of user.available) {
    if (!user.roster.get(jid.bare)?.from && !session.directed.has(jid.toString())) continue;
    const gone = xml(NS.client, 'presence', { type: 'unavailable', from: session.jid.toString() });
    deliverPresence(server, session, gone, jid);
  }
}

function showTo({ server, user }: IqRequest, jid: Jid): void {
  if (user.roster.get(jid.bare)?.from) for (const session of user.available) sendPresenceOf(server, session, jid);
}

/** The result, then the push to every client that has asked for the list. */
function changed({ session, user, iq, payload }: IqRequest): 'answered' {
  session.send(resultOf(iq, null));
  for (const other of user.sessions.values()) {
    if (!other.wantsBlocklist) continue;
    const attrs = { type: 'set', id: `block-${iq.attrs.id ?? ''}`, to: other.jid.toString() };
    other.send(xml(NS.client, 'iq', attrs, payload));
  }
  return 'answered';
}
