import { describe, expect, it } from 'vitest';
import {
  ANSWER_MS,
  MAX_BODY_CHARS,
  MAX_BODY_ROWS,
  MAX_FRAMES,
  MAX_LINES,
  SILENCE_MS,
  TYPING_EVERY_MS,
  TYPING_FOR_MS,
} from './limits.ts';
import { AT, message, openTestSeat, seatInLobby } from './testing.ts';

describe('a seat that speaks JSON', () => {
  it('logs in, joins the lobby, asks for its history, and is on', () => {
    const { seat, socket } = openTestSeat('json');
    seat.connect();
    socket.opened();
    expect(socket.last()).toMatchObject({ type: 'login', user: 'alice', resource: 'page-1' });
    socket.receive({ type: 'welcome', user: 'alice', resource: 'page-1', heartbeatMs: 30_000, offline: 0 });
    expect(socket.last()).toMatchObject({ type: 'join', room: '#lobby' });
    socket.receive({ type: 'joined', room: '#lobby', nick: 'alice', members: [], subject: '' });
    expect(socket.last()).toMatchObject({ type: 'history', with: '#lobby' });
    expect(seat.store.getState().status).toBe('connecting');
    const earlier = message({ to: '#lobby', from: 'ann' });
    socket.receive({ type: 'history', with: '#lobby', messages: [earlier], complete: true });
    socket.receive(earlier);
    expect(seat.store.getState()).toMatchObject({ status: 'on', lines: [{ from: 'ann', body: 'hi', mine: false }] });
  });

  it('says why it could not come in', () => {
    const { seat, socket } = openTestSeat('json');
    seat.connect();
    socket.opened();
    socket.receive({ type: 'error', code: 'wrong-credentials', message: 'There is no such user.' });
    expect(seat.store.getState()).toMatchObject({ status: 'off', problem: 'There is no such user.' });
    expect(socket.isClosed()).toBe(true);
  });

  it('marks a message as it gets on: sending, stored, delivered, read', () => {
    const { seat, socket } = seatInLobby();
    seat.look('bob');
    seat.say('hello');
    const mark = () => seat.store.getState().lines.at(-1)?.mark;
    expect(socket.last()).toEqual({ type: 'message', id: 'c2', to: 'bob', body: 'hello' });
    expect(mark()).toBe('sending');
    socket.receive({ type: 'ack', re: 'c2', id: 's1', at: AT, status: 'stored' });
    expect(mark()).toBe('stored');
    socket.receive({ type: 'receipt', from: 'bob', to: 'alice', message: 's1', state: 'delivered' });
    expect(mark()).toBe('delivered');
    socket.receive({ type: 'receipt', from: 'bob', to: 'alice', message: 's1', state: 'read' });
    socket.receive({ type: 'receipt', from: 'bob', to: 'alice', message: 's1', state: 'delivered' });
    expect(mark()).toBe('read');
  });

  it('shows the server’s reason beside a message that is refused', () => {
    const { seat, socket } = seatInLobby();
    seat.say('hello');
    socket.receive({ type: 'error', re: 'c2', code: 'not-in-room', message: 'You are not in that room.' });
    expect(seat.store.getState().lines.at(-1)).toMatchObject({ mark: 'refused', problem: 'You are not in that room.' });
    expect(seat.store.getState().status).toBe('on');
  });

  it('tells the sender what was delivered, and what was read once it is looked at', () => {
    const { seat, socket } = seatInLobby();
    socket.receive(message({}));
    expect(socket.last()).toMatchObject({ type: 'receipt', to: 'bob', message: 's1', state: 'delivered' });
    expect(seat.store.getState().unread).toEqual(['bob']);
    seat.look('bob');
    expect(socket.last()).toMatchObject({ type: 'receipt', to: 'bob', message: 's1', state: 'read' });
    expect(seat.store.getState().unread).toEqual([]);
  });

  it('shows what its user sends elsewhere as its own', () => {
    const { seat, socket } = seatInLobby();
    socket.receive(message({ from: 'alice', to: 'bob' }));
    expect(seat.store.getState().lines.at(-1)).toMatchObject({ mine: true, with: 'bob' });
    expect(socket.sent).toEqual([]);
  });

  it('has the room’s commands in its protocol’s words, and says what is no command', () => {
    const { seat, socket } = seatInLobby();
    seat.say('/topic tea, at five');
    expect(socket.last()).toEqual({ type: 'subject', id: 'subject', room: '#lobby', text: 'tea, at five' });
    socket.receive({ type: 'ok', re: 'subject' });
    expect(seat.store.getState().lines.at(-1)).toMatchObject({ kind: 'notice', body: 'alice: tea, at five' });
    seat.say('/kick bob off  you go');
    expect(socket.last()).toEqual({ type: 'kick', room: '#lobby', nick: 'bob', reason: 'off  you go' });
    seat.say('/kicking');
    expect(socket.last()).toMatchObject({ type: 'message', body: '/kicking' });
    seat.look('bob');
    seat.say('/topic for bob');
    expect(socket.last()).toMatchObject({ type: 'message', to: 'bob', body: '/topic for bob' });
  });

  it('says now and then that it types, and forgets that others do', () => {
    const { seat, socket, clock } = seatInLobby();
    seat.typed();
    seat.typed();
    expect(socket.sent).toHaveLength(1);
    clock.advance(TYPING_EVERY_MS);
    seat.typed();
    expect(socket.sent).toHaveLength(2);
    socket.receive({ type: 'typing', from: 'bob', to: '#lobby', state: 'composing' });
    expect([...seat.store.getState().typing.values()]).toEqual(['bob']);
    clock.advance(TYPING_FOR_MS);
    expect(seat.store.getState().typing.size).toBe(0);
  });

  it('uploads a file where the slot says, and refers to it', async () => {
    const { seat, socket, uploads } = seatInLobby();
    const shared = seat.share('cat.png', 'image/png', new Blob(['abc']));
    expect(socket.last()).toMatchObject({ type: 'upload', name: 'cat.png', mime: 'image/png', size: 3 });
    const url = 'http://elsewhere:7070/api/files/f1/cat.png';
    socket.receive({ type: 'slot', re: socket.last().id, file: 'f1', put: url, get: url });
    expect(await shared).toBeNull();
    expect(uploads).toEqual(['image/png /api/files/f1/cat.png']);
    expect(socket.last()).toMatchObject({ type: 'message', to: '#lobby', file: 'f1' });
    const refused = seat.share('x.svg', 'image/svg+xml', new Blob(['x']));
    socket.receive({ type: 'error', re: socket.last().id, code: 'file-type', message: 'Not taken.' });
    expect(await refused).toBe('Not taken.');
  });

  it('loads no file from anywhere but this server', () => {
    const { seat, socket } = seatInLobby();
    socket.receive(message({ file: { url: 'http://evil.example/x.png', name: 'x', mime: 'image/png', size: 1 } }));
    expect(seat.store.getState().lines.at(-1)?.file).toBeNull();
  });

  it('answers pings, pings itself after a silence, and gives up on a dead server', () => {
    const { seat, socket, clock } = seatInLobby();
    socket.receive({ type: 'ping' });
    expect(socket.last()).toEqual({ type: 'pong' });
    clock.advance(SILENCE_MS);
    expect(socket.last()).toEqual({ type: 'ping' });
    socket.receive({ type: 'pong' });
    clock.advance(SILENCE_MS);
    clock.advance(ANSWER_MS);
    expect(seat.store.getState().status).toBe('healing');
  });

  it('says why a call is not possible, and tells the other end', async () => {
    const { seat, socket } = seatInLobby();
    await seat.call.start('bob');
    expect(seat.call.store.getState()).toMatchObject({ phase: 'ended', problem: 'none' });
    socket.receive({ type: 'call', from: 'bob/desk', call: 'k1', step: 'offer', payload: '{}' });
    expect(seat.call.store.getState()).toMatchObject({ phase: 'ringing', peer: 'bob' });
    socket.receive({ type: 'call', from: 'carol/desk', call: 'k2', step: 'offer', payload: '{}' });
    expect(socket.last()).toMatchObject({ type: 'call', to: 'carol/desk', call: 'k2', step: 'hangup' });
    seat.call.hangUp();
    expect(socket.last()).toMatchObject({ type: 'call', to: 'bob/desk', call: 'k1', step: 'hangup' });
  });

  it('keeps so much and no more', () => {
    const { seat, socket } = seatInLobby();
    for (let count = 0; count < MAX_FRAMES + 50; count += 1) {
      socket.receive(message({ id: `m${count}`, to: '#lobby' }));
    }
    expect(seat.store.getState().frames).toHaveLength(MAX_FRAMES);
    expect(seat.store.getState().lines).toHaveLength(MAX_LINES);
  });

  it('shows the beginning of a message that is very long, and says how much is left out', () => {
    const { seat, socket } = seatInLobby();
    socket.receive(message({ body: 'x'.repeat(MAX_BODY_CHARS + 7) }));
    socket.receive(message({ id: 's2', body: 'y\n'.repeat(MAX_BODY_ROWS + 3) }));
    const [long, tall] = seat.store.getState().lines;
    expect([long?.body.length, long?.cutChars]).toEqual([MAX_BODY_CHARS, 7]);
    expect([tall?.body.split('\n').length, tall?.cutChars]).toEqual([MAX_BODY_ROWS, 7]);
  });
});

describe('a seat that speaks by lines', () => {
  function entered() {
    const opened = openTestSeat('lines');
    opened.seat.connect();
    opened.socket.receive('{"address":"127.0.0.1","port":50123}');
    opened.socket.receive('* Welcome to the chat room. Nobody is here yet.\r\n* Type a nick and pr');
    opened.socket.receive('ess Enter.\r\n* You are alice. 1 person here: alice.\r\n');
    return opened;
  }

  it('chooses its nick when it is asked, at any chunking', () => {
    const { seat, socket, ports } = entered();
    expect(ports).toEqual([50_123]);
    expect(socket.sent).toEqual(['alice\n']);
    expect(seat.store.getState().status).toBe('on');
  });

  it('shows what is said and what the room says', () => {
    const { seat, socket } = entered();
    socket.receive('<bob> hi\r\n* carol joined\r\n');
    expect(seat.store.getState().lines.map(({ kind, from, body }) => [kind, from, body])).toEqual([
      ['notice', '', 'Welcome to the chat room. Nobody is here yet.'],
      ['message', 'bob', 'hi'],
      ['notice', '', 'carol joined'],
    ]);
    seat.say('/etc/hosts\nis a file');
    expect(socket.sent.slice(-2)).toEqual(['//etc/hosts\n', 'is a file\n']);
    expect(seat.store.getState().lines.at(-1)?.mark).toBe('sent');
    seat.say('/topic tea\n/quit');
    seat.say('/kick bob');
    expect(socket.sent.slice(-2)).toEqual(['/topic tea /quit\n', '/kick bob\n']);
  });

  it('says why its nick is refused', () => {
    const { seat, socket } = openTestSeat('lines');
    seat.connect();
    socket.receive('{"address":"127.0.0.1","port":50123}');
    socket.receive('* Type a nick and press Enter.\r\n* Somebody is called alice already.\r\n');
    expect(seat.store.getState()).toMatchObject({ status: 'off', problem: 'Somebody is called alice already.' });
  });
});
