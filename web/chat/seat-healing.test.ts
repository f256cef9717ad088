import { describe, expect, it } from 'vitest';
import { RETRY_FIRST_MS, RETRY_LONGEST_MS } from './limits.ts';
import { AT, comeIn, message, openTestSeat, seatInLobby } from './testing.ts';

describe('a seat whose connection ends', () => {
  it('comes back when the connection breaks, with what was said, and sends again what was not acknowledged', () => {
    const { seat, socket, clock } = seatInLobby();
    seat.say('hello');
    socket.receive({ type: 'ack', re: 'c2', id: 's1', at: AT, status: 'said' });
    seat.say('did this arrive?');
    socket.drop();
    expect(seat.store.getState()).toMatchObject({ status: 'healing', problem: '' });
    seat.say('not now');
    clock.advance(RETRY_FIRST_MS);
    socket.drop();
    clock.advance(2 * RETRY_FIRST_MS);
    socket.opened();
    comeIn(socket);
    expect(socket.last()).toEqual({ type: 'message', id: 'c3', to: '#lobby', body: 'did this arrive?' });
    socket.receive({ type: 'ack', re: 'c3', id: 's2', at: AT, status: 'repeated' });
    const lines = seat.store.getState().lines.map(({ body, mark, id }) => [body, mark, id]);
    expect(lines).toEqual([
      ['hello', 'acknowledged', 's1'],
      ['did this arrive?', 'acknowledged', 's2'],
    ]);
    socket.drop();
    seat.disconnect();
    clock.advance(RETRY_LONGEST_MS);
    expect(seat.store.getState().status).toBe('off');
  });

  it('comes back when the server says that it is closing', () => {
    const { seat, socket, clock } = seatInLobby();
    socket.receive({ type: 'error', code: 'closing', message: 'The server is closing.', fatal: true });
    socket.drop();
    expect(seat.store.getState()).toMatchObject({ status: 'healing', problem: '' });
    clock.advance(RETRY_FIRST_MS);
    socket.opened();
    comeIn(socket);
    expect(seat.store.getState().status).toBe('on');
  });

  it('learns from the history that a message in doubt did arrive, and shows it once', () => {
    const { seat, socket, clock } = seatInLobby();
    seat.say('did this arrive?');
    socket.drop();
    clock.advance(RETRY_FIRST_MS);
    socket.opened();
    const ours = message({
      id: 's1',
      clientId: 'c2',
      to: '#lobby',
      from: 'alice',
      user: 'alice',
      body: 'did this arrive?',
    });
    socket.receive({ type: 'history', with: '#lobby', messages: [ours], complete: true });
    expect(seat.store.getState().lines).toMatchObject([{ id: 's1', body: 'did this arrive?', mark: 'acknowledged' }]);
    expect(socket.sent.filter((text) => text.includes('"type":"message"'))).toHaveLength(1);
  });

  it('is off when nobody answers at all, and when it is put out', () => {
    const { seat, socket } = openTestSeat('json');
    seat.connect();
    socket.drop();
    expect(seat.store.getState()).toMatchObject({ status: 'off', unreachable: true });
    const inside = seatInLobby();
    inside.socket.receive({ type: 'left', room: '#lobby', cause: 'kicked', reason: 'enough', by: 'olga' });
    expect(inside.seat.store.getState()).toMatchObject({ status: 'off', problem: 'You were put out by olga: enough' });
  });

  it('is off when the server says why the connection ends, and can be connected again', () => {
    const { seat, socket } = seatInLobby();
    socket.receive({ type: 'error', code: 'replaced', message: 'You logged in again.', fatal: true });
    socket.drop();
    expect(seat.store.getState()).toMatchObject({ status: 'off', problem: 'You logged in again.' });
    seat.choose({ protocol: 'lines' });
    seat.connect();
    expect(seat.store.getState()).toMatchObject({ status: 'connecting', problem: '', frames: [] });
  });
});
