/** Messages that waited for somebody. https://xmpp.org/extensions/xep-0160.html, https://xmpp.org/extensions/xep-0203.html */
import { messageStanza } from './message-stanza.ts';
import { NS } from './namespaces.ts';
import type { Session } from './session.ts';
import { type XmlElement, xml } from './xml/element.ts';
import type { XmppServer } from './xmpp-server.ts';

/** Hands over what has waited, each with the time when it came: messages, then receipts and markers. */
export function deliverOffline(server: XmppServer, session: Session): void {
  for (const message of session.chat.takeOffline()) {
    const stanza = messageStanza(message, server).plus(delayOf(message.atMs, server.domain));
    session.send(stanza, message);
  }
  session.chat.takeSignals();
}

/** When and by whom a stanza was held up. @param by default: that is clear from where it stands. */
export function delayOf(atMs: number, by?: string): XmlElement {
  return xml(NS.delay, 'delay', { from: by, stamp: new Date(atMs).toISOString() });
}
