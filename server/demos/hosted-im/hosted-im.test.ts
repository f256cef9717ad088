import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { openHosted } from './testing/hosted.ts';

const text = (words: string) => ({ type: 'text', text: words });
const to = (name: string) => ({ type: 'user', name });

test('a user logs in, connects, and gets what another one sends', async () => {
  const hosted = await openHosted();
  const bob = await hosted.connect('bob');
  const sent = await hosted.call('POST', '/messages', {
    token: await hosted.token('alice'),
    body: { to: to('bob'), content: text('ahoy') },
  });
  expect(sent).toMatchObject({ status: 200, body: { reached: 'delivered', repeated: false } });
  expect(await bob.hears('message')).toMatchObject({
    message: { id: sent.body.id, from: 'alice', to: to('bob'), content: text('ahoy') },
  });
});

test('whoever is not there finds what has waited, and a push was sent', async () => {
  const hosted = await openHosted();
  const token = await hosted.token('alice');
  const sent = await hosted.call('POST', '/messages', { token, body: { to: to('bob'), content: text('later') } });
  expect(sent.body.reached).toBe('pushed');
  const { body } = await hosted.call('GET', '/pushes', { token: await hosted.appToken() });
  expect(body.pushes).toEqual([{ at: 1000, to: 'bob', from: 'alice', message: sent.body.id, alert: 'later' }]);
  const bob = await hosted.connect('bob');
  expect(await bob.hears('message')).toMatchObject({ delayed: true, message: { content: text('later') } });
});

test('a message sent twice with one client id arrives once', async () => {
  const hosted = await openHosted();
  const bob = await hosted.connect('bob');
  const token = await hosted.token('alice');
  const body = { to: to('bob'), content: text('once'), client_id: 'c1' };
  const first = await hosted.call('POST', '/messages', { token, body });
  const second = await hosted.call('POST', '/messages', { token, body });
  expect(second.body).toMatchObject({ id: first.body.id, repeated: true });
  await hosted.call('POST', '/messages', { token, body: { to: to('bob'), content: text('end') } });
  await bob.hears('message');
  expect((await bob.hears('message')).message.content).toEqual(text('end'));
});

test('a token is good for a while, and its owner is warned in time', async () => {
  const hosted = await openHosted();
  const token = await hosted.token('bob', 100);
  const bob = await hosted.connect('bob', token);
  hosted.passes(80_000);
  expect(await bob.hears('token-will-expire')).toMatchObject({ in: 20 });
  hosted.passes(20_000);
  await bob.hears('token-expired');
  expect(await bob.ends()).toEqual({ code: 4401, reason: 'token-expired' });
  expect(await hosted.call('GET', '/users/bob', { token })).toMatchObject({
    status: 401,
    body: { error: 'token-expired' },
  });
});

test('a token renewed in time keeps the connection', async () => {
  const hosted = await openHosted();
  const token = await hosted.token('bob', 100);
  const bob = await hosted.connect('bob', token);
  const renewed = await hosted.call('POST', '/token', { token, body: { grant_type: 'renew', ttl: 1000 } });
  await bob.asks({ action: 'renew', ref: 'r', token: renewed.body.access_token });
  expect(await bob.hears('done')).toEqual({ event: 'done', ref: 'r' });
  hosted.passes(150_000);
  await bob.asks({ action: 'send', to: to('alice'), content: text('still here') });
  expect(await bob.hears('done')).toMatchObject({ reached: 'pushed' });
  expect((await hosted.call('GET', '/users/bob', { token })).body.error).toBe('unknown-token');
});

test('another user’s token does not renew a connection', async () => {
  const hosted = await openHosted();
  const bob = await hosted.connect('bob');
  await bob.asks({ action: 'renew', token: await hosted.token('alice') });
  expect((await bob.hears('error')).error).toBe('not-allowed');
});

test('registration is open until the app’s own server closes it', async () => {
  const hosted = await openHosted();
  const app = await hosted.appToken();
  const register = (username: string, token?: string) =>
    hosted.call('POST', '/users', { ...(token ? { token } : {}), body: { username, password: 'secret' } });
  expect((await register('dora')).body).toEqual({ user: 'dora', online: false, connections: [], waiting: 0 });
  expect((await register('dora')).body.error).toBe('name-taken');
  await hosted.call('PUT', '/settings', { token: app, body: { registration: 'authorised' } });
  expect(await register('emil')).toMatchObject({ status: 403, body: { error: 'registration-closed' } });
  expect((await register('emil', app)).status).toBe(200);
  expect((await hosted.call('DELETE', '/users/emil', { token: app })).status).toBe(204);
  expect((await hosted.call('GET', '/users/emil', { token: app })).body.error).toBe('no-such-user');
});

test.each([
  ['a location', { type: 'location', latitude: 59.9, longitude: 10.7, address: 'Pier 3' }],
  ['a custom message', { type: 'custom', event: 'tide', fields: { level: 2 } }],
])('%s comes as it is, and as words for other protocols', async (_what, content) => {
  const hosted = await openHosted();
  const bob = await hosted.connect('bob');
  const lines = hosted.time.connect('bob', 'lines');
  await hosted.call('POST', '/messages', { token: await hosted.token('alice'), body: { to: to('bob'), content } });
  expect((await bob.hears('message')).message.content).toEqual(content);
  expect(lines.heard[0]).toMatch(/^alice: (Pier 3 \(59\.9, 10\.7\)|\[tide\])$/);
});

test('a command reaches the program that is there, and is kept for nobody', async () => {
  const hosted = await openHosted();
  const token = await hosted.token('alice');
  const command = { to: to('bob'), content: { type: 'command', action: 'refresh' } };
  expect((await hosted.call('POST', '/messages', { token, body: command })).body.reached).toBe('dropped');
  const bob = await hosted.connect('bob');
  expect((await hosted.call('POST', '/messages', { token, body: command })).body.reached).toBe('delivered');
  expect(await bob.hears('command')).toMatchObject({ from: 'alice', content: { action: 'refresh', parameters: {} } });
});

test('an image is uploaded first, and sent by its id', async () => {
  const hosted = await openHosted();
  const token = await hosted.token('alice');
  const octets = Buffer.from('89504e470d0a1a0a', 'hex');
  const place = await hosted.call('POST', '/files', {
    token,
    body: { name: 'sea.png', type: 'image/png', size: octets.length },
  });
  expect((await hosted.call('PUT', `/files/${place.body.file}`, { token, body: octets })).status).toBe(204);
  const content = { type: 'image', file: place.body.file, text: 'the sea' };
  const sent = await hosted.call('POST', '/messages', { token, body: { to: to('bob'), content } });
  expect(sent.status).toBe(200);
  const waiting = hosted.time.connect('bob').session.takeOffline();
  expect(waiting[0]?.file).toEqual({ url: place.body.url, name: 'sea.png', type: 'image/png', sizeBytes: 8 });
  const unknown = { to: to('bob'), content: { type: 'image', file: 'nothing' } };
  expect((await hosted.call('POST', '/messages', { token, body: unknown })).body.error).toBe('bad-file');
});

test('a receipt goes back to the sender', async () => {
  const hosted = await openHosted();
  const alice = await hosted.connect('alice');
  const bob = await hosted.connect('bob');
  await alice.asks({ action: 'send', ref: '1', to: to('bob'), content: text('read me') });
  const { id } = (await bob.hears('message')).message;
  await bob.asks({ action: 'receipt', message: id, state: 'read' });
  expect(await alice.hears('receipt')).toEqual({ event: 'receipt', from: 'bob', message: id, state: 'read' });
  await bob.asks({ action: 'receipt', ref: 'x', message: 'nothing', state: 'read' });
  expect(await bob.hears('error')).toMatchObject({ ref: 'x', error: 'no-such-message' });
});

test('history gives the newest, and what came after a message', async () => {
  const hosted = await openHosted();
  const token = await hosted.token('alice');
  const ids: string[] = [];
  for (const words of ['one', 'two', 'three'])
    ids.push(
      (await hosted.call('POST', '/messages', { token, body: { to: to('bob'), content: text(words) } })).body.id,
    );
  const page = async (query: string) => (await hosted.call('GET', `/messages?with=bob${query}`, { token })).body;
  // biome-ignore lint/suspicious/noExplicitAny: an answer
  const words = (body: any) => body.messages.map((each: any) => each.content.text);
  expect(words(await page('&limit=2'))).toEqual(['two', 'three']);
  expect(words(await page(`&after=${ids[0]}`))).toEqual(['two', 'three']);
  expect((await page('&after=nothing')).error).toBe('no-such-message');
});

test('what is said in a group reaches its members, of other protocols too', async () => {
  const hosted = await openHosted();
  const [alice, bob] = [await hosted.connect('alice'), await hosted.connect('bob')];
  await alice.asks({ action: 'join', group: 'pier' });
  expect((await alice.hears('done')).members).toEqual(['alice']);
  await bob.asks({ action: 'join', group: 'pier' });
  await bob.hears('done');
  const token = await hosted.token('bob');
  const body = { to: { type: 'group', name: 'pier' }, content: text('all aboard') };
  expect((await hosted.call('POST', '/messages', { token, body })).body.reached).toBe('sent');
  hosted.time.scheduler.turn();
  expect((await alice.hears('message')).message).toMatchObject({ from: 'bob', to: { type: 'group', name: 'pier' } });
  await bob.asks({ action: 'leave', group: 'pier' });
  await bob.hears('done');
  expect((await hosted.call('POST', '/messages', { token, body })).body.error).toBe('not-in-group');
});

test('the app’s own server speaks for users, a user only for itself', async () => {
  const hosted = await openHosted();
  const bob = await hosted.connect('bob');
  const app = await hosted.appToken();
  const from = (name: string | undefined) => ({
    to: to('bob'),
    content: text('news'),
    ...(name ? { from: name } : {}),
  });
  expect((await hosted.call('POST', '/messages', { token: app, body: from('carol') })).status).toBe(200);
  expect((await bob.hears('message')).message.from).toBe('carol');
  expect((await hosted.call('POST', '/messages', { token: app, body: from(undefined) })).body.error).toBe('malformed');
  const token = await hosted.token('alice');
  expect((await hosted.call('POST', '/messages', { token, body: from('carol') })).body.error).toBe('not-allowed');
});

test('a client that has finished sending still gets its answer', async () => {
  const { port } = await openHosted();
  const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
  socket.end('GET /openapi.json HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n');
  let answer = '';
  for await (const chunk of socket) answer += chunk;
  expect(answer).toContain('HTTP/1.1 200');
});
