/** One account's contacts. https://www.rfc-editor.org/rfc/rfc6121#section-2 */
import { Jid } from './jid.ts';
import { MAX_CONTACTS, MAX_GROUPS, MAX_NAME_CHARS } from './limits.ts';
import { NS } from './namespaces.ts';
import { StanzaError } from './stanza-error.ts';
import { type XmlElement, xml } from './xml/element.ts';

/** One contact. */
export interface Contact {
  readonly jid: Jid;
  name: string | null;
  groups: readonly string[];
  /** The account sees the contact's presence. */
  to: boolean;
  /** The contact sees the account's presence. */
  from: boolean;
  /** The account has asked to see, and waits for the answer. */
  ask: boolean;
  /** The account will say yes when the contact asks (RFC 6121 §3.4). */
  approved: boolean;
  /** The contact's request, unanswered; a contact may be no more than that, and is then not in the roster. */
  request: XmlElement | null;
  /** Whether it is part of the roster that clients see. */
  listed: boolean;
}

/** Contacts, and what changed since when. */
export class Roster {
  readonly #contacts = new Map<string, Contact>();
  #version = 0;

  /** Changes with every push; clients send it back to learn that nothing changed. */
  get version(): string {
    return String(this.#version);
  }

  get(bare: string): Contact | undefined {
    return this.#contacts.get(bare);
  }

  /** All contacts, those that only asked included. */
  get contacts(): Iterable<Contact> {
    return this.#contacts.values();
  }

  /** The contact, new if need be. Throws when there are too many. */
  ensure(jid: Jid): Contact {
    const found = this.#contacts.get(jid.bare);
    if (found) return found;
    if (this.#contacts.size >= MAX_CONTACTS) {
      throw new StanzaError('resource-constraint', `A roster has ${MAX_CONTACTS} contacts at the most.`);
    }
    const contact: Contact = { ...NEW_CONTACT, jid: jid.toBare() };
    this.#contacts.set(jid.bare, contact);
    return contact;
  }

  /** Forgets a contact that is neither listed nor asks. */
  tidy(contact: Contact): void {
    if (!contact.listed && !contact.request && !contact.approved) this.#contacts.delete(contact.jid.bare);
  }

  remove(bare: string): void {
    this.#contacts.delete(bare);
  }

  /** Notes a change: the next version. */
  changed(): void {
    this.#version += 1;
  }

  /** The whole roster, for a client. */
  toXml(): XmlElement {
    const listed = [...this.#contacts.values()].filter((contact) => contact.listed);
    return xml(NS.roster, 'query', { ver: this.version }, ...listed.map(itemOf));
  }
}

const NEW_CONTACT = {
  name: null,
  groups: [],
  to: false,
  from: false,
  ask: false,
  approved: false,
  request: null,
  listed: false,
} as const;

/** A contact as a roster item. */
export function itemOf(contact: Contact): XmlElement {
  const { jid, name, groups, ask, approved } = contact;
  return xml(
    NS.roster,
    'item',
    {
      jid: jid.bare,
      name,
      subscription: subscriptionOf(contact),
      ask: ask ? 'subscribe' : null,
      approved: approved ? 'true' : null,
    },
    ...groups.map((group) => xml(NS.roster, 'group', {}, group)),
  );
}

function subscriptionOf({ to, from }: Contact): 'none' | 'to' | 'from' | 'both' {
  if (to && from) return 'both';
  if (to) return 'to';
  return from ? 'from' : 'none';
}

/** What a client wants of an item; throws when it is malformed. */
export function readItem(query: XmlElement): { jid: Jid; name: string | null; groups: string[]; remove: boolean } {
  const [item, ...more] = query.childrenNamed('item');
  const jid = Jid.parse(item?.attrs.jid ?? '');
  if (!item || !jid || more.length > 0) throw new StanzaError('bad-request', 'A roster set has one item with a jid.');
  const groups = item.childrenNamed('group').map((group) => group.text);
  if (new Set(groups).size < groups.length) throw new StanzaError('bad-request', 'A group is there twice.');
  const name = item.attrs.name ?? null;
  const tooLong = [name ?? '', ...groups].some((text) => text.length > MAX_NAME_CHARS);
  if (tooLong || groups.length > MAX_GROUPS || groups.includes('')) {
    throw new StanzaError('not-acceptable', 'A name or a group is empty or too long, or there are too many groups.');
  }
  return { jid: jid.toBare(), name, groups, remove: item.attrs.subscription === 'remove' };
}
