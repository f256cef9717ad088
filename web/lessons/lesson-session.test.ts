import { describe, expect, it } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { lesson } from '#lessons/01-sockets/lesson.ts';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { createEventLog } from '../session/event-log.ts';
import { WritablePacketLog } from '../session/packet-log.ts';
import { createFakeClock, fakeConversation, fakeEvent } from '../session/testing.ts';
import { initialWireState, type WireState } from '../session/wire-state.ts';
import { MAX_WAITING_EVENTS } from './event-payloads.ts';
import { openLesson } from './lesson-session.ts';
import { createProgressStore } from './progress-store.ts';
import { fakeServer, fakeStorage } from './testing.ts';
import { createWitnessStore } from './witness-store.ts';

/** A page's view of the wire, written by the test. */
function fakeWire() {
  const log = createEventLog();
  const conversations = new Map<number, Conversation>();
  const payloads = new Map<number, Uint8Array | null>();
  const held = { log, conversations, packets: new WritablePacketLog(), payloads };
  const store = createStore<WireState>(() => ({ ...initialWireState(held), journal: 'one' }));
  const changed = (change: Partial<WireState> = {}) =>
    store.setState(({ revision }) => ({ revision: revision + 1, ...change }));
  const happen = (...events: WireEvent[]) => {
    log.append(events, 0);
    changed();
  };
  return {
    store,
    changed,
    happen,
    live: () => changed({ status: 'live' }),
    /** A connection to echo, as event `seq`. */
    opens(id: number, seq: number, changes: Partial<Conversation> = {}) {
      conversations.set(id, fakeConversation(id, changes));
      happen(fakeEvent(seq, { conversation: id, kind: 'opened', length: 0, recorded: 0, preview: '' }));
    },
    /** The server was started again: another journal, empty. */
    restarts(change: Partial<WireState> = {}) {
      log.clear();
      conversations.clear();
      changed({ journal: 'two', status: 'connecting', ...change });
    },
    /** The octets of an event come; `null`: they are gone. */
    brings(seq: number, octets: Uint8Array | null) {
      payloads.set(seq, octets);
      changed();
    },
    known: (id: number) => conversations.set(id, fakeConversation(id)),
  };
}

/** The steps of this lesson need neither packets nor the socket table. */
const NOBODY = { watchPackets: () => () => {}, watchSockets: () => () => {} };

function setUp() {
  const wire = fakeWire();
  const storage = fakeStorage();
  const progress = createProgressStore({ storage, fetch: fakeServer().fetch, clock: createFakeClock() });
  const witnesses = createWitnessStore(storage);
  const asked: number[] = [];
  const requestPayload = (seq: number) => void asked.push(seq);
  const open = () => openLesson({ lesson, wire: wire.store, watching: NOBODY, requestPayload, progress, witnesses });
  return { wire, progress, witnesses, asked, open };
}

/** Event `seq` and the one after: a line to echo and back. */
function echoes(seq: number): WireEvent[] {
  return [fakeEvent(seq), fakeEvent(seq + 1, { direction: 'to-client' })];
}

describe('an open lesson', () => {
  it('turns a step green when it happens, and keeps that with what was seen', () => {
    const { wire, open, progress, witnesses } = setUp();
    wire.live();
    const session = open();
    expect(session.store.getState()).toMatchObject({ watching: true, active: 'connect' });
    wire.opens(1, 1);
    expect(session.store.getState().active).toBe('talk');
    expect(progress.store.getState().progress.lessons.sockets?.steps).toEqual({ connect: 1_700_000_000_001 });
    expect(witnesses.store.getState().sockets?.connect?.facts.client).toBe('127.0.0.1:50001');
  });

  it('does not count what happened before it was opened, or before the page was live', () => {
    const { wire, open } = setUp();
    wire.opens(1, 1);
    const session = open();
    expect(session.store.getState().watching).toBe(false);
    wire.opens(2, 2);
    wire.live();
    expect(session.store.getState()).toMatchObject({ watching: true, active: 'connect' });
    wire.opens(3, 3);
    expect(session.store.getState().active).toBe('talk');
  });

  it('counts steps that one batch completes together', () => {
    const { wire, open, progress } = setUp();
    wire.live();
    const session = open();
    wire.known(1);
    wire.known(2);
    const opened = { kind: 'opened', length: 0, recorded: 0, preview: '' } as const;
    wire.happen(fakeEvent(1, opened), ...echoes(2), fakeEvent(4, { ...opened, conversation: 2 }));
    expect(Object.keys(progress.store.getState().progress.lessons.sockets?.steps ?? {})).toEqual([
      'connect',
      'talk',
      'second',
    ]);
    expect(session.store.getState().active).toBe('hang-up');
  });

  it('shows the near miss of the step that waits', () => {
    const { wire, open } = setUp();
    wire.live();
    const session = open();
    wire.opens(1, 1, { demo: 'chat-lines' });
    expect(session.store.getState().nearMisses).toMatchObject([
      { of: 'connect', id: 'another-demo', facts: { demo: 'chat-lines' } },
    ]);
  });

  it('says when it is not watching, and goes on when the connection is back', () => {
    const { wire, open } = setUp();
    wire.live();
    const session = open();
    wire.changed({ status: 'lost' });
    expect(session.store.getState().watching).toBe(false);
    wire.opens(1, 1);
    wire.live();
    expect(session.store.getState()).toMatchObject({ watching: true, active: 'talk' });
  });

  it('goes on with the journal of a server that was started again', () => {
    const { wire, open } = setUp();
    wire.live();
    const session = open();
    wire.opens(1, 1);
    wire.opens(2, 2);
    wire.restarts();
    wire.live();
    expect(session.store.getState().active).toBe('talk');
    wire.opens(1, 1);
    wire.happen(...echoes(2));
    expect(session.store.getState().active).toBe('second');
  });

  it('begins anew when something was forgotten: what is left has not happened again', () => {
    const { wire, open } = setUp();
    wire.opens(1, 1);
    wire.live();
    const session = open();
    wire.opens(2, 2, { demo: 'chat-lines' });
    wire.restarts({ forgotten: { what: 'all' } });
    expect(session.store.getState()).toMatchObject({ watching: false, nearMisses: [] });
    wire.opens(1, 1);
    wire.live();
    expect(session.store.getState()).toMatchObject({ watching: true, active: 'connect' });
    wire.opens(3, 2);
    expect(session.store.getState().active).toBe('talk');
  });

  it('begins anew after a reset, with what happens from then on', () => {
    const { wire, open, progress } = setUp();
    wire.live();
    const session = open();
    wire.opens(1, 1);
    progress.reset('sockets');
    expect(session.store.getState()).toMatchObject({ active: 'connect' });
    expect(session.store.getState().done.size).toBe(0);
    wire.opens(2, 2);
    expect(session.store.getState().active).toBe('talk');
  });

  it('opens a step again when it is undone', () => {
    const { wire, open, progress } = setUp();
    wire.live();
    const session = open();
    wire.opens(1, 1);
    wire.happen(...echoes(2));
    progress.undo('sockets', 'connect');
    expect(session.store.getState().active).toBe('connect');
    wire.opens(2, 4);
    // The first is still open: with it there are two at once.
    expect(session.store.getState().active).toBe('hang-up');
  });

  it('looks at what is open now when events were missed', () => {
    const { wire, open } = setUp();
    wire.live();
    const session = open();
    wire.opens(1, 1);
    wire.happen(...echoes(2));
    wire.known(2);
    wire.changed({ missed: 7 });
    expect(session.store.getState().active).toBe('hang-up');
  });

  it('goes on after a reload, with the conversations that are open', () => {
    const { wire, open } = setUp();
    wire.live();
    const before = open();
    wire.opens(1, 1);
    before.close();
    before.close();
    const after = open();
    expect(after.store.getState().active).toBe('talk');
    wire.happen(...echoes(2));
    expect(after.store.getState().active).toBe('second');
    expect(before.store.getState().active).toBe('talk');
  });
});

describe('a longer event', () => {
  const long = { length: 700, recorded: 700, preview: btoa('x'.repeat(512)) };
  const octets = new Uint8Array(700).fill(0x78);
  /** A lesson whose step waits for what echo returns, and a line of 700 octets there and back, as events 2 and 3. */
  const longEcho = () => {
    const all = setUp();
    all.wire.live();
    const session = all.open();
    all.wire.opens(1, 1);
    all.wire.happen(fakeEvent(2, long), fakeEvent(3, { ...long, direction: 'to-client' }));
    return { ...all, active: () => session.store.getState().active };
  };

  it('is judged when all its octets have come, and what follows it then', () => {
    const { wire, asked, active } = longEcho();
    wire.opens(2, 4);
    expect(asked).toContain(2);
    wire.brings(2, octets);
    expect(active()).toBe('talk');
    wire.brings(3, octets);
    expect(active()).toBe('hang-up');
  });

  it('is judged by its beginning when its octets are gone, or the server refuses them', () => {
    const gone = longEcho();
    gone.wire.brings(2, null);
    gone.wire.brings(3, null);
    expect(gone.active()).toBe('second');
    const refused = longEcho();
    refused.wire.changed({ problem: { code: 'viewer-too-slow', message: '' } });
    expect(refused.active()).toBe('second');
  });

  it('holds nothing up for long', () => {
    const { wire, active } = longEcho();
    wire.happen(...Array.from({ length: MAX_WAITING_EVENTS }, (_, index) => fakeEvent(4 + index)));
    wire.opens(2, 4 + MAX_WAITING_EVENTS);
    expect(active()).toBe('hang-up');
  });

  it('is no longer waited for when events were missed', () => {
    const { wire, active } = longEcho();
    wire.changed({ missed: 1 });
    expect(active()).toBe('second');
  });
});
