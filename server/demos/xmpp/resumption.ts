/** Acknowledging stanzas, and coming back to a session. https://xmpp.org/extensions/xep-0198.html */
import { RESUME_WITHIN_MS } from './limits.ts';
import { NS } from './namespaces.ts';
import type { Session } from './session.ts';
import type { Stream } from './stream/stream.ts';
import { StreamError } from './stream/stream-error.ts';
import { counter, StreamManagement } from './stream/stream-management.ts';
import { type XmlElement, xml } from './xml/element.ts';
import type { XmppServer } from './xmpp-server.ts';

/** Octets of what a client has to show: it must not be guessed. */
const TOKEN_BYTES = 18;

/** Takes `<enable/>`, `<r/>` and `<a/>`; answers whether it was one of them. */
export function receiveManagement(server: XmppServer, session: Session, element: XmlElement): boolean {
  if (element.ns !== NS.streamManagement) return false;
  const { stream, management } = session;
  if (!stream) return true;
  if (element.name === 'enable' && !management) enable(server, session, stream, element);
  else if (element.name === 'r' && management) {
    stream.send(xml(NS.streamManagement, 'a', { h: counter(management.handled) }));
  } else if (element.name === 'a' && management) management.acknowledge(element.attrs.h);
  else stream.send(failed('unexpected-request'));
  return true;
}

function enable(server: XmppServer, session: Session, stream: Stream, element: XmlElement): void {
  const wantsResume = element.attrs.resume === 'true' || element.attrs.resume === '1';
  const token = wantsResume ? server.random(TOKEN_BYTES).toString('base64url') : null;
  session.management = new StreamManagement(token);
  if (token) server.resumable.set(token, session);
  const max = token ? String(RESUME_WITHIN_MS / 1_000) : null;
  stream.send(xml(NS.streamManagement, 'enabled', { id: token, resume: token ? 'true' : null, max }));
}

/** Gives a session its new stream, and its client what it has missed. */
export function resume(server: XmppServer, stream: Stream, element: XmlElement): void {
  const session = server.resumable.get(element.attrs.previd ?? '');
  const { management } = session ?? {};
  if (!session || !management || session.user.name !== stream.user) {
    stream.send(failed('item-not-found'));
    return;
  }
  management.acknowledge(element.attrs.h);
  const old = session.stream;
  session.stream = null;
  old?.release();
  old?.end(new StreamError('conflict', 'The session goes on on another stream.'));
  session.callOffWait();
  session.stream = stream;
  stream.bind(session);
  const attrs = { previd: management.token, h: counter(management.handled) };
  stream.send(xml(NS.streamManagement, 'resumed', attrs));
  management.resumed();
  for (const { text } of management.unacknowledged) stream.sendStanza(text);
}

function failed(condition: 'item-not-found' | 'unexpected-request'): XmlElement {
  return xml(NS.streamManagement, 'failed', {}, xml(NS.stanzaErrors, condition));
}
