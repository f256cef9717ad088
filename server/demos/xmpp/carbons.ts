/** Copies for a user's other clients. https://xmpp.org/extensions/xep-0280.html */
import { NS } from './namespaces.ts';
import type { Session } from './session.ts';
import { type XmlElement, xml } from './xml/element.ts';

/** The stanza, forwarded to another session of the user who got or sent it. */
export function carbonOf(direction: 'received' | 'sent', stanza: XmlElement, session: Session): XmlElement {
  const { jid, user } = session;
  return xml(
    NS.client,
    'message',
    { type: stanza.attrs.type, from: user.jid.bare, to: jid.toString() },
    xml(NS.carbons, direction, {}, xml(NS.forward, 'forwarded', {}, stanza)),
  );
}

/** Whether the sender wants none made (XEP-0280). */
export function wantsNoCarbon(stanza: XmlElement): boolean {
  return stanza.child('private', NS.carbons) !== undefined || stanza.child('no-copy', NS.hints) !== undefined;
}
