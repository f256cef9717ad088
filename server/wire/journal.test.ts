import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireEvent } from '#protocol/wire.ts';
import { testClock } from '../testing/clock.ts';
import type { ConversationRecord } from './conversation.ts';
import { Journal } from './journal.ts';
import { MAX_WINDOW_BYTES, MAX_WINDOW_EVENTS, SAMPLE_WINDOW_US } from './limits.ts';

const START = {
  transport: 'tcp',
  demo: 'echo',
  observer: 'server',
  client: { address: '127.0.0.1', port: 51544 },
  server: { address: '127.0.0.1', port: 7007 },
} as const;

const octets = (text: string): Buffer => Buffer.from(text);

function eventsOf(journal: Journal): WireEvent[] {
  const events: WireEvent[] = [];
  for (let seq = journal.oldest; seq <= journal.head; seq += 1) {
    const event = journal.read(seq);
    if (event) events.push(event);
  }
  return events;
}

describe('Journal', () => {
  it('keeps a conversation from its opening to its closing, in order, with its octets', () => {
    const clock = testClock();
    const journal = new Journal({ clock });
    const conversation = journal.open(START);
    clock.advance(250);
    journal.data(conversation, 'to-server', octets('hello\r\n'));
    journal.halfClosed(conversation, 'to-server');
    journal.closed(conversation);

    const events = eventsOf(journal);
    expect(events.map((event) => [event.seq, event.kind, event.direction, event.timeUs])).toEqual([
      [1, 'opened', 'to-server', 0],
      [2, 'data', 'to-server', 250],
      [3, 'half-closed', 'to-server', 250],
      [4, 'closed', null, 250],
    ]);
    expect(Buffer.from(events[1]?.preview ?? '', 'base64').toString()).toBe('hello\r\n');
    expect(journal.conversation(conversation.id)).toMatchObject({ state: 'closed', toServer: { events: 1, bytes: 7 } });
  });

  it('says that a UDP flow was derived from its first datagram, and that everything else was observed', () => {
    const journal = new Journal({ clock: testClock() });
    journal.datagram(journal.open({ ...START, transport: 'udp' }), 'to-server', octets(''));
    expect(eventsOf(journal).map((event) => event.evidence)).toEqual(['derived', 'observed']);
  });

  it('erases a conversation with its octets; one that goes on is recorded from there on, another is untouched', () => {
    const journal = new Journal({ clock: testClock(), maxPayloadBytes: 64 });
    const secret = journal.open(START);
    const other = journal.open({ ...START, client: { address: '127.0.0.1', port: 51545 } });
    journal.data(secret, 'to-server', octets('hunter2'));
    journal.data(other, 'to-server', octets('kept'));
    journal.erase(secret.id);
    expect(eventsOf(journal).map((event) => [event.seq, event.conversation, event.kind])).toEqual([
      [1, other.id, 'opened'],
      [2, other.id, 'data'],
    ]);
    expect(journal.payload(2)?.toString()).toBe('kept');
    journal.closed(secret);
    expect(eventsOf(journal).at(-1)).toMatchObject({ seq: 3, conversation: secret.id, kind: 'closed' });
    journal.erase(null);
    expect([journal.head, journal.oldest, journal.conversation(secret.id)]).toEqual([0, 1, null]);
    expect(journal.conversation(other.id)).toMatchObject({ state: 'open' });
  });

  it('names its run, within which no number is given twice, and another for another journal', () => {
    const journal = new Journal({ clock: testClock() });
    const { run, id } = journal;
    journal.closed(journal.open(START));
    journal.erase(null);
    expect([journal.open(START).id, journal.run, journal.id === id]).toEqual([2, run, false]);
    expect(run).toMatch(/^[0-9a-f]{10}$/);
    expect(new Journal({ clock: testClock() }).run).not.toBe(run);
  });

  it('names the terminal whose client it is, told before or after the opening', () => {
    const journal = new Journal({ clock: testClock() });
    const claim = { transport: START.transport, client: START.client, server: START.server };
    const first = journal.open(START);
    journal.claim({ ...claim, terminal: 1 });
    journal.closed(first);
    journal.claim({ ...claim, terminal: 2 });
    const second = journal.open(START);
    const third = journal.open({ ...START, client: { address: '127.0.0.1', port: 51545 } });
    const terminals = [first, second, third].map(({ id }) => journal.conversation(id)?.terminal);
    expect(terminals).toEqual([1, 2, null]);
  });

  it('records one ending only', () => {
    const journal = new Journal({ clock: testClock() });
    const conversation = journal.open(START);
    journal.reset(conversation, 'to-server', 'ECONNRESET');
    journal.closed(conversation);
    journal.halfClosed(conversation, 'to-client');
    expect(eventsOf(journal).map((event) => event.kind)).toEqual(['opened', 'reset']);
    expect(journal.conversation(conversation.id)?.state).toBe('reset');
  });

  it('lets octets go before events, and says so', () => {
    const journal = new Journal({ clock: testClock(), maxPayloadBytes: 16 });
    const conversation = journal.open(START);
    journal.data(conversation, 'to-server', octets('0123456789'));
    journal.data(conversation, 'to-client', octets('abcdefghij'));
    expect(journal.read(2)).toMatchObject({ length: 10, recorded: 10, preview: '', evicted: true });
    expect(journal.payload(2)).toBeNull();
    expect(journal.payload(3)?.toString()).toBe('abcdefghij');
  });

  it('lets the oldest events go, and with them conversations that have ended', () => {
    const journal = new Journal({ clock: testClock(), maxEvents: 4 });
    const ended = journal.open(START);
    journal.closed(ended);
    const open = journal.open(START);
    for (let count = 0; count < 4; count += 1) journal.error(open, 'EPIPE');
    expect(journal.conversation(ended.id)).toBeNull();
    expect(journal.conversation(open.id)).not.toBeNull();
    expect([journal.oldest, journal.head, journal.read(3)]).toEqual([4, 7, null]);
  });

  it('records 200 events of a second and counts the rest exactly', () => {
    const clock = testClock();
    const journal = new Journal({ clock });
    const conversation = journal.open(START);
    for (let count = 0; count < 500; count += 1) journal.data(conversation, 'to-server', octets('x'));
    journal.settle();
    expect(eventsOf(journal).filter((event) => event.kind === 'data')).toHaveLength(MAX_WINDOW_EVENTS);
    clock.advance(SAMPLE_WINDOW_US);
    journal.settle();
    expect(journal.read(journal.head)).toMatchObject({ kind: 'skipped', count: 300, length: 300 });
  });

  it('tells what went by unrecorded before what happened after it', () => {
    const journal = new Journal({ clock: testClock() });
    const conversation = journal.open(START);
    for (let count = 0; count < MAX_WINDOW_EVENTS + 3; count += 1) journal.data(conversation, 'to-server', octets('x'));
    journal.halfClosed(conversation, 'to-server');
    journal.data(conversation, 'to-client', octets('y'));
    journal.error(conversation, 'EPIPE');
    journal.data(conversation, 'to-client', octets('z'));
    journal.closed(conversation);
    const after = eventsOf(journal).filter((event) => event.kind !== 'data' && event.kind !== 'opened');
    expect(after.map((event) => `${event.kind} ${event.count}`)).toEqual([
      'skipped 3',
      'half-closed 0',
      'skipped 1',
      'error 0',
      'skipped 1',
      'closed 0',
    ]);
  });

  it('cuts the octets of an event that no longer fits the second, and says how many it kept', () => {
    const journal = new Journal({ clock: testClock() });
    const conversation = journal.open(START);
    journal.data(conversation, 'to-client', Buffer.alloc(MAX_WINDOW_BYTES + 5));
    expect(journal.read(2)).toMatchObject({ length: MAX_WINDOW_BYTES + 5, recorded: MAX_WINDOW_BYTES });
    journal.data(conversation, 'to-client', Buffer.alloc(9));
    journal.closed(conversation);
    expect(journal.read(3)).toMatchObject({ kind: 'skipped', count: 1, length: 9, direction: 'to-client' });
    expect(journal.read(4)).toMatchObject({ kind: 'closed' });
  });

  it('never holds more than its bounds, and accounts for every octet, whatever happens', () => {
    fc.assert(
      fc.property(fc.array(action(), { maxLength: 400 }), (actions) => {
        const clock = testClock();
        const bounds = { maxEvents: 40, maxPayloadBytes: 1_000 };
        const journal = new Journal({ clock, ...bounds });
        const conversations = [journal.open(START), journal.open(START)];
        for (const act of actions) act(journal, conversations, clock);
        expect(journal.head - journal.oldest + 1).toBeLessThanOrEqual(bounds.maxEvents);
        const held = eventsOf(journal).filter((event) => event.recorded > 0 && !event.evicted);
        expect(held.reduce((sum, event) => sum + event.recorded, 0)).toBeLessThanOrEqual(bounds.maxPayloadBytes);
        expect(journal.conversationCount).toBeLessThanOrEqual(bounds.maxEvents + conversations.length);
      }),
    );
  });

  it('adds up: what was recorded and what was skipped is what went over the wire', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.boolean(), fc.nat(3_000), fc.nat(20_000)), { maxLength: 600 }), (writes) => {
        const clock = testClock();
        const journal = new Journal({ clock, maxEvents: 5_000 });
        const conversation = journal.open(START);
        const sent = { 'to-server': 0, 'to-client': 0 };
        for (const [toServer, length, waitUs] of writes) {
          const direction = toServer ? 'to-server' : 'to-client';
          sent[direction] += length;
          journal.data(conversation, direction, Buffer.alloc(length));
          clock.advance(waitUs);
        }
        journal.closed(conversation);
        for (const direction of ['to-server', 'to-client'] as const) {
          const events = eventsOf(journal).filter((event) => event.direction === direction && event.kind !== 'opened');
          expect(events.reduce((sum, event) => sum + event.length, 0)).toBe(sent[direction]);
        }
        const carried = eventsOf(journal).filter((event) => event.kind === 'data').length;
        const skipped = eventsOf(journal).reduce((sum, event) => sum + event.count, 0);
        expect(carried + skipped).toBe(writes.length);
      }),
    );
  });
});

type Act = (journal: Journal, conversations: ConversationRecord[], clock: { advance(us: number): void }) => void;

function action(): fc.Arbitrary<Act> {
  const pick = fc.nat(5);
  return fc.oneof(
    fc.constant<Act>((journal, all) => void all.push(journal.open(START))),
    fc.tuple(pick, fc.nat(400)).map(
      ([at, length]): Act =>
        (journal, all) => {
          const conversation = all[at % all.length];
          if (conversation) journal.data(conversation, 'to-server', Buffer.alloc(length));
        },
    ),
    pick.map(
      (at): Act =>
        (journal, all) => {
          const [conversation] = all.splice(at % all.length, all.length > 2 ? 1 : 0);
          if (conversation) journal.closed(conversation);
        },
    ),
    fc.nat(SAMPLE_WINDOW_US).map(
      (us): Act =>
        (_journal, _all, clock) =>
          clock.advance(us),
    ),
    fc.constant<Act>((journal) => journal.settle()),
  );
}
