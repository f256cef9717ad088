/** Errors that end a stream, RFC 6120 §4.9. */
import { NS } from '../namespaces.ts';
import { type XmlElement, xml } from '../xml/element.ts';

/** The conditions of RFC 6120 §4.9.3 that this server sends. */
export type StreamCondition =
  | 'bad-format'
  | 'bad-namespace-prefix'
  | 'conflict'
  | 'connection-timeout'
  | 'host-unknown'
  | 'improper-addressing'
  | 'internal-server-error'
  | 'invalid-from'
  | 'invalid-namespace'
  | 'invalid-xml'
  | 'not-authorized'
  | 'not-well-formed'
  | 'policy-violation'
  | 'reset'
  | 'resource-constraint'
  | 'restricted-xml'
  | 'system-shutdown'
  | 'unsupported-encoding'
  | 'unsupported-stanza-type'
  | 'unsupported-version';

/** Ends the stream it is thrown in. `message` is for people; programs look at `condition`. */
export class StreamError extends Error {
  readonly condition: StreamCondition;

  constructor(condition: StreamCondition, message: string) {
    super(message);
    this.condition = condition;
  }

  /** As it is sent. */
  toXml(): XmlElement {
    return xml(
      NS.streams,
      'error',
      {},
      xml(NS.streamErrors, this.condition),
      xml(NS.streamErrors, 'text', { 'xml:lang': 'en' }, this.message),
    );
  }
}
