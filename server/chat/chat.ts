/**
 * The core that all chat protocols share: accounts, sessions, presence, messages, what waits for whom, history, rooms.
 * It knows no protocol, keeps everything in memory, and bounds all of it (`limits.ts`).
 *
 * How a protocol attaches. It is handed the one `Chat` of the playground. For each connection it
 *
 * 1. finds out who it is: `chat.accounts.verifier()` for SCRAM, `accounts.accepts()` for a plain password. Names are
 *    keys, see `nameKey`;
 * 2. opens a session: `chat.connect({ user, resource, protocol, sink })`. The `SessionSink` is the connection: what
 *    comes for the user is written there at once, in the protocol's own form, and what it answers says whether the
 *    message was taken. `queuedBytes` is the connection's; who does not read is told by `cutOff`;
 * 3. says that it is there, `session.setPresence(ONLINE)`, and takes what has waited, `session.takeOffline()`;
 * 4. sends: `session.send('bob', { body, clientId })` answers id, order and time for the acknowledgement;
 * 5. goes into rooms: `chat.rooms.enter('lobby', nick, { user, resource, recipient })`. `room.members()`,
 *    `room.subject` and `chat.history.find('room:lobby', …)` at that moment are what a newcomer is shown; what follows
 *    comes in batches to the `Recipient`, rendered once a protocol: `batch.as(format)`. A member's own events come,
 *    too (`event.by === member.id`). Answer `false` from `deliver` when the connection is full and call
 *    `member.ready()` when it has drained; before saying something look at `room.full` and use `member.awaitTurn()`;
 * 6. at the end: `member.leave(cause)` for each room, `session.close()`.
 *
 * What only one protocol understands travels as `native`, which the others ignore. A session that can come back (stream
 * management) keeps its sink and queues in it; what it could not deliver in the end it gives back with
 * `chat.keepOffline`.
 */
import { Accounts } from './accounts.ts';
import { Files } from './files.ts';
import type { History } from './history.ts';
import { Ledger } from './ledger.ts';
import {
  MAX_BLOCKED,
  MAX_BODY_BYTES,
  MAX_QUEUED_BYTES,
  MAX_RESOURCE_CHARS,
  MAX_SESSIONS,
  MAX_SESSIONS_PER_USER,
  MAX_STATUS_BYTES,
} from './limits.ts';
import { type Draft, type Message, octetsOf, type Sender, type SentSignal, type Signal } from './message.ts';
import { messageBytes, OfflineQueues, signalBytes } from './offline.ts';
import type { Presence, PresenceEvent } from './presence.ts';
import { Rooms } from './rooms.ts';
import type { Scheduler } from './scheduler.ts';
import {
  ChatSession,
  type CutOffReason,
  type Sent,
  type SessionDesk,
  type SessionOptions,
  type SignalWay,
} from './session.ts';
import { Stamper } from './stamper.ts';

/** What the core is handed. */
export interface ChatOptions {
  readonly scheduler: Scheduler;
  /** Wall clock. */
  readonly now: () => Date;
  /** Random octets. */
  readonly random: (bytes: number) => Buffer;
}

/** Why there is no session. */
export type ConnectRefusal = 'no-such-user' | 'resource-taken' | 'bad-resource' | 'too-many-sessions';

/** The core; one a playground. */
export class Chat implements SessionDesk {
  readonly accounts: Accounts;
  readonly rooms: Rooms;
  /** Uploaded files; the gateway serves them under `path`. */
  readonly files: Files;
  /** What is kept of all conversations and rooms. */
  readonly history: History;
  readonly #ledger: Ledger;
  readonly #offline = new OfflineQueues(messageBytes);
  readonly #offlineSignals = new OfflineQueues(signalBytes);
  readonly #sessions = new Map<string, Map<string, ChatSession>>();
  readonly #watchers = new Set<ChatSession>();
  readonly #listeners = new Set<(event: PresenceEvent) => void>();
  readonly #blocked = new Map<string, Set<string>>();
  readonly #now: () => Date;
  #sessionCount = 0;

  constructor({ scheduler, now, random }: ChatOptions) {
    this.#now = now;
    this.accounts = new Accounts(random);
    this.#ledger = new Ledger(new Stamper(() => now().getTime(), random(4).toString('hex')));
    this.history = this.#ledger.history;
    this.files = new Files(() => now().getTime(), random);
    this.rooms = new Rooms(scheduler, this.#ledger);
  }

  /** Opens a session, or says why not. Whom to put out when a resource is taken is the protocol's decision: `cutOff`. */
  connect(options: SessionOptions): { readonly session: ChatSession } | { readonly refused: ConnectRefusal } {
    const { user, resource } = options;
    const own = this.#sessions.get(user) ?? new Map<string, ChatSession>();
    if (!this.accounts.has(user)) return { refused: 'no-such-user' };
    if (resource === '' || resource.length > MAX_RESOURCE_CHARS) return { refused: 'bad-resource' };
    if (own.has(resource)) return { refused: 'resource-taken' };
    if (own.size >= MAX_SESSIONS_PER_USER || this.#sessionCount >= MAX_SESSIONS)
      return { refused: 'too-many-sessions' };
    const session = new ChatSession(this, options);
    own.set(resource, session);
    this.#sessions.set(user, own);
    this.#sessionCount += 1;
    return { session };
  }

  /** The sessions of a user, in the order of connecting. */
  sessionsOf(user: string): readonly ChatSession[] {
    return [...(this.#sessions.get(user)?.values() ?? [])];
  }

  /** One session of a user, or `null`. */
  session(user: string, resource: string): ChatSession | null {
    return this.#sessions.get(user)?.get(resource) ?? null;
  }

  /** Users of whom a session is available, in no order. */
  availableUsers(): string[] {
    return [...this.#sessions.keys()].filter((user) => this.sessionsOf(user).some((one) => one.currentPresence));
  }

  /** Ends a session from here: its sink is told why. */
  cutOff(session: ChatSession, reason: CutOffReason): void {
    if (session.closed) return;
    this.close(session);
    session.sink.cutOff(reason);
  }

  /** Tells `listener` of every change of presence, of all protocols; returns what ends that. */
  onPresence(listener: (event: PresenceEvent) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Whether a message of `from` does not reach `user`. */
  isBlocked(user: string, from: string): boolean {
    return this.#blocked.get(user)?.has(from) ?? false;
  }

  /** Whom a user does not want to hear of. */
  blockedBy(user: string): string[] {
    return [...(this.#blocked.get(user) ?? [])];
  }

  /** Blocks or unblocks; `false` when the user has blocked too many. */
  setBlocked(user: string, from: string, isBlocked: boolean): boolean {
    const blocked = this.#blocked.get(user) ?? new Set<string>();
    if (isBlocked && !blocked.has(from) && blocked.size >= MAX_BLOCKED) return false;
    if (isBlocked) blocked.add(from);
    else blocked.delete(from);
    if (blocked.size > 0) this.#blocked.set(user, blocked);
    else this.#blocked.delete(user);
    return true;
  }

  /** Keeps a message for its user to come, which a session had taken and could not deliver; `false` when it is full. */
  keepOffline(user: string, message: Message): boolean {
    return this.accounts.has(user) && this.#offline.keep(user, message);
  }

  /** From now on only what is exchanged with those for whom `wants` answers `true` gets into an account's own history. */
  setHistoryWish(user: string, wants: (other: string) => boolean): void {
    this.#ledger.setWish(user, wants);
  }

  /** How many messages wait for a user. */
  offlineCount(user: string): number {
    return this.#offline.count(user);
  }

  /** Forgets an account and all that is its own. */
  removeAccount(user: string): boolean {
    if (!this.accounts.remove(user)) return false;
    for (const session of this.sessionsOf(user)) this.cutOff(session, 'account-removed');
    this.#offline.take(user);
    this.#offlineSignals.take(user);
    this.#blocked.delete(user);
    this.history.forget(`user:${user}`);
    this.#ledger.setWish(user, null);
    return true;
  }

  /** See `ChatSession.send`. */
  send(session: ChatSession, to: string, draft: Draft, resource: string | null): Sent {
    if (session.closed) return { refused: 'not-connected' };
    if (!this.accounts.has(to)) return { refused: 'no-such-user' };
    if (this.isBlocked(to, session.user)) return { refused: 'blocked' };
    if (octetsOf(draft) > MAX_BODY_BYTES) return { refused: 'too-long' };
    const entry = this.#ledger.enter(senderOf(session), { type: 'user', name: to, resource }, draft);
    if ('repeats' in entry) return { stamp: entry.repeats, repeated: true, reached: null };
    const { message } = entry;
    const taken = this.#deliver(to, null, ({ sink }) => sink.message(message));
    if (!taken && !this.#offline.keep(to, message)) return { refused: 'offline-full' };
    this.#ledger.keep(message, draft);
    if (to !== session.user) this.#deliver(session.user, session, ({ sink }) => sink.sent(message));
    return { stamp: message, repeated: false, reached: taken ? 'delivered' : 'stored' };
  }

  /** See `ChatSession.signal`. */
  signal(session: ChatSession, to: string, signal: Signal, { resource, waits }: SignalWay): boolean {
    if (session.closed || this.isBlocked(to, session.user)) return false;
    const sent = { from: senderOf(session), to: { type: 'user', name: to, resource } as const, signal };
    if (this.#deliver(to, null, (one) => handSignal(one, sent))) return true;
    return waits && this.accounts.has(to) && this.#offlineSignals.keep(to, { ...sent, sinceMs: this.#now().getTime() });
  }

  /** See `ChatSession.setPresence`. */
  setPresence(session: ChatSession, presence: Presence | null): boolean {
    if (session.closed) return false;
    if (presence && Buffer.byteLength(presence.status) > MAX_STATUS_BYTES) return false;
    if (presence === null && session.currentPresence === null) return true;
    session.currentPresence = presence;
    this.#announce({ user: session.user, resource: session.resource, protocol: session.protocol, presence });
    return true;
  }

  /** See `ChatSession.watchPresence`. */
  watchPresence(session: ChatSession): void {
    if (!session.closed) this.#watchers.add(session);
  }

  /** See `ChatSession.takeOffline`. */
  takeOffline(session: ChatSession): Message[] {
    return session.closed ? [] : this.#offline.take(session.user);
  }

  /** See `ChatSession.takeSignals`. */
  takeSignals(session: ChatSession): void {
    if (session.closed) return;
    for (const signal of this.#offlineSignals.take(session.user)) handSignal(session, signal);
  }

  /** See `ChatSession.close`. */
  close(session: ChatSession): void {
    if (session.closed) return;
    // First, or it would be told that it is gone itself.
    this.#watchers.delete(session);
    this.setPresence(session, null);
    session.closed = true;
    this.#sessionCount -= 1;
    const own = this.#sessions.get(session.user);
    own?.delete(session.resource);
    if (own?.size === 0) this.#sessions.delete(session.user);
  }

  /** Ends all sessions and rooms. */
  closeAll(): void {
    for (const own of [...this.#sessions.values()]) for (const one of [...own.values()]) this.cutOff(one, 'closing');
    this.rooms.close();
  }

  /** Hands something to all sessions of a user but `except`; answers whether any took it. */
  #deliver(user: string, except: ChatSession | null, hand: (session: ChatSession) => unknown): boolean {
    let taken = false;
    for (const session of this.#sessions.get(user)?.values() ?? []) {
      if (session === except) continue;
      taken = hand(session) === true || taken;
      this.#judge(session);
    }
    return taken;
  }

  #announce(event: PresenceEvent): void {
    for (const listener of this.#listeners) listener(event);
    for (const session of this.#watchers) {
      if (this.isBlocked(event.user, session.user)) continue;
      session.sink.presence(event);
      this.#judge(session);
    }
  }

  #judge(session: ChatSession): void {
    if (session.sink.queuedBytes > MAX_QUEUED_BYTES) this.cutOff(session, 'stopped-reading');
  }
}

/** A session is told in the words of its own protocol, or in those that all have, or nothing. */
function handSignal({ protocol, sink }: ChatSession, sent: SentSignal): boolean {
  const { signal } = sent;
  if (signal.type !== 'native' || signal.native.protocol === protocol) return sink.signal(sent);
  return signal.means ? sink.signal({ ...sent, signal: signal.means }) : false;
}

function senderOf({ user, resource }: ChatSession): Sender {
  return { user, nick: user, resource };
}
