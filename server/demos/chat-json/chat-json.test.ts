import { beforeEach, describe, expect, it } from 'vitest';
import { NEWS_DELAY_MS, STALLED_AFTER_MS } from '../../chat/limits.ts';
import { LOGIN_WITHIN_MS, MAX_ANSWER_MS, MAX_ATTEMPTS, MAX_INBOX_BYTES, MAX_NAMELESS } from './limits.ts';
import { startTestJson, type TestJson } from './testing/test-json.ts';

let test: TestJson;

beforeEach(() => {
  test = startTestJson();
});

describe('coming in', () => {
  it('is greeted, and welcomed with a resource that is free', async () => {
    const client = test.open();
    expect(client.events).toEqual([{ type: 'hello', server: 'porthole', login: ['alice', 'bob', 'carol'] }]);
    client.send1({ type: 'login', id: '1', user: 'Alice', password: 'porthole' });
    expect(await client.next('welcome')).toEqual({
      type: 'welcome',
      re: '1',
      user: 'alice',
      resource: 'json-1',
      heartbeatMs: 30_000,
      offline: 0,
    });
  });

  it('needs the right password, and only so many are tried', async () => {
    const client = test.open();
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      client.send1({ type: 'login', id: String(attempt), user: 'alice', password: 'guess' });
      expect(await client.next('error')).toMatchObject({ re: String(attempt), code: 'wrong-credentials' });
    }
    client.send1({ type: 'login', user: 'alice', password: 'porthole' });
    expect(await client.next('error')).toMatchObject({ code: 'too-many-attempts', fatal: true });
    expect(client.ended).toBe(true);
  });

  it('is possible with an account that was made before', async () => {
    const client = test.open();
    client.send1({ type: 'register', id: '1', user: 'Dora', password: 'secret' });
    expect(await client.next('registered')).toEqual({ type: 'registered', re: '1', user: 'dora' });
    client.send1({ type: 'login', user: 'dora', password: 'secret' });
    expect(await client.next('welcome')).toMatchObject({ user: 'dora' });
    client.send1({ type: 'login', user: 'bob', password: 'porthole' });
    expect(await client.next('error')).toMatchObject({ code: 'already-logged-in' });
  });

  it('comes before everything else', () => {
    const client = test.open();
    client.send1({ type: 'message', id: '1', to: 'bob', body: 'hello' });
    client.send1({ type: 'ping', id: '2' });
    expect(client.last('error')).toMatchObject({ re: '1', code: 'not-logged-in' });
    expect(client.last('pong')).toEqual({ type: 'pong', re: '2' });
  });

  it('makes requests wait that came right behind the password', async () => {
    const client = test.open();
    client.raw('{"type":"login","user":"alice","password":"porthole"}');
    expect(client.paused).toBe(true);
    client.send1({ type: 'message', id: '1', to: 'bob', body: 'hello' });
    expect(await client.next('ack')).toMatchObject({ re: '1', status: 'stored' });
    expect(client.paused).toBe(false);
  });

  it('has to happen within a minute', () => {
    const client = test.open();
    test.scheduler.pass(LOGIN_WITHIN_MS - 1);
    expect(client.ended).toBe(false);
    test.scheduler.pass(1);
    expect(client.last('error')).toMatchObject({ code: 'login-timeout', fatal: true });
    expect(client.ended).toBe(true);
  });

  it('turns away who has waited longest when too many wait', () => {
    const first = test.open();
    for (let count = 1; count < MAX_NAMELESS; count += 1) test.open();
    expect(first.ended).toBe(false);
    expect(() => test.open()).toThrow('no room');
    expect(first.ended).toBe(false);
  });

  it('again with the same resource puts the earlier session out', async () => {
    const before = await test.login('alice', 'phone');
    const after = await test.login('alice', 'phone');
    expect(before.last('error')).toMatchObject({ code: 'replaced', fatal: true });
    expect(before.ended).toBe(true);
    expect(test.chat.sessionsOf('alice')).toHaveLength(1);
    expect(after.ended).toBe(false);
  });
});

describe('messages', () => {
  it('are acknowledged with the server’s id and time, and delivered', async () => {
    const alice = await test.login('alice', 'phone');
    const bob = await test.login('bob');
    test.nowMs = Date.UTC(2026, 0, 2, 3, 4, 5, 678);
    alice.send1({ type: 'message', id: 'c1', to: 'bob', body: 'hello' });
    const at = '2026-01-02T03:04:05.678Z';
    expect(alice.last('ack')).toEqual({ type: 'ack', re: 'c1', id: '07070707-1', at, status: 'delivered' });
    expect(bob.last('message')).toEqual({
      type: 'message',
      id: '07070707-1',
      from: 'alice',
      resource: 'phone',
      to: 'bob',
      body: 'hello',
      at,
      clientId: 'c1',
    });
  });

  it('are delivered once when the acknowledgement was lost and they are sent again, on another connection, too', async () => {
    const alice = await test.login('alice', 'phone');
    const bob = await test.login('bob');
    alice.send1({ type: 'message', id: 'c1', to: 'bob', body: 'once' });
    alice.breaks();
    const again = await test.login('alice', 'phone');
    again.send1({ type: 'message', id: 'c1', to: 'bob', body: 'once' });
    expect(again.last('ack')).toEqual({ ...alice.last('ack'), status: 'repeated' });
    expect(bob.all('message')).toHaveLength(1);
  });

  it('wait for who is not there, and come with the login', async () => {
    const alice = await test.login('alice');
    alice.send1({ type: 'message', id: 'c1', to: 'bob', body: 'one' });
    alice.send1({ type: 'message', id: 'c2', to: 'bob', body: 'two' });
    expect(alice.last('ack').status).toBe('stored');
    const bob = await test.login('bob');
    expect(bob.last('welcome').offline).toBe(2);
    expect(bob.all('message').map(({ body, delayed }) => [body, delayed])).toEqual([
      ['one', true],
      ['two', true],
    ]);
  });

  it('are shown to the sender’s other sessions', async () => {
    const phone = await test.login('alice', 'phone');
    const desk = await test.login('alice', 'desk');
    phone.send1({ type: 'message', id: 'c1', to: 'bob', body: 'hello' });
    expect(desk.last('message')).toMatchObject({ from: 'alice', to: 'bob', resource: 'phone' });
    expect(phone.all('message')).toEqual([]);
  });

  it.each([
    ['nobody', 'no-such-user'],
    ['#lobby', 'not-in-room'],
    ['two words', 'bad-address'],
    ['bob/', 'bad-address'],
    ['#', 'bad-address'],
  ])('to %s are refused: %s', async (to, code) => {
    const alice = await test.login('alice');
    alice.send1({ type: 'message', id: 'c1', to, body: 'hello' });
    expect(alice.last('error')).toMatchObject({ re: 'c1', code });
  });
});

describe('presence', () => {
  it('is shown right after the welcome, and whenever it changes', async () => {
    const bob = await test.login('bob', 'desk');
    const alice = await test.login('alice', 'phone');
    expect(alice.all('presence').map(({ user, show }) => `${user} ${show}`)).toEqual(['bob online', 'alice online']);
    bob.send1({ type: 'presence', id: '1', show: 'away', status: 'lunch' });
    expect(bob.last('ok')).toEqual({ type: 'ok', re: '1' });
    const away = { type: 'presence', user: 'bob', resource: 'desk', show: 'away', status: 'lunch', protocol: 'json' };
    expect(alice.last('presence')).toEqual(away);
    bob.breaks();
    expect(alice.last('presence')).toMatchObject({ user: 'bob', show: 'offline' });
    alice.send1({ type: 'logout' });
    expect(alice.last('presence').user).toBe('bob');
  });
});

describe('the heartbeat', () => {
  it('pings after a silence, and takes a silent client for dead', async () => {
    const client = test.open();
    client.send1({ type: 'login', user: 'alice', password: 'porthole', heartbeatMs: 5_000 });
    await client.next('welcome');
    test.scheduler.pass(4_999);
    expect(client.all('ping')).toEqual([]);
    test.scheduler.pass(1);
    expect(client.all('ping')).toHaveLength(1);
    test.scheduler.pass(4_999);
    expect(client.resetBy).toBeNull();
    test.scheduler.pass(1);
    expect(client.resetBy).toBe('dead-peer');
    expect(test.chat.sessionsOf('alice')).toEqual([]);
  });

  it('gives no more than ten seconds to answer', async () => {
    const client = await test.login('alice');
    test.scheduler.pass(client.last('welcome').heartbeatMs);
    test.scheduler.pass(MAX_ANSWER_MS);
    expect(client.resetBy).toBe('dead-peer');
  });

  it('is kept going by anything that comes, and leaves no timer behind', async () => {
    const client = test.open();
    client.send1({ type: 'login', user: 'alice', password: 'porthole', heartbeatMs: 5_000 });
    await client.next('welcome');
    for (let count = 0; count < 10; count += 1) {
      test.scheduler.pass(4_900);
      client.send1({ type: 'ping' });
    }
    expect(client.all('ping')).toEqual([]);
    test.scheduler.pass(5_000);
    client.send1({ type: 'pong' });
    test.scheduler.pass(4_999);
    expect(client.resetBy).toBeNull();
    client.send1({ type: 'logout' });
    expect(client.ended).toBe(true);
    test.scheduler.pass(100);
    expect(test.scheduler.timers).toBe(0);
  });
});

describe('bounds', () => {
  it('what is no request is answered, and the next line is read', async () => {
    const alice = await test.login('alice');
    alice
      .raw('nonsense')
      .raw('{"type":"dance","id":"1"}')
      .raw(Buffer.from([0xff]))
      .raw('line-too-long')
      .raw('');
    expect(alice.errors).toEqual(['not-json', 'unknown-type', 'not-utf8', 'line-too-long']);
    alice.send1({ type: 'ping' });
    expect(alice.last('pong')).toEqual({ type: 'pong' });
  });

  it('a client that does not read waits with its own requests', async () => {
    const alice = await test.login('alice');
    alice.congested = true;
    alice.send1({ type: 'ping', id: '1' });
    expect(alice.all('pong')).toEqual([]);
    expect(alice.paused).toBe(true);
    alice.drains();
    expect(alice.last('pong')).toEqual({ type: 'pong', re: '1' });
    expect(alice.paused).toBe(false);
  });

  it('a client that sends on regardless is cut off', async () => {
    const alice = await test.login('alice');
    alice.congested = true;
    const line = Buffer.from(`{"type":"ping","more":"${'x'.repeat(60_000)}"}`);
    for (let bytes = 0; bytes <= MAX_INBOX_BYTES; bytes += line.length) alice.raw(line);
    expect(alice.last('error')).toMatchObject({ code: 'too-fast', fatal: true });
    expect(alice.ended).toBe(true);
  });

  it('a client that stops reading in a room is cut off; the others get everything', async () => {
    const [alice, bob, slow] = [await test.login('alice'), await test.login('bob'), await test.login('carol')];
    for (const one of [alice, bob, slow]) one.send1({ type: 'join', room: '#lobby' });
    slow.reads = false;
    let sent = 0;
    while (slow.resetBy === null && sent < 1_000) {
      alice.send1({ type: 'message', id: `c${sent}`, to: '#lobby', body: 'x'.repeat(16_000) });
      if (test.chat.rooms.lobby.full) test.scheduler.pass(STALLED_AFTER_MS);
      sent += 1;
    }
    expect(slow.resetBy).toBe('stopped-reading');
    test.scheduler.pass(NEWS_DELAY_MS);
    expect(alice.all('ack')).toHaveLength(sent);
    expect(bob.all('message')).toHaveLength(sent);
    expect(bob.all('member').at(-1)).toMatchObject({ nick: 'carol', event: 'left', detail: 'stopped-reading' });
    expect(test.chat.sessionsOf('carol')).toEqual([]);
  });

  it('a client that is gone has left its rooms', async () => {
    const [alice, bob] = [await test.login('alice'), await test.login('bob')];
    for (const one of [alice, bob]) one.send1({ type: 'join', room: '#lobby' });
    bob.finish();
    expect(bob.ended).toBe(true);
    expect(alice.last('member')).toMatchObject({ nick: 'bob', event: 'left', detail: 'finished' });
    alice.breaks();
    expect(test.chat.rooms.lobby.nicks()).toEqual([]);
  });
});
