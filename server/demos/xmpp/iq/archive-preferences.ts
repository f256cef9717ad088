/** Which messages an account wants kept. https://xmpp.org/extensions/xep-0441.html */
import { Jid } from '../jid.ts';
import { MAX_ARCHIVE_WISHES } from '../limits.ts';
import { NS } from '../namespaces.ts';
import { StanzaError } from '../stanza-error.ts';
import type { ArchiveWish, User } from '../user.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import type { XmppServer } from '../xmpp-server.ts';
import type { IqEntry } from './iq.ts';

const DEFAULTS: ReadonlySet<string | undefined> = new Set(['always', 'never', 'roster']);

/** Asked for and set as a whole. It is about what comes from now on. */
export const archivePreferences: IqEntry = {
  ns: NS.archive,
  name: 'prefs',
  at: ['account'],
  get: ({ user }) => preferencesOf(user.archiveWish),
  set: ({ server, user, payload }) => {
    user.archiveWish = readWish(payload);
    server.chat.setHistoryWish(user.name, (other) => wants(server, user, other));
    return preferencesOf(user.archiveWish);
  },
};

function readWish(prefs: XmlElement): ArchiveWish {
  const byDefault = prefs.attrs.default;
  if (!DEFAULTS.has(byDefault)) throw new StanzaError('bad-request', 'The default is always, never or roster.');
  const always = readAddresses(prefs.child('always'));
  const never = readAddresses(prefs.child('never'));
  if (always.size + never.size > MAX_ARCHIVE_WISHES) {
    throw new StanzaError('resource-constraint', `${MAX_ARCHIVE_WISHES} addresses can be named.`);
  }
  return { byDefault: byDefault as ArchiveWish['byDefault'], always, never };
}

function readAddresses(list: XmlElement | undefined): Set<string> {
  const jids = list?.childrenNamed('jid').map(({ text }) => Jid.parse(text.trim())) ?? [];
  return new Set(
    jids.map((jid) => {
      if (!jid) throw new StanzaError('jid-malformed', 'One of the addresses is none.');
      return jid.bare;
    }),
  );
}

function preferencesOf({ byDefault, always, never }: ArchiveWish): XmlElement {
  const list = (name: string, jids: ReadonlySet<string>): XmlElement =>
    xml(NS.archive, name, {}, ...[...jids].map((jid) => xml(NS.archive, 'jid', {}, jid)));
  return xml(NS.archive, 'prefs', { default: byDefault }, list('always', always), list('never', never));
}

/** Whether what is exchanged with an account is to be kept. Naming it goes before the default. */
function wants({ domain }: XmppServer, { archiveWish, roster }: User, other: string): boolean {
  const { bare } = Jid.of(other, domain);
  if (archiveWish.never.has(bare)) return false;
  if (archiveWish.always.has(bare)) return true;
  return archiveWish.byDefault === 'roster' ? (roster.get(bare)?.listed ?? false) : archiveWish.byDefault === 'always';
}
