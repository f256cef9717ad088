/** A viewer of a real playground that follows a lesson over `/ws/wire`, as the page does. */
import { once } from 'node:events';
import { connect } from 'node:net';
import WebSocket from 'ws';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { type WireMessage, type WireRequest, wireMessageSchema } from '#protocol/wire-messages.ts';
import type { TestPlayground } from '../../server/testing/playground.ts';
import { type Completion, createRunner, type Runner } from '../runner.ts';
import type { Lesson } from '../schema.ts';

/** Longest time that anything is waited for, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Demo whose conversations mark a moment; a lesson about it would need another. */
const MARKER = 'discard';

/** A lesson that is followed. */
export interface WireViewer {
  readonly runner: Runner;
  /** What was completed, in order. */
  readonly completions: readonly Completion[];
  /** Waits until something holds of the runner. Throws, saying how the lesson stands, when it takes too long. */
  until(what: string, holds: (runner: Runner) => boolean): Promise<void>;
  /** Waits until everything that has happened by now has been seen: a conversation of our own marks the moment. */
  caughtUp(): Promise<void>;
  close(): void;
}

/** Opens the lesson with a playground; nothing that happened before counts. */
export async function followLesson(playground: TestPlayground, lesson: Lesson): Promise<WireViewer> {
  const viewer = new Viewer(playground, lesson);
  await viewer.live();
  return viewer;
}

class Viewer implements WireViewer {
  runner: Runner;
  readonly completions: Completion[] = [];
  readonly #playground: TestPlayground;
  readonly #lesson: Lesson;
  readonly #socket: WebSocket;
  readonly #conversations = new Map<number, Conversation>();
  readonly #callers = new Set<number>();
  #head: number | null = null;
  #seq = 0;
  /** What the runner has not taken in: it may wait for octets. */
  #events: WireEvent[] = [];
  readonly #payloads = new Map<number, Uint8Array | null>();
  readonly #asked = new Set<number>();
  #changed: (() => void)[] = [];
  #failure: Error | null = null;

  constructor(playground: TestPlayground, lesson: Lesson) {
    this.#playground = playground;
    this.#lesson = lesson;
    this.runner = createRunner({ lesson, done: new Set() });
    this.#socket = new WebSocket(`${playground.url.replace(/^http/, 'ws')}/ws/wire`);
    this.#socket.on('open', () => this.#send({ type: 'hello', version: CONTRACT_VERSION }));
    this.#socket.on('message', (data) => this.#receive(wireMessageSchema.parse(JSON.parse(String(data)))));
    this.#socket.on('error', (error) => this.#fail(error));
  }

  async live(): Promise<void> {
    await this.#wait('the journal', () => this.#head !== null && this.#seq >= this.#head);
    const known = { conversations: this.#conversations.values(), seq: this.#seq };
    this.runner = createRunner({ lesson: this.#lesson, done: new Set(), ...known });
    this.completions.length = 0;
  }

  async until(what: string, holds: (runner: Runner) => boolean): Promise<void> {
    await this.#wait(what, () => holds(this.runner));
  }

  async caughtUp(): Promise<void> {
    const { address, port } = this.#playground.address(MARKER, 'tcp');
    const socket = connect({ host: address, port });
    await once(socket, 'connect');
    const { localPort = 0 } = socket;
    await this.#wait('the marker', () => this.#callers.has(localPort));
    socket.destroy();
  }

  close(): void {
    this.#socket.close();
  }

  #send(request: WireRequest): void {
    this.#socket.send(JSON.stringify(request));
  }

  #receive(message: WireMessage): void {
    if (message.type === 'welcome') this.#head = message.head;
    else if (message.type === 'batch') this.#take(message.conversations, message.events);
    else if (message.type === 'payload') this.#takePayload(message.seq, message.bytes);
    else if (message.type === 'error' || message.type === 'reload') this.#fail(new Error(JSON.stringify(message)));
    for (const changed of this.#changed.splice(0)) changed();
  }

  #take(conversations: readonly Conversation[], events: readonly WireEvent[]): void {
    for (const conversation of conversations) {
      this.#conversations.set(conversation.id, conversation);
      if (conversation.demo === MARKER) this.#callers.add(conversation.client.port);
    }
    this.#seq = events.at(-1)?.seq ?? this.#seq;
    this.#events.push(...events);
    this.#feed();
  }

  #takePayload(seq: number, base64: string | null): void {
    this.#payloads.set(seq, base64 === null ? null : Buffer.from(base64, 'base64'));
    this.#feed();
  }

  #feed(): void {
    const payloads = { get: (event: WireEvent) => this.#payload(event) };
    this.completions.push(...this.runner.feed(this.#events, this.#conversations, payloads));
    this.#events = this.#events.filter(({ seq }) => seq > this.runner.seq);
  }

  #payload({ seq }: WireEvent): Uint8Array | null | undefined {
    if (!this.#asked.has(seq)) this.#send({ type: 'payload', seq });
    this.#asked.add(seq);
    return this.#payloads.get(seq);
  }

  async #wait(what: string, holds: () => boolean): Promise<void> {
    const timer = setTimeout(
      () => this.#fail(new Error(`waited too long for ${what}: ${this.#standing()}`)),
      PATIENCE_MS,
    );
    try {
      while (!holds()) {
        if (this.#failure) throw this.#failure;
        await new Promise<void>((resolve) => this.#changed.push(resolve));
      }
    } finally {
      clearTimeout(timer);
    }
  }

  #fail(error: Error): void {
    this.#failure = error;
    for (const changed of this.#changed.splice(0)) changed();
  }

  #standing(): string {
    const { active, done, nearMisses } = this.runner;
    return JSON.stringify({ active, done: [...done], nearMisses });
  }
}
