/** A viewer of a real playground that follows a lesson over `/ws/wire`, as the page does. */
import { once } from 'node:events';
import { connect } from 'node:net';
import WebSocket from 'ws';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { type WireMessage, type WireRequest, wireMessageSchema } from '#protocol/wire-messages.ts';
import type { TestPlayground } from '../../server/testing/playground.ts';
import { partsOf } from '../checks.ts';
import { type Completion, createRunner, type Runner } from '../runner.ts';
import type { Lesson, Step } from '../schema.ts';
import { UnseenNow } from './unseen-now.ts';

/** Longest time that anything is waited for, in milliseconds. */
const PATIENCE_MS = 10_000;
/** Demo whose conversations mark a moment; a lesson about it would need another. */
const MARKER = 'discard';

/** A lesson that is followed. */
export interface WireViewer {
  readonly runner: Runner;
  /** Whether packets are captured. */
  readonly captures: boolean;
  /** What was completed, in order. */
  readonly completions: readonly Completion[];
  /** Waits until something holds of the runner. Throws, saying how the lesson stands, when it takes too long. */
  until(what: string, holds: (runner: Runner) => boolean): Promise<void>;
  /** Waits until everything that has happened by now has been seen: a conversation of our own marks the moment. */
  caughtUp(): Promise<void>;
  /** Waits until a server of ours has read so many octets in all of what a client's TCP port sent. */
  arrived(clientPort: number, bytes: number): Promise<void>;
  /** Does an exercise of the lesson. */
  solve(exercise: string): void;
  /** Where nothing is captured, does the exercises that take the place of packets in a step. */
  solveInPlaceOfPackets(task: Pick<Step, 'check'>): void;
  close(): void;
}

/**
 * Opens the lesson with a playground; nothing that happened before counts.
 * @param captures whether packets may be captured, where the system lets us; default: no
 */
export async function followLesson(playground: TestPlayground, lesson: Lesson, captures = false): Promise<WireViewer> {
  const viewer = new Viewer(playground, lesson, captures);
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
  readonly #unseen: UnseenNow;
  readonly #solved = new Set<string>();
  #changed: (() => void)[] = [];
  #failure: Error | null = null;

  constructor(playground: TestPlayground, lesson: Lesson, captures: boolean) {
    this.#playground = playground;
    this.#lesson = lesson;
    this.#unseen = new UnseenNow(lesson, playground.demos, captures);
    this.runner = createRunner({ lesson, done: new Set() });
    this.#socket = new WebSocket(`${playground.url.replace(/^http/, 'ws')}/ws/wire`);
    this.#socket.on('open', () => this.#send({ type: 'hello', version: CONTRACT_VERSION }));
    this.#socket.on('message', (data) => this.#receive(wireMessageSchema.parse(JSON.parse(String(data)))));
    this.#socket.on('error', (error) => this.#fail(error));
  }

  get captures(): boolean {
    return this.#unseen.known.captures === true;
  }

  async live(): Promise<void> {
    await this.#wait('the journal', () => this.#head !== null && this.#seq >= this.#head);
    for (const request of this.#unseen.requests) this.#send(request);
    await this.#wait('packets and sockets', () => this.#unseen.isReady);
    const known = { ...this.#unseen.known, solved: this.#solved };
    const begun = { conversations: this.#conversations.values(), seq: this.#seq, known };
    this.runner = createRunner({ lesson: this.#lesson, done: new Set(), ...begun });
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
    await this.#wait(
      'the marker',
      () => this.#callers.has(localPort) && (!this.captures || this.#unseen.hasSeen(localPort)),
    );
    socket.destroy();
  }

  async arrived(clientPort: number, bytes: number): Promise<void> {
    const isFrom = ({ transport, observer, client, toServer }: Conversation) =>
      transport === 'tcp' && observer === 'server' && client.port === clientPort && toServer.bytes >= bytes;
    await this.#wait(`${bytes} octets of port ${clientPort}`, () => [...this.#conversations.values()].some(isFrom));
  }

  solve(exercise: string): void {
    this.#solved.add(exercise);
    this.completions.push(...this.runner.feedKnown({ solved: new Set(this.#solved) }));
  }

  solveInPlaceOfPackets({ check }: Pick<Step, 'check'>): void {
    if (this.captures) return;
    for (const part of partsOf(check)) if (part.kind === 'solved') this.solve(part.exercise);
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
    else this.completions.push(...this.#unseen.take(message, this.runner));
    if (message.type === 'error' || message.type === 'reload') this.#fail(new Error(JSON.stringify(message)));
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
