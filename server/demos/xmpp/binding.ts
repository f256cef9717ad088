/** From logged in to bound. https://www.rfc-editor.org/rfc/rfc6120#section-7 */
import { MAX_RESOURCE_CHARS } from '../../chat/limits.ts';
import { resultOf } from './iq/table.ts';
import { prepareResource } from './jid.ts';
import { NS } from './namespaces.ts';
import { resume } from './resumption.ts';
import { errorReply, StanzaError } from './stanza-error.ts';
import type { Stream } from './stream/stream.ts';
import { StreamError } from './stream/stream-error.ts';
import { type XmlElement, xml } from './xml/element.ts';
import type { XmppServer } from './xmpp-server.ts';

/** Octets of randomness in a resource that the server chooses. */
const RESOURCE_BYTES = 6;

/** Takes what comes between login and binding: the binding, or coming back to an earlier session. */
export function negotiateBinding(server: XmppServer, stream: Stream, element: XmlElement): void {
  if (element.is(NS.streamManagement, 'resume')) {
    resume(server, stream, element);
    return;
  }
  const bind = element.is(NS.client, 'iq') ? element.child('bind', NS.bind) : undefined;
  if (!bind) throw new StreamError('not-authorized', 'Bind a resource first (RFC 6120, 7).');
  try {
    bindResource(server, stream, element, bind);
  } catch (error) {
    if (!(error instanceof StanzaError)) throw error;
    stream.send(errorReply(element, error));
  }
}

function bindResource(server: XmppServer, stream: Stream, iq: XmlElement, bind: XmlElement): void {
  const user = server.user(stream.user ?? '');
  if (!user) throw new StreamError('not-authorized', 'The account is gone.');
  if (iq.attrs.type !== 'set' || !iq.attrs.id) throw new StanzaError('bad-request');
  const wish = bind.childText('resource')?.trim();
  const resource = wish ? prepareResource(wish) : server.random(RESOURCE_BYTES).toString('hex');
  if (resource === null || resource.length > MAX_RESOURCE_CHARS) {
    throw new StanzaError(
      'bad-request',
      `A resource has up to ${MAX_RESOURCE_CHARS} characters, none of them a control character.`,
    );
  }
  const session = server.openSession(stream, user, resource);
  if (!session)
    throw new StanzaError(
      'resource-constraint',
      'The account has too many sessions, or another protocol has this resource.',
    );
  stream.bind(session);
  const jid = xml(NS.bind, 'jid', {}, session.jid.toString());
  stream.send(resultOf(iq.with({ from: null, to: null }), xml(NS.bind, 'bind', {}, jid)));
}
