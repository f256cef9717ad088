/** Who somebody is. https://xmpp.org/extensions/xep-0054.html */
import { pictureHash } from '../avatar.ts';
import { MAX_VCARD_BYTES } from '../limits.ts';
import { weightOf } from '../message-stanza.ts';
import { NS } from '../namespaces.ts';
import { StanzaError } from '../stanza-error.ts';
import { xml } from '../xml/element.ts';
import type { IqEntry } from './iq.ts';

/** One’s own to write, everybody’s to read. */
export const vcard: IqEntry = {
  ns: NS.vcard,
  name: 'vCard',
  at: ['account', 'contact'],
  get: ({ user, session }) => {
    if (user.vcard) return user.vcard;
    if (user === session.user) return xml(NS.vcard, 'vCard');
    throw new StanzaError('item-not-found', 'There is no vCard.');
  },
  set: ({ user, session, payload }) => {
    if (user !== session.user) throw new StanzaError('forbidden', 'This is somebody else’s vCard.');
    if (weightOf(payload) > MAX_VCARD_BYTES) {
      throw new StanzaError('resource-constraint', `A vCard may have ${MAX_VCARD_BYTES} octets.`);
    }
    user.vcard = payload;
    user.picture = pictureHash(payload);
    return null;
  },
};
