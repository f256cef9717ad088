import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { systemScheduler } from '../../chat/scheduler.ts';
import { openSystemChat } from '../../chat/testing/test-chat.ts';
import { createChatJson } from '../../demos/chat-json/chat-json.ts';
import { serveDemo } from '../../demos/testing/serve-demo.ts';
import { systemClock } from '../clock.ts';
import { catchesServers, type Serve } from '../testing/catches.ts';
import { verdictOn } from '../testing/checked.ts';
import { onLines } from '../testing/on-lines.ts';
import { chatJson } from './chat-json.ts';

type Fields = Readonly<Record<string, unknown>>;

/** How a messaging server goes wrong. */
interface Habits {
  readonly mute?: true;
  readonly anyPassword?: true;
  readonly perRead?: true;
  readonly echoesId?: true;
  readonly oneSession?: true;
  readonly forgetsOffline?: true;
  readonly unmarked?: true;
  readonly repeats?: true;
  readonly closesOnError?: true;
  readonly noLogin?: true;
}

const ACCOUNTS = ['alice', 'bob', 'carol'];

/** A server with habits, and whom it knows. */
class Server {
  readonly habits: Habits;
  readonly sessions = new Map<Socket, string>();
  readonly waiting = new Map<string, Fields[]>();
  /** The ids that were given to messages, by sender and the sender’s own id. */
  readonly #acknowledged = new Map<string, string>();
  #lastId = 0;

  constructor(habits: Habits) {
    this.habits = habits;
  }

  /** Hands a message on; returns its acknowledgement, or null where there is no such user. */
  pass(from: string, { id: re, to, body }: Fields): Fields | null {
    const key = `${from} ${String(re)}`;
    const known = this.#acknowledged.get(key);
    if (known !== undefined && !this.habits.repeats) return { type: 'ack', re, id: known, status: 'repeated' };
    if (!ACCOUNTS.includes(String(to))) return null;
    this.#lastId += 1;
    const given = `s${this.#lastId}`;
    this.#acknowledged.set(key, given);
    const id = this.habits.echoesId ? String(re) : (known ?? given);
    const there = this.#deliver(String(to), { type: 'message', id, from, to, body });
    const status = known !== undefined ? 'repeated' : there ? 'delivered' : 'stored';
    return { type: 'ack', re, id: known ?? given, status };
  }

  /** Whether the recipient was there. */
  #deliver(name: string, message: Fields): boolean {
    const there = [...this.sessions].filter(([, user]) => user === name).map(([other]) => other);
    for (const other of this.habits.oneSession ? there.slice(0, 1) : there) say(other, message);
    if (there.length === 0 && !this.habits.forgetsOffline)
      this.waiting.set(name, [...(this.waiting.get(name) ?? []), message]);
    return there.length > 0;
  }
}

const say = (to: Socket, object: Fields): unknown => to.write(`${JSON.stringify(object)}\n`);

function serveClient(socket: Socket, server: Server): void {
  const { habits, sessions } = server;
  if (!habits.mute) say(socket, { type: 'hello', server: 'test' });
  socket.on('close', () => sessions.delete(socket));
  socket.on('end', () => {
    sessions.delete(socket);
    socket.end();
  });
  onLines(socket, (line) => take(line, socket, server), habits);
}

function take(line: string, socket: Socket, server: Server): unknown {
  const { habits, sessions } = server;
  const fail = (re: unknown, code: string): unknown => {
    say(socket, { type: 'error', re, code, message: 'no' });
    return habits.closesOnError ? socket.end() : null;
  };
  let object: Fields;
  try {
    object = JSON.parse(line);
  } catch {
    return fail(undefined, 'not-json');
  }
  const user = sessions.get(socket);
  if (object.type === 'ping') return say(socket, { type: 'pong', re: object.id });
  if (object.type === 'login')
    return mayLogIn(object, habits) ? logIn(object, socket, server) : fail(object.id, 'wrong-credentials');
  if (user === undefined && !habits.noLogin) return fail(object.id, 'not-logged-in');
  if (object.type !== 'message') return fail(object.id, 'unknown-type');
  const acknowledgement = server.pass(user ?? 'nobody', object);
  return acknowledgement ? say(socket, acknowledgement) : fail(object.id, 'no-such-user');
}

function mayLogIn({ user, password }: Fields, { anyPassword }: Habits): boolean {
  return ACCOUNTS.includes(String(user)) && (password === 'porthole' || anyPassword === true);
}

function logIn({ id: re, user }: Fields, socket: Socket, { sessions, waiting, habits }: Server): void {
  const name = String(user);
  sessions.set(socket, name);
  say(socket, { type: 'welcome', re, user });
  for (const message of waiting.get(name) ?? []) say(socket, { ...message, delayed: !habits.unmarked });
  waiting.delete(name);
}

const server = (habits: Habits = {}): (() => Serve) => {
  return () => {
    const server = new Server(habits);
    return (socket) => serveClient(socket, server);
  };
};

catchesServers(
  chatJson,
  [
    ['waits for the client to speak', 'hello', 'no-object', server({ mute: true })],
    ['speaks lines instead of JSON', 'hello', 'not-an-object', () => (socket) => socket.resume().write('welcome!\n')],
    ['takes any password', 'wrong-password', 'wrong-object', server({ anyPassword: true })],
    ['closes after an error', 'wrong-password', 'closed-after-answer', server({ closesOnError: true })],
    ['delivers under the client’s id', 'message', 'ids-differ', server({ echoesId: true })],
    ['takes a read for an object', 'cut', 'no-object', server({ perRead: true })],
    ['delivers to one session only', 'sessions', 'no-object', server({ oneSession: true })],
    ['forgets who is not here', 'stored', 'no-object', server({ forgetsOffline: true })],
    ['does not mark what waited', 'stored', 'not-delayed', server({ unmarked: true })],
    ['delivers a repeated message again', 'repeated', 'delivered-twice', server({ repeats: true })],
    ['serves who has not logged in', 'errors', 'wrong-object', server({ noLogin: true })],
  ],
  server(),
);

describe('Porthole’s own chat by JSON', () => {
  it('passes the check, also twice', async () => {
    const json = createChatJson({ chat: openSystemChat(), scheduler: systemScheduler, pageUrl: () => null });
    const served = await serveDemo(json.demo);
    for (const seed of [1, 1]) {
      const { sentence } = await verdictOn(chatJson, served.tcpPort, { seed, clock: systemClock });
      expect(sentence).toBe('');
    }
    await served.close();
  });
});
