import { describe, expect, test } from 'vitest';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import { MAX_PENDING_EVENTS } from './batch-queue.ts';
import { STABLE_AFTER_MS, WELCOME_TIMEOUT_MS } from './connection.ts';
import { HEARTBEAT_MS } from './heartbeat.ts';
import { batch, sessionScene as setUp, welcome } from './testing-session.ts';

describe('connecting', () => {
  test('says hello with its version, and nothing before the link is open', () => {
    const { link, state } = setUp();
    expect(link().sent).toEqual([]);
    link().opened();
    expect(link().sent).toEqual([{ type: 'hello', version: CONTRACT_VERSION }]);
    expect(state().status).toBe('connecting');
  });

  test('an empty journal is live with the welcome', () => {
    const { goLive, state } = setUp();
    goLive();
    expect([state().status, state().journal, state().demos.length]).toEqual(['live', 'j1', 1]);
  });

  test('a journal with a past is live once its head is here', () => {
    const { goLive, link, frames, state } = setUp();
    goLive({ head: 3 });
    link().says(batch(1, 2));
    frames.paint();
    expect(state().status).toBe('connecting');
    link().says(batch(3, 3));
    frames.paint();
    expect(state().status).toBe('live');
  });

  test('no welcome in time is a lost connection', () => {
    const { clock, link, state } = setUp();
    link().opened();
    clock.advance(WELCOME_TIMEOUT_MS);
    expect([state().status, link().closedByPage]).toEqual(['lost', true]);
  });
});

describe('batches', () => {
  test('readers are told once a frame, however many came', () => {
    const { goLive, link, frames, session, state } = setUp();
    goLive();
    let told = 0;
    session.store.subscribe(() => {
      told += 1;
    });
    for (const seq of [1, 2, 3]) link().says(batch(seq, seq));
    expect([told, state().log.length, frames.waiting]).toEqual([0, 0, 1]);
    frames.paint();
    expect([told, state().log.length]).toEqual([1, 3]);
    expect(state().conversations.get(1)?.toServer.events).toBe(3);
  });

  test('a tab that gets no frames applies what piles up', () => {
    const { goLive, link, state } = setUp();
    goLive();
    for (let seq = 1; seq <= MAX_PENDING_EVENTS + 1; seq += 1_000) link().says(batch(seq, seq + 999));
    expect(state().log.length).toBeGreaterThan(0);
  });

  test('a gap in the numbers is what was missed, and the log says where', () => {
    const { goLive, link, frames, state } = setUp();
    goLive();
    link().says(batch(1, 2));
    link().says(batch(10, 11, 7));
    frames.paint();
    expect([state().missed, state().log.missedBefore(10)]).toEqual([7, 7]);
  });

  test('what the journal had already evicted at the welcome was not missed', () => {
    const { goLive, link, frames, state } = setUp();
    goLive({ from: 100, head: 101 });
    link().says(batch(100, 101));
    frames.paint();
    expect([state().missed, state().log.missedBefore(100), state().status]).toEqual([0, 0, 'live']);
  });

  test('an old batch that comes twice does not bring back old states', () => {
    const { goLive, link, frames, state } = setUp();
    goLive();
    link().says(batch(1, 1));
    link().says(batch(2, 2));
    link().says(batch(1, 1));
    frames.paint();
    expect(state().conversations.get(1)?.toServer.events).toBe(2);
  });
});

describe('losing the connection', () => {
  test('what came is applied, and the next try is announced', () => {
    const { clock, goLive, link, state, seqs } = setUp();
    goLive();
    link().says(batch(1, 3));
    link().breaks();
    expect(seqs()).toEqual([1, 2, 3]);
    expect([state().status, state().retryAtMs]).toEqual(['lost', clock.now() + 500]);
  });

  test('the next hello resumes after the last event, and nothing comes twice', () => {
    const { clock, goLive, link, frames, links, state, seqs } = setUp();
    goLive();
    link().says(batch(1, 3));
    link().breaks();
    clock.advance(500);
    expect([links.length, state().status, state().retryAtMs]).toEqual([2, 'lost', null]);
    link().opened();
    expect(link().sent[0]).toEqual({ type: 'hello', version: CONTRACT_VERSION, resume: { journal: 'j1', seq: 3 } });
    link().says(welcome({ resumed: true, from: 4, head: 5 }));
    link().says(batch(2, 5));
    frames.paint();
    expect([seqs(), state().status]).toEqual([[1, 2, 3, 4, 5], 'live']);
  });

  test('another run of the server starts afresh', () => {
    const { clock, goLive, link, frames, seqs, state } = setUp();
    goLive();
    link().says(batch(1, 3));
    link().breaks();
    clock.advance(500);
    goLive({ journal: 'j2', head: 1 });
    expect([seqs(), state().conversations.size]).toEqual([[], 0]);
    link().says(batch(1, 1));
    frames.paint();
    expect([seqs(), state().journal, state().status]).toEqual([[1], 'j2', 'live']);
  });

  test('waits longer after each failure, and briefly again after a good connection', () => {
    const { clock, goLive, link, state } = setUp();
    const wait = () => (state().retryAtMs ?? 0) - clock.now();
    link().breaks();
    expect(wait()).toBe(500);
    clock.advance(500);
    link().breaks();
    expect(wait()).toBe(1_000);
    clock.advance(1_000);
    goLive();
    clock.advance(STABLE_AFTER_MS);
    link().breaks();
    expect(wait()).toBe(500);
  });

  test('a server that welcomes and hangs up at once is not hammered', () => {
    const { clock, goLive, link, state } = setUp();
    for (const expected of [500, 1_000, 2_000]) {
      goLive();
      link().breaks();
      expect((state().retryAtMs ?? 0) - clock.now()).toBe(expected);
      clock.advance(expected);
    }
  });

  test('"retry now" does not wait, and does nothing while a try is under way', () => {
    const { clock, link, links, session } = setUp();
    link().breaks();
    session.retryNow();
    session.retryNow();
    clock.advance(500);
    expect(links).toHaveLength(2);
  });

  test('a server that is frozen is noticed within three heartbeats, and resumed where it stopped', () => {
    const { clock, goLive, link, links, state } = setUp();
    goLive();
    clock.advance(2 * HEARTBEAT_MS);
    expect(link().sent.at(-1)).toEqual({ type: 'ping' });
    link().says({ type: 'pong' });
    link().says(batch(1, 3));
    clock.advance(3 * HEARTBEAT_MS - 1);
    expect(state().status).toBe('live');
    clock.advance(1);
    expect([state().status, links[0]?.closedByPage]).toEqual(['lost', true]);
    clock.advance(500);
    link().opened();
    expect(link().sent[0]).toMatchObject({ type: 'hello', resume: { journal: 'j1', seq: 3 } });
  });

  test('a late word of a dropped link is not heard', () => {
    const { clock, goLive, links, state, frames } = setUp();
    goLive();
    links[0]?.breaks();
    clock.advance(500);
    links[0]?.says(batch(1, 3));
    links[0]?.breaks();
    frames.paint();
    expect([state().log.length, links.length]).toEqual([0, 2]);
  });
});

describe('another contract', () => {
  test.each([
    ['a reload message', { type: 'reload', version: CONTRACT_VERSION + 1 } as const],
    ['a welcome of another version', welcome({ version: CONTRACT_VERSION + 1 })],
  ])('%s ends the session without another try', (_, message) => {
    const { clock, link, links, state } = setUp();
    link().opened();
    link().says(message);
    clock.advance(60_000);
    expect([state().status, links.length, link().closedByPage]).toEqual(['outdated', 1, true]);
  });

  test.each(['', '{', '{"type":"welcome"}', '{"type":"batch","missed":0,"conversations":[],"events":[{}]}'])(
    'a malformed message %j drops the connection, says so, and is tried again',
    (text) => {
      const { clock, goLive, link, links, state } = setUp();
      goLive();
      link().saysText(text);
      expect([state().status, state().problem?.code, links[0]?.closedByPage]).toEqual([
        'lost',
        'malformed-message',
        true,
      ]);
      clock.advance(500);
      expect(links).toHaveLength(2);
    },
  );
});

test('a welcome says what was forgotten, each time anew', () => {
  const { goLive, link, state } = setUp();
  goLive();
  expect(state().forgotten).toBeNull();
  link().says(welcome({ journal: 'j2', forgotten: 'all' }));
  const first = state().forgotten;
  expect([first?.what, state().journal]).toEqual(['all', 'j2']);
  link().says(welcome({ journal: 'j3', forgotten: 'all' }));
  expect(state().forgotten).not.toBe(first);
  link().says(welcome({ journal: 'j4' }));
  expect(state().forgotten?.what).toBe('all');
});

describe('the socket table', () => {
  const table = { type: 'sockets', wallMs: 5, rows: [], reason: null } as const;

  test('is polled from the first watcher to the last', () => {
    const { goLive, link, session, state } = setUp();
    goLive();
    const stopFirst = session.watchSockets();
    const stopSecond = session.watchSockets();
    link().says({ ...table, rows: [] });
    expect(state().sockets?.wallMs).toBe(5);
    stopFirst();
    stopFirst();
    expect(link().sent.slice(1)).toEqual([{ type: 'watch-sockets', on: true, ports: [] }]);
    stopSecond();
    expect(link().sent.at(-1)).toEqual({ type: 'watch-sockets', on: false, ports: [] });
    expect(state().sockets).toBeNull();
  });

  test('is watched again on a new connection', () => {
    const { clock, goLive, link, session } = setUp();
    session.watchSockets();
    goLive();
    link().breaks();
    clock.advance(500);
    goLive({ resumed: true });
    expect(link().sent.at(-1)).toEqual({ type: 'watch-sockets', on: true, ports: [] });
  });
});

test('a closed session stays closed', () => {
  const { clock, goLive, link, links, session, frames } = setUp();
  goLive();
  link().says(batch(1, 1));
  session.close();
  session.close();
  clock.advance(60_000);
  expect([links.length, frames.waiting, link().closedByPage]).toEqual([1, 0, true]);
});
