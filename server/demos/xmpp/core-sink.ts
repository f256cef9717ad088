/** What the chat core hands to an XMPP session, made into stanzas. */
import type { Message, SentSignal } from '../../chat/message.ts';
import type { PresenceEvent } from '../../chat/presence.ts';
import type { CutOffReason, SessionSink } from '../../chat/session.ts';
import { carbonOf, wantsNoCarbon } from './carbons.ts';
import { addressOf, messageStanza, nativeStanza, signalStanza } from './message-stanza.ts';
import { delayOf } from './offline.ts';
import type { Session } from './session.ts';
import { StreamError } from './stream/stream-error.ts';
import type { XmppServer } from './xmpp-server.ts';

/** The sink of a session; it is made before the session is. */
export class CoreSink implements SessionSink {
  session: Session | null = null;
  readonly #server: XmppServer;

  constructor(server: XmppServer) {
    this.#server = server;
  }

  /** Streams bound their own queues, and say why they end. */
  get queuedBytes(): number {
    return 0;
  }

  message(message: Message): boolean {
    const { session } = this;
    if (!session || session.closed) return false;
    const stanza = messageStanza(message, this.#server);
    const takes = this.#isFor(session, message.to.type === 'user' ? message.to.resource : null);
    if (takes) session.send(addressed(stanza, message, session), message);
    else if (session.wantsCarbons && !wantsNoCarbon(stanza)) session.send(carbonOf('received', stanza, session));
    return takes;
  }

  sent(message: Message): void {
    const { session } = this;
    if (!session || session.closed || !session.wantsCarbons) return;
    const stanza = messageStanza(message, this.#server);
    if (!wantsNoCarbon(stanza)) session.send(carbonOf('sent', stanza, session));
  }

  signal({ from, to, signal, sinceMs }: SentSignal): boolean {
    const { session } = this;
    if (!session || session.closed) return false;
    const resource = to.type === 'user' ? to.resource : null;
    const native = signal.type === 'native' ? nativeStanza(signal.native) : null;
    const isHeadline = native?.attrs.type === 'headline' && resource === null;
    if (!(isHeadline ? mayReceive(session) : this.#isFor(session, resource))) return false;
    const stanza = native ?? signalStanza(signal, addressOf(from, this.#server.domain), session.jid);
    if (!stanza) return false;
    session.send(sinceMs === undefined ? stanza : stanza.plus(delayOf(sinceMs, this.#server.domain)));
    return true;
  }

  presence(_event: PresenceEvent): void {
    // XMPP has rosters: who hears of whom is decided there, see foreign-presence.ts.
  }

  cutOff(reason: CutOffReason): void {
    const { session } = this;
    if (!session) return;
    session.stream?.end(goodbye(reason));
    this.#server.sessionEnded(session);
  }

  /** A message to a full address goes there while somebody is there, otherwise to the first choice (RFC 6121 §8.5.3). */
  #isFor(session: Session, resource: string | null): boolean {
    if (resource !== null && this.#server.chat.session(session.user.name, resource)) {
      return session.jid.resource === resource;
    }
    return session.user.isFirstChoice(session);
  }
}

/** Headlines to an account reach every client that takes messages (RFC 6121 §8.5.2.1.1). */
function mayReceive({ presence, priority }: Session): boolean {
  return presence !== null && priority >= 0;
}

/** A message without an address was to the sender's own account. */
function addressed(stanza: ReturnType<typeof messageStanza>, message: Message, session: Session) {
  return stanza.attrs.to === undefined && message.to.type === 'user' ? stanza.with({ to: session.jid.bare }) : stanza;
}

function goodbye(reason: CutOffReason): StreamError {
  switch (reason) {
    case 'stopped-reading':
      return new StreamError('resource-constraint', 'You did not read what was sent to you.');
    case 'replaced':
      return new StreamError('conflict', 'Another client has taken your place.');
    case 'account-removed':
      return new StreamError('not-authorized', 'The account is gone.');
    case 'closing':
      return new StreamError('system-shutdown', 'Porthole ends.');
    default:
      return reason satisfies never;
  }
}
