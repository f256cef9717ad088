/** A fake `/ws/terminal` and a fake clock for this room's tests. */
import { type TerminalMessage, type TerminalRequest, terminalRequestSchema } from '#protocol/terminal-messages.ts';
import type { Clock } from '../session/clock.ts';
import type { OpenWireLink, WireLinkHandlers } from '../session/wire-link.ts';

/** One WebSocket as the server would see it. Every request is checked against the contract. */
export class FakeLink {
  readonly requests: TerminalRequest[] = [];
  closedByPage = false;
  readonly #handlers: WireLinkHandlers;

  constructor(handlers: WireLinkHandlers) {
    this.#handlers = handlers;
  }

  /** The WebSocket opens. */
  connect(): this {
    this.#handlers.opened();
    return this;
  }

  /** The server speaks. */
  say(message: TerminalMessage): this {
    this.#handlers.received(JSON.stringify(message));
    return this;
  }

  /** The server speaks nonsense. */
  babble(text: string): void {
    this.#handlers.received(text);
  }

  /** The connection is lost. */
  lose(): void {
    this.#handlers.closed();
  }

  send(text: string): void {
    this.requests.push(terminalRequestSchema.parse(JSON.parse(text)));
  }

  close(): void {
    this.closedByPage = true;
  }

  /** Requests of one type, oldest first. */
  of<T extends TerminalRequest['type']>(type: T): Extract<TerminalRequest, { type: T }>[] {
    return this.requests.filter((each): each is Extract<TerminalRequest, { type: T }> => each.type === type);
  }
}

/** Timers that run when the test says so. */
export class FakeClock implements Clock {
  #now = 0;
  #timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  after(delayMs: number, run: () => void): () => void {
    const timer = { at: this.#now + delayMs, run };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((each) => each !== timer);
    };
  }

  /** Lets `ms` pass. */
  pass(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter((timer) => timer.at <= this.#now);
    this.#timers = this.#timers.filter((timer) => timer.at > this.#now);
    for (const timer of due) timer.run();
  }
}

/** Links as they are opened, oldest first. */
export function fakeLinks(): { readonly open: OpenWireLink; readonly links: FakeLink[]; last(): FakeLink } {
  const links: FakeLink[] = [];
  return {
    links,
    open: (handlers) => {
      const link = new FakeLink(handlers);
      links.push(link);
      return link;
    },
    last() {
      const link = links.at(-1);
      if (!link) throw new Error('no link was opened');
      return link;
    },
  };
}
