import type { Draft, Message, SentSignal, Signal, Stamp } from './message.ts';
import type { Presence, PresenceEvent } from './presence.ts';

/** Why a session is ended by the core. */
export type CutOffReason = 'stopped-reading' | 'replaced' | 'account-removed' | 'closing';

/** Why a message is not taken. */
export type SendRefusal = 'no-such-user' | 'too-long' | 'offline-full' | 'blocked' | 'not-connected';

/** What came of sending a message. */
export type Sent =
  | {
      readonly stamp: Stamp;
      /** It had been sent before, with the same client id, and was not sent again. */
      readonly repeated: boolean;
      /** Whether a session took it now (`delivered`) or it waits until the user comes; `null` when it was not sent again. */
      readonly reached: 'delivered' | 'stored' | null;
    }
  | { readonly refused: SendRefusal };

/** One session's connection as the core sees it; each protocol implements it. Nothing in it may throw. */
export interface SessionSink {
  /** Octets handed over that the client has not taken. Beyond MAX_QUEUED_BYTES the session is cut off. */
  readonly queuedBytes: number;
  /**
   * A message to this user, also from itself. Look at `message.to.resource` where that matters. Answers whether the session takes it; if
   * none of the user's does, it waits for the user to come.
   */
  message(message: Message): boolean;
  /** Another session of this user has sent a message (XEP-0280 calls it a carbon). */
  sent(message: Message): void;
  /** Something that passes by. Answers whether the session takes it. */
  signal(signal: SentSignal): boolean;
  /** Somebody's presence changed; only after `ChatSession.watchPresence`. */
  presence(event: PresenceEvent): void;
  /** The core has ended the session; the connection is to be ended, with the reason where the protocol has a way. */
  cutOff(reason: CutOffReason): void;
}

/** Who connects. */
export interface SessionOptions {
  /** Account. */
  readonly user: string;
  /** Unique among the user's sessions. */
  readonly resource: string;
  /** The protocol that it speaks; shown to others. */
  readonly protocol: string;
  readonly sink: SessionSink;
}

/** How a signal goes. */
export interface SignalWay {
  /** The session that is meant; `null`: all that are there. */
  readonly resource: string | null;
  /** Whether it waits for a user who is away. */
  readonly waits: boolean;
}

/** What a session can do, done by the core. */
export interface SessionDesk {
  send(session: ChatSession, to: string, draft: Draft, resource: string | null): Sent;
  signal(session: ChatSession, to: string, signal: Signal, way: SignalWay): boolean;
  setPresence(session: ChatSession, presence: Presence | null): boolean;
  watchPresence(session: ChatSession): void;
  takeOffline(session: ChatSession): Message[];
  takeSignals(session: ChatSession): void;
  close(session: ChatSession): void;
}

/** A user's connection, whatever it speaks. */
export class ChatSession {
  readonly user: string;
  readonly resource: string;
  readonly protocol: string;
  readonly sink: SessionSink;
  /** What it says of itself; `null` until it does. Change it with `setPresence`. */
  currentPresence: Presence | null = null;
  /** Set by the core. */
  closed = false;
  readonly #desk: SessionDesk;

  constructor(desk: SessionDesk, options: SessionOptions) {
    this.#desk = desk;
    this.user = options.user;
    this.resource = options.resource;
    this.protocol = options.protocol;
    this.sink = options.sink;
  }

  /** Sends a message to a user: `to` is the account's key. For rooms see `Member.say`. */
  send(to: string, draft: Draft, resource: string | null = null): Sent {
    return this.#desk.send(this, to, draft, resource);
  }

  /** Lets something pass by a user; `false` when nobody was there to take it, and it does not wait either. */
  signal(to: string, signal: Signal, resource: string | null = null, waits = false): boolean {
    return this.#desk.signal(this, to, signal, { resource, waits });
  }

  /** Says what it is up to; `null`: not available any more. `false` when the status is too long. */
  setPresence(presence: Presence | null): boolean {
    return this.#desk.setPresence(this, presence);
  }

  /** From now on `SessionSink.presence` is told of everybody's presence. */
  watchPresence(): void {
    this.#desk.watchPresence(this);
  }

  /** Takes the messages that have waited for this user, oldest first: the session answers for them from here on. */
  takeOffline(): Message[] {
    return this.#desk.takeOffline(this);
  }

  /** Has the signals that have waited for this user handed to the sink, oldest first. */
  takeSignals(): void {
    this.#desk.takeSignals(this);
  }

  /** Ends the session; its rooms are to be left by `Member.leave`. Closing twice is harmless. */
  close(): void {
    this.#desk.close(this);
  }
}
