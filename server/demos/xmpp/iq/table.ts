/** Every kind of iq that is answered, one line an extension. All others get `service-unavailable`. */
import type { Jid } from '../jid.ts';
import { NS } from '../namespaces.ts';
import type { Session } from '../session.ts';
import { StanzaError } from '../stanza-error.ts';
import type { XmlElement } from '../xml/element.ts';
import { xml } from '../xml/element.ts';
import type { XmppServer } from '../xmpp-server.ts';
import { archiveMetadata, archiveQuery } from './archive.ts';
import { archivePreferences } from './archive-preferences.ts';
import { blockEntry, blocklistEntry, unblockEntry } from './blocking.ts';
import { carbonsOff, carbonsOn } from './carbons.ts';
import { discoInfo, discoItems } from './disco.ts';
import type { IqEntry, IqPlace } from './iq.ts';
import { lastActivity } from './last-activity.ts';
import { ping } from './ping.ts';
import { privateXml } from './private-xml.ts';
import { register } from './register.ts';
import { roster } from './roster.ts';
import { legacySession } from './session.ts';
import { time } from './time.ts';
import { vcard } from './vcard.ts';
import { version } from './version.ts';

const ENTRIES: readonly IqEntry[] = [
  roster,
  legacySession,
  discoInfo,
  discoItems,
  ping,
  version,
  time,
  lastActivity,
  privateXml,
  vcard,
  register,
  blocklistEntry,
  blockEntry,
  unblockEntry,
  carbonsOn,
  carbonsOff,
  archiveQuery,
  archiveMetadata,
  archivePreferences,
];

/** Finds who answers an iq. */
export class IqTable {
  readonly #entries = new Map<string, IqEntry>();

  constructor(entries: readonly IqEntry[] = ENTRIES) {
    for (const entry of entries) for (const place of entry.at) this.#entries.set(key(place, entry), entry);
  }

  /** Features that disco shows of a place. */
  featuresAt(place: IqPlace): string[] {
    const features = ENTRIES.filter((entry) => entry.at.includes(place)).flatMap(
      (entry) => entry.features ?? [entry.ns],
    );
    return [...new Set(features)];
  }

  /** Answers a request to the own account, the server, or a contact's account. */
  answer(server: XmppServer, session: Session, iq: XmlElement, to: Jid | null): void {
    const [payload] = iq.elements;
    if (!payload) throw new StanzaError('bad-request');
    const place = placeOf(session, to);
    const user = place === 'contact' && to ? server.user(to.local) : session.user;
    const entry = this.#entries.get(key(place, payload));
    const handler = iq.attrs.type === 'get' ? entry?.get : entry?.set;
    if (!handler || !user || (place === 'contact' && user.blocks(session.jid))) {
      throw new StanzaError('service-unavailable');
    }
    const answer = handler({ server, session, iq, payload, user, to });
    if (answer !== 'answered') session.send(resultOf(iq, answer));
  }
}

/** The result of a request. */
export function resultOf({ attrs }: XmlElement, child: XmlElement | null): XmlElement {
  return xml(NS.client, 'iq', { type: 'result', id: attrs.id, from: attrs.to, to: attrs.from }, child);
}

function key(place: IqPlace, { ns, name }: { readonly ns: string; readonly name: string }): string {
  return `${place} ${ns} ${name}`;
}

function placeOf({ user }: Session, to: Jid | null): IqPlace {
  if (!to || to.bare === user.jid.bare) return 'account';
  return to.local === '' ? 'server' : 'contact';
}
