/** Recordings for this room's tests. */
import fc from 'fast-check';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { fakeConversation, fakeEvent } from '../session/testing.ts';
import { evictedEvent, type RecordedEvent, type Recording, recordedEvent } from './recording.ts';

/** A conversation of the echo demo, closed; `over` changes what the test is about. */
export function aConversation(over: Partial<Conversation> = {}): Conversation {
  const server = { address: '127.0.0.1', port: 7_007 };
  return fakeConversation(1, { server, terminal: 2, state: 'closed', toServer: { events: 1, bytes: 3 }, ...over });
}

/** An event of conversation 1 without payload; `over` changes what the test is about. */
export function anEvent(seq: number, over: Partial<WireEvent> = {}): WireEvent {
  return fakeEvent(seq, { length: 0, recorded: 0, preview: '', ...over });
}

/** An event that carries `payload`, recorded whole. */
export function carrying(seq: number, payload: string | Uint8Array, over: Partial<WireEvent> = {}): RecordedEvent {
  const bytes = typeof payload === 'string' ? new TextEncoder().encode(payload) : payload;
  return recordedEvent({ ...anEvent(seq), length: bytes.length, ...over }, bytes);
}

/** A recording of one short conversation; `over` changes what the test is about. */
export function aRecording(over: Partial<Recording> = {}): Recording {
  return {
    madeWallMs: 1_700_000_100_000,
    conversations: [aConversation()],
    events: [recordedEvent(anEvent(1, { kind: 'opened' }), new Uint8Array()), carrying(2, 'hi\n')],
    missed: new Map(),
    leftOut: { payloads: 0, bytes: 0 },
    ...over,
  };
}

const count = fc.nat(1_000_000);
const totals = fc.record({ events: count, bytes: count });
const address = fc.oneof(fc.ipV4(), fc.ipV6(), fc.constantFrom('', 'fe80::1%eth0'));
const endpoint = fc.record({ address, port: fc.nat(65_535) });
const wallMs = fc.double({ min: 0, max: 8.64e15, noNaN: true });
const timeUs = fc.double({ min: 0, max: Number.MAX_SAFE_INTEGER, noNaN: true });
/** -0 is 0 in JSON. */
const plain = (value: number) => value + 0;

const conversationOf = (id: number): fc.Arbitrary<Conversation> =>
  fc.record({
    id: fc.constant(id),
    transport: fc.constantFrom('tcp', 'udp'),
    demo: fc.option(fc.constantFrom('echo', 'chat-lines', 'page', 'a.b_c')),
    observer: fc.constantFrom('server', 'client'),
    client: endpoint,
    server: endpoint,
    terminal: fc.option(count),
    openedUs: timeUs.map(plain),
    openedWallMs: wallMs.map(plain),
    state: fc.constantFrom('open', 'half-closed', 'closed', 'reset', 'failed', 'detached'),
    toServer: totals,
    toClient: totals,
    skipped: totals,
  });

/** Texts, control bytes, octets that are no UTF-8, empty ones, ones longer than a preview. */
const payload = fc.oneof(
  fc.uint8Array({ maxLength: 40 }),
  fc.string({ unit: 'binary', maxLength: 40 }).map((text) => new TextEncoder().encode(text)),
  fc.uint8Array({ minLength: 500, maxLength: 1_500 }),
);

interface EventSeed {
  readonly event: WireEvent;
  readonly payload: Uint8Array;
  readonly cutBytes: number;
  readonly gap: number;
  readonly missed: number;
}

const eventSeed = (conversations: readonly number[]): fc.Arbitrary<EventSeed> =>
  fc.record({
    event: fc.record({
      seq: fc.constant(0),
      conversation: fc.constantFrom(...conversations),
      kind: fc.constantFrom('opened', 'data', 'datagram', 'half-closed', 'closed', 'reset', 'error', 'skipped'),
      timeUs: timeUs.map(plain),
      wallMs: wallMs.map(plain),
      evidence: fc.constantFrom('observed', 'kernel', 'captured', 'simulated', 'derived'),
      direction: fc.constantFrom('to-server', 'to-client', null),
      length: fc.constant(0),
      recorded: fc.constant(0),
      preview: fc.constant(''),
      evicted: fc.boolean(),
      count,
      code: fc.option(fc.constantFrom('ECONNRESET', 'echo-loop-refused')),
    }),
    payload,
    cutBytes: fc.oneof(fc.constant(0), count),
    gap: fc.integer({ min: 1, max: 5 }),
    missed: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 99 })),
  });

function sown(conversations: readonly Conversation[], seeds: readonly EventSeed[], madeWallMs: number): Recording {
  const events: RecordedEvent[] = [];
  const missed = new Map<number, number>();
  let seq = 0;
  for (const seed of seeds) {
    seq += seed.gap;
    if (seed.missed > 0) missed.set(seq, seed.missed);
    const length = seed.payload.length + seed.cutBytes;
    const event = { ...seed.event, seq, length, recorded: seed.payload.length };
    events.push(event.evicted ? evictedEvent(event) : recordedEvent(event, seed.payload));
  }
  return { madeWallMs, conversations, events, missed, leftOut: { payloads: 0, bytes: 0 } };
}

/** Any recording that a page could make, of up to `maxEvents` events. */
export function recordings(maxEvents = 30): fc.Arbitrary<Recording> {
  return fc
    .uniqueArray(fc.integer({ min: 1, max: 1_000 }), { minLength: 1, maxLength: 5 })
    .chain((ids) =>
      fc.tuple(
        fc.tuple(...ids.map(conversationOf)),
        fc.array(eventSeed(ids), { maxLength: maxEvents }),
        wallMs.map(plain),
      ),
    )
    .map(([conversations, seeds, madeWallMs]) => sown(conversations, seeds, madeWallMs));
}
