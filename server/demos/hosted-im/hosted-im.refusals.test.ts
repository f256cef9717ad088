import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { openHosted } from './testing/hosted.ts';

const text = (words: string) => ({ type: 'text', text: words });
const to = (name: string) => ({ type: 'user', name });

test.each([
  ['no token', '/users/bob', {}, 401, 'no-token'],
  ['a made-up token', '/users/bob', { token: 'made-up' }, 401, 'unknown-token'],
  ['an address that is none', '/nothing', {}, 404, 'not-found'],
])('%s is refused', async (_what, path, options, status, error) => {
  const hosted = await openHosted();
  expect(await hosted.call('GET', path, options)).toMatchObject({ status, body: { error } });
});

test('the app’s own server may say id and secret instead of a token', async () => {
  const hosted = await openHosted();
  const ask = (credentials: string) =>
    fetch(`http://127.0.0.1:${hosted.port}/v1/apps/harbour/pushes`, {
      headers: { authorization: `Basic ${Buffer.from(credentials).toString('base64')}` },
    });
  expect((await ask('harbour-server:porthole')).status).toBe(200);
  for (const wrong of ['harbour-server:guess', 'harbour-server', ':', '']) expect((await ask(wrong)).status).toBe(401);
});

test('wrong credentials, a wrong app and a user’s token where the app’s is wanted are refused', async () => {
  const hosted = await openHosted();
  const login = { grant_type: 'password', username: 'bob', password: 'guess' };
  expect((await hosted.call('POST', '/token', { body: login })).body.error).toBe('wrong-credentials');
  const server = { grant_type: 'client_credentials', client_id: 'harbour-server', client_secret: 'guess' };
  expect((await hosted.call('POST', '/token', { body: server })).body.error).toBe('wrong-credentials');
  expect((await hosted.call('GET', '/pushes', { token: await hosted.token('bob') })).body.error).toBe('not-allowed');
  const other = await fetch(`http://127.0.0.1:${hosted.port}/v1/apps/other/settings`);
  expect(await other.json()).toMatchObject({ error: 'no-such-app' });
});

test.each([
  ['no JSON', '{', 'malformed'],
  ['a wrong type', { to: to('bob'), content: { type: 'song' } }, 'malformed'],
  ['a text that is too long', { to: to('bob'), content: text('x'.repeat(6000)) }, 'malformed'],
  ['a body that is too long', { to: to('bob'), content: text('x'.repeat(70_000)) }, 'too-long'],
  ['a key that would reach a prototype', '{"__proto__":{"to":1}}', 'malformed'],
])('%s in a message is refused, and the service goes on', async (_what, body, error) => {
  const hosted = await openHosted();
  const token = await hosted.token('alice');
  const response = await fetch(`http://127.0.0.1:${hosted.port}/v1/apps/harbour/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  expect(await response.json()).toMatchObject({ error });
  expect((await hosted.call('GET', '/users/alice', { token })).status).toBe(200);
});

test('nonsense over the WebSocket is answered, and the connection stays', async () => {
  const hosted = await openHosted();
  const bob = await hosted.connect('bob');
  for (const nonsense of ['{', '[]', '{"action":"fly"}', '"hello"']) {
    bob.sends(nonsense);
    expect((await bob.hears('error')).error).toBe('malformed');
  }
});

test('a WebSocket without a good token is refused with the reason', async () => {
  const hosted = await openHosted();
  const socket = connect({ host: '127.0.0.1', port: hosted.port });
  socket.write(
    'GET /v1/apps/harbour/ws?token=made-up HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
  );
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  expect(answer).toContain('HTTP/1.1 401');
  expect(answer).toContain('"error":"unknown-token"');
});

test.each([
  ['no HTTP', 'hello\n', 'HTTP/1.1 400', '"error":"not-http"'],
  [
    'a Host twice',
    'GET /openapi.json HTTP/1.1\r\nHost: x\r\nHost: x\r\nConnection: close\r\n\r\n',
    'HTTP/1.1 400',
    '"error":"bad-host"',
  ],
  [
    'a WebSocket with two Hosts',
    'GET /v1/apps/harbour/ws HTTP/1.1\r\nHost: x\r\nHost: y\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
    'HTTP/1.1 400',
    '"error":"bad-host"',
  ],
  ['a line without end', `GET /${'x'.repeat(20_000)}`, 'HTTP/1.1 431', '"error":"head-too-long"'],
])('%s is answered with what is wrong', async (_, text, status, error) => {
  const hosted = await openHosted();
  const socket = connect({ host: '127.0.0.1', port: hosted.port });
  socket.write(text);
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  expect(answer).toContain(status);
  expect(answer).toContain(error);
});

test('a connection that completes no request in time is reset', async () => {
  const hosted = await openHosted();
  const socket = connect({ host: '127.0.0.1', port: hosted.port });
  const ended = new Promise((resolve) => socket.on('error', resolve).on('close', resolve));
  socket.write('GET / HTTP/1.1\r\n');
  // The deadline runs once the connection has been taken.
  await expect.poll(() => hosted.time.scheduler.timers).toBeGreaterThan(0);
  hosted.passes(30_000);
  await ended;
});
