/** What a stream offers at each of its stages. https://www.rfc-editor.org/rfc/rfc6120#section-4.3.2 */
import { NS } from '../namespaces.ts';
import { type ChannelFacts, mechanismsFor } from '../sasl/mechanisms.ts';
import { type XmlElement, xml } from '../xml/element.ts';
import { MAX_STANZA_BYTES, MAX_STANZA_BYTES_BEFORE_LOGIN } from '../xml/limits.ts';

/** Before login. @param plainOnly the test mode, in which any password is right. */
export function loginFeatures(
  channel: ChannelFacts & { readonly canStartTls: boolean },
  plainOnly: boolean,
): XmlElement {
  const names = mechanismsFor(channel, plainOnly).map(({ name }) => xml(NS.sasl, 'mechanism', {}, name));
  return xml(
    NS.streams,
    'features',
    {},
    channel.canStartTls ? xml(NS.tls, 'starttls') : null,
    xml(NS.sasl, 'mechanisms', {}, ...names),
    xml(NS.registerFeature, 'register'),
    limits(MAX_STANZA_BYTES_BEFORE_LOGIN),
  );
}

/** After login. The session of RFC 3921 is a no-op that old clients look for. */
export function boundFeatures(): XmlElement {
  return xml(
    NS.streams,
    'features',
    {},
    xml(NS.bind, 'bind'),
    xml(NS.session, 'session', {}, xml(NS.session, 'optional')),
    xml(NS.streamManagement, 'sm'),
    xml(NS.rosterVersions, 'ver'),
    xml(NS.preApproval, 'sub'),
    limits(MAX_STANZA_BYTES),
  );
}

/** XEP-0478. */
function limits(maxBytes: number): XmlElement {
  return xml(NS.streamLimits, 'limits', {}, xml(NS.streamLimits, 'max-bytes', {}, String(maxBytes)));
}
