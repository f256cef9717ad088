import { type WireMessage, type WireRequest, wireMessageSchema } from '#protocol/wire-messages.ts';
import { retryDelayMs } from './backoff.ts';
import type { Clock } from './clock.ts';
import { Heartbeat } from './heartbeat.ts';
import type { OpenWireLink, WireLink } from './wire-link.ts';

/** A try that has brought no welcome for so long is given up, in milliseconds. */
export const WELCOME_TIMEOUT_MS = 10_000;

/** A connection that lived so long was a good one: the next loss starts again with a short wait. In milliseconds. */
export const STABLE_AFTER_MS = 5_000;

/** What a connection needs from outside. */
export interface ConnectionOptions {
  readonly open: OpenWireLink;
  readonly clock: Clock;
  /** Between 0 (inclusive) and 1. */
  readonly random: () => number;
  /** The first message of each try. */
  readonly hello: () => WireRequest;
  /** One checked message, in order. */
  readonly received: (message: WireMessage) => void;
  /** The connection broke; `retryAtMs` is the wall clock of the next try. */
  readonly lost: (retryAtMs: number) => void;
  /** A try begins now. */
  readonly trying: () => void;
  /** A message did not match the contract; the connection is dropped and made anew. */
  readonly malformed: () => void;
}

/** A connection to `/ws/wire` that makes itself anew until it is closed. */
export interface Connection {
  /** Sends when the link is open; answers whether it did. */
  send(request: WireRequest): boolean;
  /** Tries at once: the first time, and instead of waiting. */
  retryNow(): void;
  /** Ends it for good; closing twice is harmless. */
  close(): void;
}

/** A connection that waits for its first `retryNow()`, and then keeps at it. */
export function createConnection(options: ConnectionOptions): Connection {
  return new ReconnectingConnection(options);
}

class ReconnectingConnection implements Connection {
  readonly #options: ConnectionOptions;
  readonly #heartbeat: Heartbeat;
  #link: WireLink | null = null;
  #isOpen = false;
  #isClosed = false;
  #attempt = 0;
  #welcomedAtMs: number | null = null;
  #cancelTimer: () => void = () => {};

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#heartbeat = new Heartbeat({
      clock: options.clock,
      ask: () => this.send({ type: 'ping' }),
      silent: () => this.#drop(),
    });
  }

  send(request: WireRequest): boolean {
    if (!this.#link || !this.#isOpen) return false;
    this.#link.send(JSON.stringify(request));
    return true;
  }

  retryNow(): void {
    if (this.#isClosed || this.#link) return;
    this.#cancelTimer();
    this.#cancelTimer = this.#options.clock.after(WELCOME_TIMEOUT_MS, () => this.#drop());
    this.#options.trying();
    const link: WireLink = this.#options.open({
      opened: () => this.#opened(link),
      received: (text) => this.#received(link, text),
      closed: () => {
        if (link === this.#link) this.#lost();
      },
    });
    this.#link = link;
  }

  close(): void {
    this.#isClosed = true;
    this.#cancelTimer();
    this.#letGo();
  }

  #opened(link: WireLink): void {
    if (link !== this.#link) return;
    this.#isOpen = true;
    this.send(this.#options.hello());
  }

  #received(link: WireLink, text: string): void {
    if (link !== this.#link) return;
    const message = parsed(text);
    if (!message) {
      this.#options.malformed();
      this.#drop();
      return;
    }
    this.#heartbeat.heard();
    if (message.type === 'welcome') {
      this.#cancelTimer();
      this.#heartbeat.start();
      this.#welcomedAtMs = this.#options.clock.now();
    }
    this.#options.received(message);
  }

  #drop(): void {
    this.#letGo();
    this.#lost();
  }

  #letGo(): void {
    this.#isOpen = false;
    this.#heartbeat.stop();
    this.#link?.close();
    this.#link = null;
  }

  #lost(): void {
    this.#link = null;
    this.#isOpen = false;
    this.#heartbeat.stop();
    this.#cancelTimer();
    if (this.#isClosed) return;
    const { clock, random, lost } = this.#options;
    const wasStable = this.#welcomedAtMs !== null && clock.now() - this.#welcomedAtMs >= STABLE_AFTER_MS;
    this.#welcomedAtMs = null;
    if (wasStable) this.#attempt = 0;
    const delayMs = retryDelayMs(this.#attempt, random());
    this.#attempt += 1;
    this.#cancelTimer = clock.after(delayMs, () => this.retryNow());
    lost(clock.now() + delayMs);
  }
}

function parsed(text: string): WireMessage | null {
  try {
    const result = wireMessageSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
