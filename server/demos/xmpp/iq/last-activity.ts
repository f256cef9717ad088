/** How long has the server run, or somebody been away? https://xmpp.org/extensions/xep-0012.html */
import { NS } from '../namespaces.ts';
import { StanzaError } from '../stanza-error.ts';
import { xml } from '../xml/element.ts';
import type { IqEntry } from './iq.ts';

/** Seconds, and what somebody last said when leaving. */
export const lastActivity: IqEntry = {
  ns: NS.lastActivity,
  name: 'query',
  at: ['account', 'server', 'contact'],
  get: ({ server, session, user, to }) => {
    const nowMs = server.now().getTime();
    if (to && to.local === '') return xml(NS.lastActivity, 'query', { seconds: seconds(nowMs - server.startedMs) });
    if (user !== session.user && !user.roster.get(session.user.jid.bare)?.from) throw new StanzaError('forbidden');
    const isThere = user.available.length > 0;
    const attrs = { seconds: isThere ? 0 : seconds(nowMs - user.lastSeenMs) };
    return xml(NS.lastActivity, 'query', attrs, isThere ? null : user.lastStatus);
  },
};

function seconds(ms: number): number {
  return Math.max(0, Math.floor(ms / 1_000));
}
