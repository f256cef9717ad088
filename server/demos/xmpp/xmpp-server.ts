/** The XMPP server: its users, sessions and services. What they do is in the files beside this one. */
import type { Chat } from '../../chat/chat.ts';
import { nameKey } from '../../chat/name.ts';
import type { Scheduler } from '../../chat/scheduler.ts';
import { negotiateBinding } from './binding.ts';
import { CoreSink } from './core-sink.ts';
import { receiveStanza } from './delivery.ts';
import { followForeignPresence } from './foreign-presence.ts';
import { registerBeforeLogin } from './iq/register.ts';
import { IqTable } from './iq/table.ts';
import { Jid } from './jid.ts';
import { RESUME_WITHIN_MS } from './limits.ts';
import { PROTOCOL } from './message-stanza.ts';
import { MucService } from './muc/muc-service.ts';
import { goUnavailable } from './presence.ts';
import { receiveManagement } from './resumption.ts';
import type { SaslContext } from './sasl/mechanism.ts';
import type { Service } from './service.ts';
import { Session, type SessionDesk } from './session.ts';
import { Addresses } from './stream/addresses.ts';
import type { LinkListener, StreamLink } from './stream/link.ts';
import { Stream } from './stream/stream.ts';
import type { StreamDesk } from './stream/stream-desk.ts';
import { StreamError } from './stream/stream-error.ts';
import { type UploadOptions, UploadService } from './upload-service.ts';
import { User } from './user.ts';
import type { XmlElement } from './xml/element.ts';

/** What a server is made from. */
export interface XmppServerOptions extends UploadOptions {
  readonly chat: Chat;
  readonly domain: string;
  readonly scheduler: Scheduler;
  /** Wall clock. */
  readonly now: () => Date;
  readonly random: (bytes: number) => Buffer;
  /** Of Porthole, for XEP-0092. */
  readonly version: string;
  readonly platform: string;
  /** Test mode: any user with any password, PLAIN only. */
  readonly anybody: boolean;
  /** Called when nobody is connected any more, and nobody can come back. */
  readonly emptied?: () => void;
}

/** One server of one domain. */
export class XmppServer implements StreamDesk, SessionDesk {
  readonly chat: Chat;
  readonly domain: string;
  readonly scheduler: Scheduler;
  readonly now: () => Date;
  readonly version: string;
  readonly platform: string;
  readonly plainOnly: boolean;
  readonly startedMs: number;
  readonly iq = new IqTable();
  readonly addresses: Addresses;
  readonly upload: UploadService;
  readonly services = new Map<string, Service>();
  /** Sessions that can be come back to, by what their clients have to show (XEP-0198). */
  readonly resumable = new Map<string, Session>();
  readonly saslContext: SaslContext;
  reading: Stream | null = null;
  readonly random: (bytes: number) => Buffer;
  readonly #users = new Map<string, User>();
  readonly #unfollow: () => void;
  readonly #emptied: () => void;

  constructor(options: XmppServerOptions) {
    this.chat = options.chat;
    this.domain = options.domain;
    this.scheduler = options.scheduler;
    this.now = options.now;
    this.random = options.random;
    this.version = options.version;
    this.platform = options.platform;
    this.plainOnly = options.anybody;
    this.#emptied = options.emptied ?? (() => {});
    this.startedMs = options.now().getTime();
    this.addresses = new Addresses(
      () => this.now().getTime(),
      () => this.#ended(),
    );
    this.saslContext = { directory: this.#directory(), random: options.random };
    this.upload = new UploadService(this.domain, options);
    this.#addService(new MucService(this));
    this.#addService(this.upload);
    this.#unfollow = followForeignPresence(this);
  }

  /** Serves a client. */
  serve(link: StreamLink): LinkListener {
    return new Stream(this, link);
  }

  /** The name by which the core knows an account, or `null` when none can be called that. */
  nameKey(name: string): string | null {
    return nameKey(name);
  }

  /** The account of a name, or `null`. */
  user(name: string): User | null {
    const key = this.#users.has(name) ? name : nameKey(name);
    if (key === null || !(this.plainOnly ? this.chat.accounts.ensure(key) : this.chat.accounts.has(key))) return null;
    const known = this.#users.get(key);
    if (known) return known;
    const user = new User(Jid.of(key, this.domain), this.now().getTime());
    this.#users.set(key, user);
    return user;
  }

  /** Forgets an account and ends its sessions. */
  removeUser(user: User): void {
    this.chat.removeAccount(user.name);
    this.#users.delete(user.name);
  }

  /** Opens a session on a stream that has logged in; whoever had the resource before is told of the conflict. */
  openSession(stream: Stream, user: User, resource: string): Session | null {
    const before = user.sessions.get(resource);
    if (before) {
      before.stream?.end(new StreamError('conflict', 'Another client has taken your resource.'));
      this.sessionEnded(before);
    }
    const sink = new CoreSink(this);
    const connected = this.chat.connect({ user: user.name, resource, protocol: PROTOCOL, sink });
    if ('refused' in connected) return null;
    const session = new Session(this, user, user.jid.at(resource), connected.session, stream);
    sink.session = session;
    user.sessions.set(resource, session);
    return session;
  }

  /** See `StreamDesk`. */
  negotiateBinding(stream: Stream, element: XmlElement): void {
    negotiateBinding(this, stream, element);
  }

  /** See `StreamDesk`. */
  registerBeforeLogin(stream: Stream, iq: XmlElement): void {
    void registerBeforeLogin(this, stream, iq);
  }

  /** See `StreamDesk`. */
  receive(session: Session, element: XmlElement): void {
    if (receiveManagement(this, session, element)) return;
    if (session.management) session.management.handled += 1;
    receiveStanza(this, session, element);
  }

  /** See `StreamDesk`. Harmless when it has ended already. */
  sessionEnded(session: Session, cause: 'quit' | 'lost' = 'quit'): void {
    if (session.closed) return;
    this.#leave(session, cause);
    session.closed = true;
    session.callOffWait();
    session.user.sessions.delete(session.jid.resource);
    session.user.lastSeenMs = this.now().getTime();
    if (session.management?.token) this.resumable.delete(session.management.token);
    session.chat.close();
    this.#giveBack(session);
    this.#ended();
  }

  /** See `StreamDesk`. */
  sessionLost(session: Session): void {
    const token = session.management?.token;
    if (session.closed || !token) {
      this.sessionEnded(session, 'lost');
      return;
    }
    session.stream = null;
    session.callOffWait();
    session.callOffWait = this.scheduler.later(RESUME_WITHIN_MS, () => this.sessionEnded(session, 'lost'));
  }

  /** See `SessionDesk`. */
  giveUp(session: Session): void {
    const { stream } = session;
    // It is in the middle of being sent to: the end comes after that.
    queueMicrotask(() => {
      stream?.end(new StreamError('policy-violation', 'You did not acknowledge what was sent to you.'));
      this.sessionEnded(session);
    });
  }

  /** Says goodbye to everybody. */
  close(): void {
    this.#unfollow();
    for (const stream of this.addresses.all()) stream.end(new StreamError('system-shutdown', 'Porthole ends.'));
    for (const user of this.#users.values()) for (const session of user.sessions.values()) this.sessionEnded(session);
  }

  #leave(session: Session, cause: 'quit' | 'lost'): void {
    for (const seat of [...session.rooms.values()]) seat.leave(cause);
    session.rooms.clear();
    goUnavailable(this, session);
  }

  /** What the client has not acknowledged waits for the next one (XEP-0198, XEP-0160). */
  #giveBack({ management, user }: Session): void {
    for (const { message } of management?.unacknowledged ?? []) {
      if (message) this.chat.keepOffline(user.name, message);
    }
  }

  #addService(service: Service): void {
    this.services.set(service.domain, service);
  }

  /** Something ended; tells when it was the last. */
  #ended(): void {
    if (this.addresses.streams === 0 && this.resumable.size === 0) this.#emptied();
  }

  #directory(): SaslContext['directory'] {
    const { accounts } = this.chat;
    return {
      domain: this.domain,
      prepare: nameKey,
      verifier: (user, hash) => accounts.verifier(user, hash),
      accepts: async (user, password) => (this.plainOnly ? accounts.ensure(user) : accounts.accepts(user, password)),
    };
  }
}
