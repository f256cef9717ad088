import { beforeEach, describe, expect, it } from 'vitest';
import { NEWS_DELAY_MS, STALLED_AFTER_MS } from '../../chat/limits.ts';
import { startTestChat } from '../chat-lines/testing/test-chat.ts';
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

describe('a room', () => {
  it('is joined, heard, spoken to and left', async () => {
    const alice = await test.login('alice');
    const bob = await test.login('bob');
    alice.send1({ type: 'join', id: '1', room: '#Garden', nick: 'al' });
    expect(alice.last('joined')).toEqual({
      type: 'joined',
      re: '1',
      room: '#garden',
      nick: 'al',
      members: [{ nick: 'al', user: 'alice' }],
      subject: '',
    });
    bob.send1({ type: 'join', room: '#garden' });
    expect(alice.last('member')).toMatchObject({ nick: 'bob', user: 'bob', event: 'joined' });
    bob.send1({ type: 'message', id: 'c1', to: '#garden', body: 'hi' });
    expect(bob.last('ack')).toMatchObject({ re: 'c1', status: 'said' });
    expect(alice.last('message')).toMatchObject({ from: 'bob', user: 'bob', to: '#garden', body: 'hi' });
    expect(bob.all('message')).toEqual([]);
    alice.send1({ type: 'subject', room: '#garden', text: 'roses' });
    expect(bob.last('subject')).toMatchObject({ nick: 'al', text: 'roses' });
    bob.send1({ type: 'leave', id: '2', room: '#garden' });
    expect(bob.last('left')).toMatchObject({ re: '2', room: '#garden', cause: 'quit' });
    expect(alice.last('member')).toMatchObject({ nick: 'bob', event: 'left' });
  });

  it('takes a whisper to one member', async () => {
    const [alice, bob, carol] = [await test.login('alice'), await test.login('bob'), await test.login('carol')];
    for (const one of [alice, bob, carol]) one.send1({ type: 'join', room: '#lobby' });
    alice.send1({ type: 'message', id: 'c1', to: '#lobby/bob', body: 'psst' });
    expect(bob.last('message')).toMatchObject({ from: 'alice', to: '#lobby/bob', body: 'psst' });
    expect(carol.all('message')).toEqual([]);
  });

  it('is the same for lines and for JSON, in the same order', async () => {
    const lines = startTestChat(test);
    const ann = await lines.enter('ann');
    const alice = await test.login('alice');
    alice.send1({ type: 'join', room: '#lobby' });
    expect(alice.last('joined').members).toEqual([{ nick: 'ann' }, { nick: 'alice', user: 'alice' }]);
    await lines.send(ann, 'hello from nc\n');
    alice.send1({ type: 'message', id: 'c1', to: '#lobby', body: 'hello from JSON\nin two lines' });
    await lines.send(ann, 'bye\n');
    expect(alice.all('message').map(({ from, user, body }) => [from, user, body])).toEqual([
      ['ann', undefined, 'hello from nc'],
      ['ann', undefined, 'bye'],
    ]);
    expect(ann.lines.slice(-3)).toEqual(['* alice joined', '<alice> hello from JSON', '<alice> in two lines']);
    alice.send1({ type: 'history', with: '#lobby' });
    expect(alice.last('history').messages.map(({ body }) => body)).toEqual([
      'hello from nc',
      'hello from JSON\nin two lines',
      'bye',
    ]);
  });

  it.each([
    ['lobby', 'bad-room-name'],
    ['#', 'bad-room-name'],
    ['#a b', 'bad-room-name'],
    ['#lobby/ann', 'bad-room-name'],
  ])('is not called %s', async (room, code) => {
    const alice = await test.login('alice');
    alice.send1({ type: 'join', id: '1', room });
    expect(alice.last('error')).toMatchObject({ re: '1', code });
  });
});

describe('history', () => {
  it('is what came since an id, piece by piece', async () => {
    const alice = await test.login('alice');
    for (const id of ['c1', 'c2', 'c3', 'c4']) alice.send1({ type: 'message', id, to: 'bob', body: id });
    const [first] = alice.all('ack');
    alice.send1({ type: 'history', id: 'h1', with: 'bob', since: first?.id ?? '', limit: 2 });
    const page = alice.last('history');
    expect(page).toMatchObject({ re: 'h1', with: 'bob', complete: false });
    expect(page.messages.map(({ body }) => body)).toEqual(['c2', 'c3']);
    alice.send1({ type: 'history', with: 'bob', since: page.messages.at(-1)?.id ?? '' });
    expect(alice.last('history')).toMatchObject({ complete: true, messages: [{ body: 'c4' }] });
    alice.send1({ type: 'history', with: 'bob', limit: 1 });
    expect(alice.last('history').messages.map(({ body }) => body)).toEqual(['c4']);
    alice.send1({ type: 'history', with: 'bob', since: 'from-another-life' });
    expect(alice.last('error').code).toBe('unknown-id');
  });

  it('of a room is for who is in it', async () => {
    const alice = await test.login('alice');
    alice.send1({ type: 'history', with: '#lobby' });
    expect(alice.last('error').code).toBe('not-in-room');
  });

  it('is cut where an answer would be too large, and goes on from there', async () => {
    const alice = await test.login('alice');
    for (let count = 0; count < 30; count += 1) {
      alice.send1({ type: 'message', id: `c${count}`, to: 'bob', body: 'x'.repeat(16_000) });
    }
    alice.send1({ type: 'history', with: 'bob', since: alice.all('ack')[0]?.id ?? '' });
    const page = alice.last('history');
    expect(page.complete).toBe(false);
    expect(page.messages.length).toBeGreaterThan(10);
    expect(JSON.stringify(page).length).toBeLessThan(300_000);
  });
});

describe('what passes by', () => {
  it('typing and receipts reach the other one', async () => {
    const [alice, bob] = [await test.login('alice'), await test.login('bob')];
    alice.send1({ type: 'typing', to: 'bob', state: 'composing' });
    expect(bob.last('typing')).toEqual({ type: 'typing', from: 'alice', to: 'bob', state: 'composing' });
    bob.send1({ type: 'receipt', to: 'alice', message: 'm1', state: 'read' });
    expect(alice.last('receipt')).toEqual({ type: 'receipt', from: 'bob', to: 'alice', message: 'm1', state: 'read' });
    for (const one of [alice, bob]) one.send1({ type: 'join', room: '#lobby' });
    alice.send1({ type: 'typing', to: '#lobby', state: 'paused' });
    expect(bob.last('typing')).toEqual({ type: 'typing', from: 'alice', to: '#lobby', state: 'paused' });
  });

  it('a call rings at all sessions, and is answered by one', async () => {
    const alice = await test.login('alice', 'phone');
    const desk = await test.login('bob', 'desk');
    const phone = await test.login('bob', 'phone');
    alice.send1({ type: 'call', id: '1', to: 'bob', call: 'k1', step: 'offer', payload: 'v=0' });
    expect(alice.last('ok')).toEqual({ type: 'ok', re: '1' });
    for (const one of [desk, phone]) expect(one.last('call')).toMatchObject({ from: 'alice/phone', step: 'offer' });
    desk.send1({ type: 'call', to: 'alice/phone', call: 'k1', step: 'answer', payload: 'v=1' });
    expect(alice.last('call')).toEqual({ type: 'call', from: 'bob/desk', call: 'k1', step: 'answer', payload: 'v=1' });
    alice.send1({ type: 'call', to: 'bob/desk', call: 'k1', step: 'hangup', payload: '' });
    expect(desk.last('call').step).toBe('hangup');
    expect(phone.all('call')).toHaveLength(1);
    alice.send1({ type: 'call', id: '2', to: 'carol', call: 'k2', step: 'offer', payload: '' });
    expect(alice.last('error')).toMatchObject({ re: '2', code: 'not-there' });
  });
});

describe('files', () => {
  it('get a place, and a message refers to them once they are there', async () => {
    const [alice, bob] = [await test.login('alice'), await test.login('bob')];
    alice.send1({ type: 'upload', id: '1', name: 'my cat.png', mime: 'image/png', size: 3 });
    const { file, put, get } = alice.last('slot');
    expect(put).toBe(`http://localhost:7070/api/files/${file}/my%20cat.png`);
    expect(get).toBe(put);
    alice.send1({ type: 'message', id: 'c1', to: 'bob', body: '', file });
    expect(alice.last('error')).toMatchObject({ re: 'c1', code: 'no-such-file' });
    test.chat.files.put(file, Buffer.from('abc'));
    alice.send1({ type: 'message', id: 'c1', to: 'bob', body: 'look', file });
    expect(bob.last('message')).toMatchObject({
      body: 'look',
      file: { url: get, name: 'my cat.png', mime: 'image/png', size: 3 },
    });
  });

  it.each([
    ['image/svg+xml', 10, 'file-type'],
    ['image/png', 100_000_000, 'file-size'],
  ])('of type %s and %d octets are refused: %s', async (mime, size, code) => {
    const alice = await test.login('alice');
    alice.send1({ type: 'upload', id: '1', name: 'x', mime, size });
    expect(alice.last('error')).toMatchObject({ re: '1', code });
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
