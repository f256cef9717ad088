/**
 * Streams of XMPP that are wrong in random ways, over TCP and WebSocket: the server must answer each with a defined stream
 * error or go on, must not throw, and must hold nothing when they are gone. `npm run fuzz xmpp [streams] [seed]`.
 */
import { randomBytes } from 'node:crypto';
import { setImmediate as turn } from 'node:timers/promises';
import { Chat } from '../../server/chat/chat.ts';
import { manualScheduler } from '../../server/chat/testing/manual-scheduler.ts';
import type { DemoWebSocketListener, RunningDemo } from '../../server/demos/demo.ts';
import { FakeConnection } from '../../server/demos/testing/fake-connection.ts';
import { createXmpp, WEBSOCKET_PATH } from '../../server/demos/xmpp/xmpp.ts';
import { type Random, seededRandom } from './random.ts';
import { randomStream } from './xmpp-streams.ts';

/** What a run did. */
export interface XmppFuzzResult {
  readonly streams: number;
  /** How many got as far as being logged in and bound. */
  readonly bound: number;
  /** How often each stream error was the answer. */
  readonly errors: ReadonlyMap<string, number>;
  /** Growth of the heap over the second half of the run, in octets; `null` when garbage can't be collected on demand. */
  readonly grownBytes: number | null;
}

/** Time that passes between two rounds: more than a lost session waits for its client. */
const ROUND_MS = 100_000;
const STREAMS_A_ROUND = 200;

/** Pieces that log in: the server's answer to each is waited for. */
const LOGIN_PIECES = 4;

/** Conditions of RFC 6120 §4.9.3 that a stream may end with here. An internal error is none of them. */
const DEFINED: ReadonlySet<string> = new Set([
  'bad-format',
  'conflict',
  'connection-timeout',
  'host-unknown',
  'invalid-from',
  'invalid-namespace',
  'not-authorized',
  'not-well-formed',
  'policy-violation',
  'resource-constraint',
  'restricted-xml',
  'unsupported-encoding',
  'unsupported-stanza-type',
  'unsupported-version',
]);

const ERROR = /<stream:error[^>]*><([a-z-]+) xmlns='urn:ietf:params:xml:ns:xmpp-streams'/;

/** Runs so many streams. Throws when a promise is broken, naming the stream. */
export async function fuzzXmpp(streams: number, seed: number): Promise<XmppFuzzResult> {
  const random = seededRandom(seed);
  const { demo, pass } = startDemo();
  const errors = new Map<string, number>();
  let bound = 0;
  let halfway = 0;
  for (let number = 0; number < streams; number += 1) {
    const received = await (random.below(5) === 0 ? runMessages(demo, random) : runOctets(demo, random));
    judge(received, `stream ${number} of seed ${seed}`, errors);
    if (received.includes('<jid>')) bound += 1;
    if (number % STREAMS_A_ROUND === 0) pass();
    if (number === Math.floor(streams / 2)) halfway = heapBytes() ?? 0;
  }
  pass();
  await turn();
  const end = heapBytes();
  demo.close?.();
  return { streams, bound, errors, grownBytes: end === null ? null : end - halfway };
}

function startDemo(): { demo: RunningDemo; pass: () => void } {
  const scheduler = manualScheduler();
  let nowMs = 0;
  const now = (): Date => new Date(nowMs);
  const chat = new Chat({ scheduler, now, random: randomBytes });
  const certificate = (): Promise<never> => Promise.reject(new Error('no certificate here'));
  const demo = createXmpp({ chat, version: 'fuzz', scheduler, testMode: true }).start({ now, certificate });
  const pass = (): void => {
    nowMs += ROUND_MS;
    scheduler.pass(ROUND_MS);
  };
  return { demo, pass };
}

/** One stream over TCP, in pieces; gives all that the server sent. */
async function runOctets(demo: RunningDemo, random: Random): Promise<string> {
  const connection = new FakeConnection();
  demo.connection?.(connection);
  for (const [index, piece] of randomStream(random).entries()) {
    connection.emit('data', piece);
    if (index < LOGIN_PIECES || random.below(3) === 0) await turn();
  }
  await turn();
  if (random.below(2) === 0) connection.emit('end');
  connection.destroy();
  await turn();
  return connection.received.toString();
}

/** One stream over a WebSocket: every piece is a message. */
async function runMessages(demo: RunningDemo, random: Random): Promise<string> {
  let received = '';
  let listener: DemoWebSocketListener | null = null;
  demo.webSockets?.[WEBSOCKET_PATH]?.open({
    client: { address: '127.0.0.1', port: 50_000 },
    queuedBytes: 0,
    listen: (given) => {
      listener = given;
    },
    send: (text) => {
      received += text;
    },
    pause: () => {},
    resume: () => {},
    close: () => {},
    terminate: () => {},
  });
  const heard = listener as DemoWebSocketListener | null;
  for (const [index, piece] of randomStream(random, true).entries()) {
    heard?.message(piece.toString());
    if (index < LOGIN_PIECES || random.below(3) === 0) await turn();
  }
  await turn();
  heard?.closed();
  return received;
}

function judge(received: string, which: string, errors: Map<string, number>): void {
  if (!received.includes('<stream:error')) return;
  const condition = ERROR.exec(received)?.[1] ?? 'none';
  if (!DEFINED.has(condition)) throw new Error(`${which}: the stream error is ${condition}: ${received.slice(-500)}`);
  errors.set(condition, (errors.get(condition) ?? 0) + 1);
}

/** Heap in use after a collection; `null` without `--expose-gc`. */
function heapBytes(): number | null {
  if (typeof globalThis.gc !== 'function') return null;
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
