/** Presence of sessions that speak other protocols, for those who may see it by their rosters. */
import type { PresenceEvent } from '../../chat/presence.ts';
import { Jid } from './jid.ts';
import { PROTOCOL } from './message-stanza.ts';
import { presenceStanza } from './presence.ts';
import type { Session } from './session.ts';
import type { XmppServer } from './xmpp-server.ts';

/** Hears of everybody's presence in the core; returns what ends that. */
export function followForeignPresence(server: XmppServer): () => void {
  return server.chat.onPresence((event) => {
    if (event.protocol !== PROTOCOL) tellOf(server, event);
  });
}

function tellOf(server: XmppServer, { user: name, resource, presence }: PresenceEvent): void {
  const user = server.user(name);
  if (!user) return;
  const from = Jid.of(name, server.domain, resource);
  const tell = (session: Session): void => session.send(presenceStanza(presence, from, session.jid));
  for (const session of user.available) tell(session);
  for (const contact of user.roster.contacts) {
    if (!contact.from) continue;
    for (const session of server.user(contact.jid.local)?.available ?? []) tell(session);
  }
}

/** Tells a session of the sessions of one user that speak other protocols. */
export function tellForeignPresence(server: XmppServer, session: Session, name: string): void {
  for (const other of server.chat.sessionsOf(name)) {
    if (other.protocol === PROTOCOL || !other.currentPresence) continue;
    session.send(presenceStanza(other.currentPresence, Jid.of(name, server.domain, other.resource), session.jid));
  }
}
