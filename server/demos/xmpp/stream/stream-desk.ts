import type { Scheduler } from '../../../chat/scheduler.ts';
import type { SaslContext } from '../sasl/mechanism.ts';
import type { Session } from '../session.ts';
import type { XmlElement } from '../xml/element.ts';
import type { Addresses } from './addresses.ts';
import type { Stream } from './stream.ts';

/** What a stream asks of its server. Whatever is called may throw a StreamError. */
export interface StreamDesk {
  readonly domain: string;
  readonly scheduler: Scheduler;
  readonly saslContext: SaslContext;
  /** Only PLAIN is offered: the test mode, in which any password is right. */
  readonly plainOnly: boolean;
  readonly addresses: Addresses;
  /** The stream whose client is being listened to: it waits when it writes to a slow reader. */
  reading: Stream | null;
  random(bytes: number): Buffer;
  /** An iq of in-band registration on a stream that is not logged in (XEP-0077). */
  registerBeforeLogin(stream: Stream, iq: XmlElement): void;
  /** Logged in, not bound: binding a resource, or coming back to a session. */
  negotiateBinding(stream: Stream, element: XmlElement): void;
  /** Anything on a bound stream. */
  receive(session: Session, element: XmlElement): void;
  /** The client has said goodbye, or was shown the door. */
  sessionEnded(session: Session): void;
  /** The client is gone without a word; it may come back if it can. */
  sessionLost(session: Session): void;
}
