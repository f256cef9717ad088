/** Getting a stanza to where it is addressed. https://www.rfc-editor.org/rfc/rfc6121#section-8 */
import { Jid } from './jid.ts';
import { deliverMessage } from './messages.ts';
import { NS } from './namespaces.ts';
import { receivePresence } from './presence.ts';
import type { Session } from './session.ts';
import { errorReply, StanzaError } from './stanza-error.ts';
import { StreamError } from './stream/stream-error.ts';
import { type XmlElement, xml } from './xml/element.ts';
import type { XmppServer } from './xmpp-server.ts';

/** Says why (XEP-0191). */
const BLOCKED = xml(NS.blockingErrors, 'blocked');

const IQ_TYPES: ReadonlySet<string | undefined> = new Set(['get', 'set', 'result', 'error']);

/** Takes one stanza of a client. Throws a StreamError when it is none. */
export function receiveStanza(server: XmppServer, session: Session, element: XmlElement): void {
  if (element.ns !== NS.client) throw notAStanza(element);
  const stanza = withSender(session, element);
  try {
    route(server, session, stanza);
  } catch (error) {
    if (!(error instanceof StanzaError)) throw error;
    answer(session, stanza, error);
  }
}

/** An error is never answered with an error (RFC 6120 §8.3.1), nor the result of an iq. */
function answer(session: Session, stanza: XmlElement, error: StanzaError): void {
  const { type } = stanza.attrs;
  if (type === 'error' || (stanza.name === 'iq' && type === 'result')) return;
  session.send(errorReply(stanza, error));
}

function route(server: XmppServer, session: Session, stanza: XmlElement): void {
  const to = stanza.attrs.to === undefined ? null : Jid.parse(stanza.attrs.to);
  if (stanza.attrs.to !== undefined && to === null) {
    throw new StanzaError('jid-malformed', 'The address in to is none.');
  }
  refuseBlocked(session, stanza, to);
  const service = to && server.services.get(to.domain);
  if (to && service) service.receive(session, stanza, to);
  else if (to && to.domain !== server.domain)
    throw new StanzaError('remote-server-not-found', 'This server knows no others.');
  else if (stanza.name === 'message') deliverMessage(server, session, stanza, to ?? session.user.jid);
  else if (stanza.name === 'presence') receivePresence(server, session, stanza, to);
  else if (stanza.name === 'iq') routeIq(server, session, stanza, to);
  else throw notAStanza(stanza);
}

function routeIq(server: XmppServer, session: Session, iq: XmlElement, to: Jid | null): void {
  const { id, type } = iq.attrs;
  const isRequest = type === 'get' || type === 'set';
  if (!id || !IQ_TYPES.has(type)) throw new StanzaError('bad-request', 'An iq has an id and one of four types.');
  if (isRequest && iq.elements.length !== 1) throw new StanzaError('bad-request', 'A request has exactly one child.');
  if (to && !to.isBare && to.local !== '') relayIq(server, session, iq, to);
  else if (isRequest) server.iq.answer(server, session, iq, to);
}

/** To another client: it answers by itself. */
function relayIq(server: XmppServer, session: Session, iq: XmlElement, to: Jid): void {
  const user = server.user(to.local);
  const target = user?.sessions.get(to.resource);
  if (user && target && !user.blocks(session.jid)) target.send(iq);
  else if (iq.attrs.type === 'get' || iq.attrs.type === 'set') {
    throw new StanzaError('service-unavailable', 'Nobody is there.');
  }
}

/** To somebody whom the sender has blocked nothing can be sent (XEP-0191). */
function refuseBlocked({ user }: Session, stanza: XmlElement, to: Jid | null): void {
  if (!to || to.bare === user.jid.bare || !user.blocks(to)) return;
  if (stanza.name === 'presence') throw new StanzaError('not-acceptable', '', [], 'cancel');
  throw new StanzaError('not-acceptable', 'You have blocked this JID', [BLOCKED], 'cancel');
}

/**
 * Nobody speaks for somebody else (RFC 6120 §8.1.2.1); from here on the full address is there. A stanza is in its stream's
 * language unless it says otherwise (§4.7.4): the streams it goes to have their own.
 */
function withSender({ jid, stream }: Session, stanza: XmlElement): XmlElement {
  const { from } = stanza.attrs;
  if (from !== undefined && from !== jid.toString()) {
    const claimed = Jid.parse(from);
    if (!claimed || (claimed.toString() !== jid.toString() && claimed.toString() !== jid.bare)) {
      throw new StreamError('invalid-from', `You are ${jid.toString()}.`);
    }
  }
  return stanza.with({ from: jid.toString(), 'xml:lang': stanza.attrs['xml:lang'] ?? stream?.language });
}

function notAStanza({ name, ns }: XmlElement): StreamError {
  return new StreamError('unsupported-stanza-type', `<${name}/> of ${ns} is no stanza.`);
}
