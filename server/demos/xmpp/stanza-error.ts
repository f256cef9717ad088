/** Errors that answer one stanza, RFC 6120 §8.3. */
import { NS } from './namespaces.ts';
import { type XmlElement, type XmlNode, xml } from './xml/element.ts';

/** What to do about an error (RFC 6120 §8.3.2). */
export type ErrorType = 'auth' | 'cancel' | 'modify' | 'wait';

/** Each condition that this server sends, with its usual type (RFC 6120 §8.3.3). */
const TYPES = {
  'bad-request': 'modify',
  conflict: 'cancel',
  'feature-not-implemented': 'cancel',
  forbidden: 'auth',
  gone: 'cancel',
  'internal-server-error': 'cancel',
  'item-not-found': 'cancel',
  'jid-malformed': 'modify',
  'not-acceptable': 'modify',
  'not-allowed': 'cancel',
  'not-authorized': 'auth',
  'policy-violation': 'modify',
  'recipient-unavailable': 'wait',
  'registration-required': 'auth',
  'remote-server-not-found': 'cancel',
  'resource-constraint': 'wait',
  'service-unavailable': 'cancel',
} as const satisfies Record<string, ErrorType>;

/** A condition of RFC 6120 §8.3.3. */
export type StanzaCondition = keyof typeof TYPES;

/** Answers the stanza it is thrown in. `message` is for people. */
export class StanzaError extends Error {
  readonly condition: StanzaCondition;
  /** Address of who found it, where that is not whom the stanza was for. Default: none. */
  by: string | undefined;
  /** What is sent back of the stanza, for clients that have to know what it was about. Default: nothing. */
  about: XmlElement | undefined;
  readonly #type: ErrorType | undefined;
  readonly #more: readonly XmlNode[];

  /** @param more elements of an application, beside the condition. @param type when the usual one doesn't fit. */
  constructor(condition: StanzaCondition, message = '', more: readonly XmlNode[] = [], type?: ErrorType) {
    super(message);
    this.condition = condition;
    this.#more = more;
    this.#type = type;
  }

  /** The `<error/>` of a stanza. */
  toXml(): XmlElement {
    const text = this.message === '' ? null : xml(NS.stanzaErrors, 'text', {}, this.message);
    const type = this.#type ?? TYPES[this.condition];
    return xml(NS.client, 'error', { type, by: this.by }, xml(NS.stanzaErrors, this.condition), text, ...this.#more);
  }
}

/** `stanza` sent back as an error: ends swapped, its content left out (RFC 6120 §8.3.1). */
export function errorReply(stanza: XmlElement, error: StanzaError): XmlElement {
  const { from, to, id } = stanza.attrs;
  return xml(NS.client, stanza.name, { type: 'error', id, from: to, to: from }, error.about, error.toXml());
}
