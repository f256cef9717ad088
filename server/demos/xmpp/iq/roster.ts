/** The list of contacts. https://www.rfc-editor.org/rfc/rfc6121#section-2 */
import { NS } from '../namespaces.ts';
import { readItem } from '../roster.ts';
import { pushContact, pushRemoval } from '../roster-push.ts';
import { StanzaError } from '../stanza-error.ts';
import { endSubscriptions } from '../subscriptions.ts';
import type { IqEntry, IqRequest } from './iq.ts';
import { resultOf } from './table.ts';

/** Asked for whole, changed one contact at a time. */
export const roster: IqEntry = {
  ns: NS.roster,
  name: 'query',
  at: ['account'],
  get: ({ session, user, payload }) => {
    session.wantsRoster = true;
    // RFC 6121 §2.6.3: nothing at all says that the client's copy is the newest.
    return payload.attrs.ver === user.roster.version ? null : user.roster.toXml();
  },
  set: (request) => {
    const item = readItem(request.payload);
    if (item.jid.bare === request.user.jid.bare) throw new StanzaError('not-allowed', 'You are no contact of yours.');
    if (item.remove) remove(request, item.jid.bare);
    else update(request, item);
    return 'answered';
  },
};

function update({ session, user, iq }: IqRequest, { jid, name, groups }: ReturnType<typeof readItem>): void {
  const contact = user.roster.ensure(jid);
  contact.name = name || null;
  contact.groups = groups;
  contact.listed = true;
  session.send(resultOf(iq, null));
  pushContact(user, contact);
}

function remove({ server, session, user, iq }: IqRequest, bare: string): void {
  const contact = user.roster.get(bare);
  if (!contact?.listed) throw new StanzaError('item-not-found', 'There is no such contact.');
  session.send(resultOf(iq, null));
  user.roster.remove(bare);
  pushRemoval(user, bare);
  endSubscriptions(server, user, contact);
}
