import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { systemScheduler } from '../../chat/scheduler.ts';
import { openSystemChat } from '../../chat/testing/test-chat.ts';
import { createChatJson } from '../../demos/chat-json/chat-json.ts';
import { serveDemo } from '../../demos/testing/serve-demo.ts';
import { systemClock } from '../clock.ts';
import { catchesServers, type Serve } from '../testing/catches.ts';
import { verdictOn } from '../testing/checked.ts';
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

const server = (habits: Habits = {}): (() => Serve) => {
  return () => {
    const accounts = ['alice', 'bob', 'carol'];
    const sessions = new Map<Socket, string>();
    const waiting = new Map<string, Fields[]>();
    const acknowledged = new Map<string, string>();
    let lastId = 0;
    return (socket) => {
      let held = '';
      const say = (to: Socket, object: Fields): unknown => to.write(`${JSON.stringify(object)}\n`);
      const fail = (re: unknown, code: string): unknown => {
        say(socket, { type: 'error', re, code, message: 'no' });
        return habits.closesOnError ? socket.end() : null;
      };
      const login = ({ id: re, user, password }: Fields): unknown => {
        const name = String(user);
        if (!accounts.includes(name) || (password !== 'porthole' && !habits.anyPassword))
          return fail(re, 'wrong-credentials');
        sessions.set(socket, name);
        say(socket, { type: 'welcome', re, user });
        for (const message of waiting.get(name) ?? []) say(socket, { ...message, delayed: !habits.unmarked });
        return waiting.delete(name);
      };
      const message = (from: string, { id: re, to, body }: Fields): unknown => {
        const name = String(to);
        const key = `${from} ${String(re)}`;
        const known = acknowledged.get(key);
        if (known !== undefined && !habits.repeats)
          return say(socket, { type: 'ack', re, id: known, status: 'repeated' });
        if (!accounts.includes(name)) return fail(re, 'no-such-user');
        lastId += 1;
        const id = habits.echoesId ? String(re) : (known ?? `s${lastId}`);
        acknowledged.set(key, `s${lastId}`);
        const carried = { type: 'message', id, from, to, body };
        const there = [...sessions].filter(([, user]) => user === name).map(([other]) => other);
        for (const other of habits.oneSession ? there.slice(0, 1) : there) say(other, carried);
        if (there.length === 0 && !habits.forgetsOffline) waiting.set(name, [...(waiting.get(name) ?? []), carried]);
        const status = known !== undefined ? 'repeated' : there.length > 0 ? 'delivered' : 'stored';
        return say(socket, { type: 'ack', re, id: known ?? `s${lastId}`, status });
      };
      const take = (line: string): unknown => {
        let object: Fields;
        try {
          object = JSON.parse(line);
        } catch {
          return fail(undefined, 'not-json');
        }
        const user = sessions.get(socket);
        if (object.type === 'ping') return say(socket, { type: 'pong', re: object.id });
        if (object.type === 'login') return login(object);
        if (user === undefined && !habits.noLogin) return fail(object.id, 'not-logged-in');
        if (object.type === 'message') return message(user ?? 'nobody', object);
        return fail(object.id, 'unknown-type');
      };
      if (!habits.mute) say(socket, { type: 'hello', server: 'test' });
      socket.setEncoding('utf8');
      socket.on('close', () => sessions.delete(socket));
      socket.on('end', () => {
        sessions.delete(socket);
        socket.end();
      });
      socket.on('data', (text: string) => {
        if (habits.perRead) return void take(text);
        const lines = (held + text).split('\n');
        held = lines.pop() ?? '';
        for (const line of lines) take(line);
      });
    };
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
