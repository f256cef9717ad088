/** Random and broken requests through the chat by JSON: every one is answered as the protocol says, and nothing else happens. */
import { setImmediate as turn } from 'node:timers/promises';
import { openTestChat } from '../../server/chat/testing/test-chat.ts';
import { type ChatJson, createChatJson } from '../../server/demos/chat-json/chat-json.ts';
import { LineSplitter } from '../../server/demos/chat-json/line-splitter.ts';
import type { JsonLink, JsonPeer } from '../../server/demos/chat-json/link.ts';
import { type ChatEvent, chatEventSchema } from '../../server/protocol/chat-event.ts';
import type { ChatRequest } from '../../server/protocol/chat-request.ts';
import { type Random, seededRandom } from './random.ts';

/** Requests of one client, which logs in first. */
const REQUESTS_A_CLIENT = 200;

/** What came of a run. */
export interface ChatJsonFuzz {
  readonly clients: number;
  /** Answers of each type, errors by their code. */
  readonly answers: ReadonlyMap<string, number>;
}

const USERS = ['alice', 'bob', 'carol'] as const;
const ADDRESSES = [
  ...USERS,
  'alice/fuzz',
  '#lobby',
  '#lobby/bob',
  '#garden',
  '#',
  'no body',
  '#a/b/c',
  '\u0000',
] as const;
const CALL_STEPS = ['offer', 'answer', 'candidate', 'hangup'] as const;
const TEXTS = ['', 'hello', '你好 🦭', '\u0000', '\u202e', 'x'.repeat(17_000), '"\\', '<&>', '\n'] as const;

/** Sends so many requests. Throws when a promise is broken. */
export async function fuzzChatJson(count: number, seed: number): Promise<ChatJsonFuzz> {
  const random = seededRandom(seed);
  const { chat, scheduler } = openTestChat();
  const json = createChatJson({ chat, scheduler, pageUrl: () => null });
  const answers = new Map<string, number>();
  const clients = Math.max(1, Math.ceil(count / REQUESTS_A_CLIENT));
  for (let client = 0; client < clients; client += 1) {
    const link = new FuzzLink(json, answers);
    await link.login(random.pick(USERS));
    for (let sent = 0; sent < REQUESTS_A_CLIENT && !link.isOver; sent += 1) {
      link.send1(random, bytesOf(random));
      if (random.below(8) === 0) scheduler.turn();
    }
    link.mustAnswer();
    scheduler.pass(random.below(100));
    link.breaks();
  }
  return { clients, answers };
}

/** The client's end: checks all that it gets. */
class FuzzLink implements JsonLink {
  readonly queuedBytes = 0;
  readonly congested = false;
  isOver = false;
  readonly #answers: Map<string, number>;
  readonly #splitter = new LineSplitter();
  readonly #peer: JsonPeer;
  #last: ChatEvent | null = null;
  #isIn = false;

  constructor(json: ChatJson, answers: Map<string, number>) {
    this.#answers = answers;
    const peer = json.open(this);
    if (!peer) throw new Error('there is no room for a connection: earlier ones were not let go');
    this.#peer = peer;
  }

  send(objects: readonly string[]): boolean {
    for (const object of objects) {
      const event = chatEventSchema.parse(JSON.parse(object));
      const what = event.type === 'error' ? event.code : event.type;
      this.#answers.set(what, (this.#answers.get(what) ?? 0) + 1);
      this.#isIn ||= event.type === 'welcome';
      this.#last = event;
    }
    return true;
  }

  pause(): void {}

  resume(): void {}

  end(): void {
    this.breaks();
  }

  reset(): void {
    this.breaks();
  }

  breaks(): void {
    this.isOver = true;
    this.#peer.lost();
  }

  async login(user: string): Promise<void> {
    this.#feed(Buffer.from(`{"type":"login","user":"${user}","password":"porthole"}\n`));
    while (!this.#isIn) {
      if (this.isOver || this.#last?.type === 'error') throw new Error(`not let in: ${JSON.stringify(this.#last)}`);
      await turn();
    }
    this.#feed(Buffer.from('{"type":"join","room":"#lobby"}\n'));
  }

  /** Sends octets in random pieces. */
  send1(random: Random, bytes: Buffer): void {
    for (let at = 0; at < bytes.length && !this.isOver; ) {
      const end = Math.min(bytes.length, at + 1 + random.below(random.pick([8, 100, 70_000])));
      this.#feed(bytes.subarray(at, end));
      at = end;
    }
  }

  /** Whatever came before, the next line is read as if nothing had happened. */
  mustAnswer(): void {
    if (this.isOver) return;
    this.#feed(Buffer.from('\n{"type":"ping","id":"the end"}\n'));
    if (this.#last?.type !== 'pong' || this.#last.re !== 'the end') {
      throw new Error(`no pong, but ${JSON.stringify(this.#last)}`);
    }
  }

  #feed(bytes: Buffer): void {
    for (const line of this.#splitter.split(bytes)) if (!this.isOver) this.#peer.receive(line);
  }
}

/** A request, as it should be or not. */
function bytesOf(random: Random): Buffer {
  const bytes = Buffer.from(`${JSON.stringify(requestOf(random))}\n`);
  const damage = random.below(4);
  if (damage === 0) bytes[random.below(bytes.length)] = random.below(256);
  else if (damage === 1) return bytes.subarray(0, random.below(bytes.length));
  else if (random.below(50) === 0) return Buffer.concat([Buffer.alloc(70_000, random.pick(['x', '[', ' '])), bytes]);
  return bytes;
}

function requestOf(random: Random): ChatRequest | object {
  const id = `r${random.below(50)}`;
  const to = random.pick(ADDRESSES);
  const text = random.pick(TEXTS);
  return random.pick<() => ChatRequest | object>([
    () => ({ type: 'message', id, to, body: text }),
    () => ({ type: 'message', id, to, body: text, file: text }),
    () => ({ type: 'presence', id, show: random.pick(['online', 'away', 'nonsense']), status: text }),
    () => ({ type: 'join', id, room: to, nick: random.pick(['al', '', 'server', text]) }),
    () => ({ type: 'leave', id, room: to }),
    () => ({ type: 'subject', id, room: to, text }),
    () => ({ type: 'kick', id, room: to, nick: random.pick([...USERS, text]), reason: text }),
    () => ({
      ...{ type: 'affiliation', id, room: to, user: random.pick([...USERS, text]) },
      affiliation: random.pick(['owner', 'admin', 'member', 'none', 'outcast', text]),
    }),
    () => ({ type: 'history', id, with: to, since: random.pick([`07070707-${random.below(100)}`, text]) }),
    () => ({ type: 'history', id, with: to, limit: random.below(200) - 10 }),
    () => ({ type: 'typing', to, state: random.pick(['composing', 'paused', '']) }),
    () => ({ type: 'receipt', to, message: id, state: 'read' }),
    () => ({ type: 'call', id, to, call: 'k', step: random.pick(CALL_STEPS), payload: text }),
    () => ({
      type: 'upload',
      id,
      name: text,
      mime: random.pick(['image/png', text]),
      size: random.below(10_000_000) - 5,
    }),
    () => ({ type: 'ping', id, constructor: { x: 1 } }),
    () => ({ type: 'login', user: text, password: text }),
    () => ({ type: text, id: text }),
    () => ({ nested: [[[[[[[[[[text]]]]]]]]]] }),
    () => [text],
  ])();
}
