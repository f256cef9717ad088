/** Helpers for tests of whatever reads the wire: a clock that stands still, links without a network, made-up events. */
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import type { WireMessage, WireRequest } from '#protocol/wire-messages.ts';
import type { Clock, FrameScheduler } from './clock.ts';
import type { OpenWireLink, WireLinkHandlers } from './wire-link.ts';

/** A clock that moves only by {@link FakeClock.advance}. */
export interface FakeClock extends Clock {
  /** Moves on by `ms` and runs what falls due, in order. */
  advance(ms: number): void;
}

/** A clock at `startMs`. */
export function createFakeClock(startMs = 1_000_000): FakeClock {
  let nowMs = startMs;
  let timers: { atMs: number; run: () => void }[] = [];
  return {
    now: () => nowMs,
    after(delayMs, run) {
      const timer = { atMs: nowMs + delayMs, run };
      timers.push(timer);
      return () => {
        timers = timers.filter((other) => other !== timer);
      };
    },
    advance(ms) {
      const endMs = nowMs + ms;
      for (;;) {
        const next = timers.filter(({ atMs }) => atMs <= endMs).sort((a, b) => a.atMs - b.atMs)[0];
        if (!next) break;
        timers = timers.filter((other) => other !== next);
        nowMs = Math.max(nowMs, next.atMs);
        next.run();
      }
      nowMs = endMs;
    },
  };
}

/** Frames that are painted by hand. */
export interface FakeFrames {
  readonly frame: FrameScheduler;
  /** Frames asked for and not painted. */
  readonly waiting: number;
  paint(): void;
}

/** A screen that paints when told. */
export function createFakeFrames(): FakeFrames {
  let waiting: (() => void)[] = [];
  return {
    frame(run) {
      waiting.push(run);
      return () => {
        waiting = waiting.filter((other) => other !== run);
      };
    },
    get waiting() {
      return waiting.length;
    },
    paint() {
      const due = waiting;
      waiting = [];
      for (const run of due) run();
    },
  };
}

/** The server's end of one fake link. */
export interface FakeLink {
  /** What the page sent, in order. */
  readonly sent: readonly WireRequest[];
  readonly closedByPage: boolean;
  opened(): void;
  says(message: WireMessage): void;
  saysText(text: string): void;
  breaks(): void;
}

/** Links without a network: `links.at(-1)` is the newest. */
export function createFakeLinks(): { readonly open: OpenWireLink; readonly links: readonly FakeLink[] } {
  const links: FakeLink[] = [];
  const open: OpenWireLink = (handlers) => {
    const link = createFakeLink(handlers);
    links.push(link);
    return { send: link.send, close: link.close };
  };
  return { open, links };
}

function createFakeLink(handlers: WireLinkHandlers): FakeLink & { send(text: string): void; close(): void } {
  const sent: WireRequest[] = [];
  let closedByPage = false;
  return {
    sent,
    get closedByPage() {
      return closedByPage;
    },
    opened: () => handlers.opened(),
    says: (message) => handlers.received(JSON.stringify(message)),
    saysText: (text) => handlers.received(text),
    breaks: () => handlers.closed(),
    send: (text) => void sent.push(JSON.parse(text)),
    close: () => {
      closedByPage = true;
    },
  };
}

/** A `data` event of conversation 1 from the client, "hi\n", unless `changes` says otherwise. */
export function fakeEvent(seq: number, changes: Partial<WireEvent> = {}): WireEvent {
  return {
    seq,
    conversation: 1,
    kind: 'data',
    timeUs: seq * 1_000,
    wallMs: 1_700_000_000_000 + seq,
    evidence: 'observed',
    direction: 'to-server',
    length: 3,
    recorded: 3,
    preview: btoa('hi\n'),
    evicted: false,
    count: 0,
    code: null,
    ...changes,
  };
}

/** An open TCP conversation with echo, unless `changes` says otherwise. */
export function fakeConversation(id: number, changes: Partial<Conversation> = {}): Conversation {
  return {
    id,
    transport: 'tcp',
    demo: 'echo',
    observer: 'server',
    client: { address: '127.0.0.1', port: 50_000 + id },
    server: { address: '127.0.0.1', port: 40_007 },
    terminal: null,
    openedUs: id * 1_000,
    openedWallMs: 1_700_000_000_000 + id,
    state: 'open',
    toServer: { events: 0, bytes: 0 },
    toClient: { events: 0, bytes: 0 },
    skipped: { events: 0, bytes: 0 },
    ...changes,
  };
}
