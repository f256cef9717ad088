import type { Jid } from './jid.ts';
import type { Session } from './session.ts';
import type { XmlElement } from './xml/element.ts';

/** Something with a domain of its own beside the accounts, such as the rooms. */
export interface Service {
  readonly domain: string;
  /** What disco calls it (XEP-0030): category, type and name. */
  readonly identity: { readonly category: string; readonly type: string; readonly name: string };
  /** Takes a stanza that is addressed to it. What it throws as a StanzaError is answered. */
  receive(session: Session, stanza: XmlElement, to: Jid): void;
}
