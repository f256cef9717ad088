import type { ChatEvent } from '#protocol/chat-event.ts';
import type { ChatRequest } from '#protocol/chat-request.ts';
import { NEWS_DELAY_MS } from '../../../chat/limits.ts';
import { openTestChat, type TestChat } from '../../../chat/testing/test-chat.ts';
import { type ChatJson, createChatJson } from '../chat-json.ts';
import type { JsonLink, JsonPeer } from '../link.ts';
import { problemsBySchema } from './schema.ts';

/** The chat by JSON without a network, whose time passes when the test says so. */
export interface TestJson extends TestChat {
  readonly json: ChatJson;
  /** Somebody connects. */
  open(): JsonClient;
  /** Somebody connects and logs in. */
  login(user: string, resource?: string): Promise<JsonClient>;
}

/** Starts one. */
export function startTestJson(pageUrl: string | null = 'http://localhost:7070'): TestJson {
  const opened = openTestChat();
  const { chat, scheduler } = opened;
  const json = createChatJson({ chat, scheduler, pageUrl: () => pageUrl });
  const open = (): JsonClient => new JsonClient(json, () => scheduler.pass(NEWS_DELAY_MS));
  const login = async (user: string, resource = 'test'): Promise<JsonClient> => {
    const client = open();
    client.send1({ type: 'login', user, password: 'porthole', resource });
    await client.next('welcome');
    return client;
  };
  return Object.assign(opened, { json, open, login });
}

/** A client at the end of a link. Every object that it gets is checked against the published schema. */
class JsonClient implements JsonLink {
  readonly events: ChatEvent[] = [];
  readonly #peer: JsonPeer;
  readonly #turn: () => void;
  queuedBytes = 0;
  congested = false;
  reads = true;
  paused = false;
  ended = false;
  resetBy: string | null = null;
  #changed: () => void = () => {};
  #seen = 0;

  constructor(json: ChatJson, turn: () => void) {
    this.#turn = turn;
    const peer = json.open(this);
    if (!peer) throw new Error('there was no room for a connection');
    this.#peer = peer;
  }

  send(objects: readonly string[]): boolean {
    for (const text of objects) {
      const event: unknown = JSON.parse(text);
      const problems = problemsBySchema('event', event);
      if (problems !== '') throw new Error(`${text} is not as the schema has it: ${problems}`);
      this.events.push(event as ChatEvent);
      if (!this.reads) this.queuedBytes += text.length;
    }
    this.#changed();
    return this.reads;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  end(): void {
    this.ended = true;
    this.#changed();
  }

  reset(reason: string): void {
    this.resetBy = reason;
    this.#peer.lost();
    this.#changed();
  }

  /** Sends an object, and lets the rooms deliver. */
  send1(request: ChatRequest): this {
    return this.raw(JSON.stringify(request));
  }

  /** Sends whatever this is. */
  raw(bytes: string | Uint8Array | 'line-too-long'): this {
    this.#peer.receive(bytes === 'line-too-long' ? bytes : Buffer.from(bytes));
    this.#turn();
    return this;
  }

  drains(): void {
    this.queuedBytes = 0;
    this.reads = true;
    this.congested = false;
    this.#peer.drained();
    this.#turn();
  }

  /** The client sends its FIN. */
  finish(): void {
    this.#peer.finished();
    this.#turn();
  }

  /** The connection breaks. */
  breaks(): void {
    this.#peer.lost();
    this.#turn();
  }

  /** Everything of one type so far. */
  all<T extends ChatEvent['type']>(type: T): Extract<ChatEvent, { type: T }>[] {
    return this.events.filter((event): event is Extract<ChatEvent, { type: T }> => event.type === type);
  }

  /** The last one of a type. Throws when there is none. */
  last<T extends ChatEvent['type']>(type: T): Extract<ChatEvent, { type: T }> {
    const event = this.all(type).at(-1);
    if (!event) throw new Error(`no ${type} in ${JSON.stringify(this.events)}`);
    return event;
  }

  /** Codes of all errors so far. */
  get errors(): string[] {
    return this.all('error').map(({ code }) => code);
  }

  /** Waits for one of this type that no `next` has answered yet. */
  async next<T extends ChatEvent['type']>(type: T): Promise<Extract<ChatEvent, { type: T }>> {
    for (;;) {
      const at = this.events.findIndex((event, index) => index >= this.#seen && event.type === type);
      const event = this.events[at];
      if (event) {
        this.#seen = at + 1;
        return event as Extract<ChatEvent, { type: T }>;
      }
      if (this.ended || this.resetBy !== null) throw new Error(`ended without ${type}: ${JSON.stringify(this.events)}`);
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }
}
