/** Messages by JSON, one object a line. */
import { createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { listen } from './listen.js';

const PASSWORD = 'porthole';
const accounts = new Map(
  ['alice', 'bob', 'carol'].map((name) => [name, { sessions: new Set(), waiting: [], acknowledged: new Map() }]),
);
let lastId = 0;

function say(client, object) {
  client.write(`${JSON.stringify(object)}\n`);
}

function deliver(from, { id: clientId, to, body }) {
  const known = accounts.get(from).acknowledged.get(clientId);
  if (known) return { id: known, status: 'repeated' };
  lastId += 1;
  const message = { type: 'message', id: `n${lastId}`, from, to, body };
  accounts.get(from).acknowledged.set(clientId, message.id);
  const { sessions, waiting } = accounts.get(to);
  for (const session of sessions) say(session, message);
  if (sessions.size === 0) waiting.push({ ...message, delayed: true });
  return { id: message.id, status: sessions.size > 0 ? 'delivered' : 'stored' };
}

function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

listen(
  createServer((client) => {
    let user = null;
    const fail = (re, code) => say(client, { type: 'error', re, code, message: code });
    const answers = {
      ping: ({ id: re }) => say(client, { type: 'pong', re }),
      login: ({ id: re, user: name, password }) => {
        const account = accounts.get(name);
        if (!account || password !== PASSWORD) return fail(re, 'wrong-credentials');
        user = name;
        account.sessions.add(client);
        say(client, { type: 'welcome', re, user });
        for (const message of account.waiting.splice(0)) say(client, message);
      },
      message: (request) => {
        if (!accounts.has(request.to)) return fail(request.id, 'no-such-user');
        say(client, { type: 'ack', re: request.id, ...deliver(user, request) });
      },
    };
    client.on('error', () => client.destroy());
    client.on('close', () => accounts.get(user)?.sessions.delete(client));
    client.on('end', () => accounts.get(user)?.sessions.delete(client));
    say(client, { type: 'hello', server: 'solution' });
    createInterface({ input: client, crlfDelay: Infinity })
      .on('error', () => client.destroy())
      .on('line', (line) => {
        const request = parsed(line);
        if (request === null) fail(undefined, 'not-json');
        else if (user === null && !['ping', 'login'].includes(request.type)) fail(request.id, 'not-logged-in');
        else if (Object.hasOwn(answers, request.type)) answers[request.type](request);
        else fail(request.id, 'unknown-type');
      });
  }),
);
