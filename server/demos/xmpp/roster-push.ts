/** Tells an account's clients that a contact has changed. https://www.rfc-editor.org/rfc/rfc6121#section-2.1.6 */
import { NS } from './namespaces.ts';
import { type Contact, itemOf } from './roster.ts';
import type { User } from './user.ts';
import { type XmlElement, xml } from './xml/element.ts';

/** Pushes the contact as it is now. */
export function pushContact(user: User, contact: Contact): void {
  push(user, itemOf(contact));
}

/** Pushes that the contact is gone. */
export function pushRemoval(user: User, bare: string): void {
  push(user, xml(NS.roster, 'item', { jid: bare, subscription: 'remove' }));
}

function push(user: User, item: XmlElement): void {
  user.roster.changed();
  const query = xml(NS.roster, 'query', { ver: user.roster.version }, item);
  for (const session of user.interested) {
    const attrs = { type: 'set', id: `push-${user.roster.version}`, to: session.jid.toString() };
    session.send(xml(NS.client, 'iq', attrs, query));
  }
}
