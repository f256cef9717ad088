import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PREVIEW_BYTES } from '#protocol/limits.ts';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import type { Conversation, WireEvent } from '#protocol/wire.ts';
import { createFakeClock, createFakeFrames, createFakeLinks } from '../session/testing.ts';
import { createWireSession } from '../session/wire-session.ts';
import { base64Of } from './base64.ts';
import { MAX_ASKED_AT_ONCE, PATIENCE_MS } from './fetch-payloads.ts';
import { makeRecording } from './make-recording.ts';
import { createRecordedSession } from './recorded-session.ts';
import { openJson, recordingJson } from './recording-json.ts';
import { aConversation, anEvent, recordings } from './testing.ts';

/** A page whose session holds these, and whose server answers as told. */
function pageWith(conversations: readonly Conversation[], events: readonly WireEvent[]) {
  const clock = createFakeClock();
  const frames = createFakeFrames();
  const { open, links } = createFakeLinks();
  const session = createWireSession({ open, clock, frame: frames.frame, random: () => 0.5 });
  const link = links.at(-1);
  if (!link) throw new Error('no link');
  link.opened();
  const head = events.at(-1)?.seq ?? 0;
  link.says({
    type: 'welcome',
    version: CONTRACT_VERSION,
    run: 'r',
    journal: 'j',
    resumed: false,
    from: 1,
    head,
    forgotten: null,
    demos: [],
  });
  link.says({ type: 'batch', missed: 0, conversations: [...conversations], events: [...events] });
  frames.paint();
  const asked = () => link.sent.flatMap((request) => (request.type === 'payload' ? [request.seq] : []));
  const answer = (seq: number, bytes: Uint8Array | null) =>
    link.says({ type: 'payload', seq, bytes: bytes ? base64Of(bytes) : null });
  const controller = new AbortController();
  const told: string[] = [];
  const make = (conversation: number | null, maxPayloadBytes?: number) =>
    makeRecording({
      session,
      conversation,
      clock,
      signal: controller.signal,
      progress: (done, total) => told.push(`${done}/${total}`),
      ...(maxPayloadBytes === undefined ? {} : { maxPayloadBytes }),
    });
  return { session, clock, asked, answer, make, told, abort: () => controller.abort() };
}

const octets = (length: number) => Uint8Array.from({ length }, (_, index) => index % 256);

/** An event that carries `length` octets, of which the page has the preview. */
function chunk(seq: number, length: number, over: Partial<WireEvent> = {}): WireEvent {
  const preview = base64Of(octets(length).subarray(0, PREVIEW_BYTES));
  return anEvent(seq, { length, recorded: length, preview, ...over });
}

describe('a recording', () => {
  test('of one conversation has its events and no other', async () => {
    const others = aConversation({ id: 2 });
    const { make } = pageWith([aConversation(), others], [chunk(1, 3), chunk(2, 4, { conversation: 2 }), chunk(3, 5)]);
    const recording = await make(1);
    expect(recording.conversations).toEqual([aConversation()]);
    expect(recording.events.map(({ event }) => event.seq)).toEqual([1, 3]);
  });

  test('of everything leaves Porthole’s own page out', async () => {
    const page = aConversation({ id: 2, demo: 'page' });
    const { make } = pageWith([aConversation(), page], [chunk(1, 3), chunk(2, 4, { conversation: 2 })]);
    const recording = await make(null);
    expect(recording.conversations.map(({ id }) => id)).toEqual([1]);
    expect(recording.events.map(({ event }) => event.seq)).toEqual([1]);
    expect((await make(2)).conversations).toEqual([]);
  });

  test('has whole the payloads of which the page had only the beginning', async () => {
    const { make, asked, answer, told } = pageWith([aConversation()], [chunk(1, 2_000), chunk(2, 3), chunk(3, 900)]);
    const making = make(1);
    expect(asked()).toEqual([1, 3]);
    answer(3, octets(900));
    answer(1, octets(2_000));
    const recording = await making;
    expect(recording.events.map(({ payload }) => payload)).toEqual([octets(2_000), octets(3), octets(900)]);
    expect(recording.leftOut).toEqual({ payloads: 0, bytes: 0 });
    expect(told).toEqual(['1/2', '2/2']);
  });

  test('says of what the journal has let go that it was left out', async () => {
    const { make, answer } = pageWith([aConversation()], [chunk(1, 2_000)]);
    const making = make(1);
    answer(1, null);
    const recording = await making;
    expect(recording.events[0]?.event).toMatchObject({ length: 2_000, recorded: PREVIEW_BYTES, evicted: false });
    expect(recording.leftOut).toEqual({ payloads: 1, bytes: 2_000 - PREVIEW_BYTES });
  });

  test('does not wait for ever for a server that is gone', async () => {
    const { make, clock } = pageWith([aConversation()], [chunk(1, 2_000)]);
    const making = make(1);
    clock.advance(PATIENCE_MS);
    expect((await making).leftOut).toEqual({ payloads: 1, bytes: 2_000 - PREVIEW_BYTES });
  });

  test('ends when it is no longer wanted', async () => {
    const { make, abort } = pageWith([aConversation()], [chunk(1, 2_000)]);
    const making = make(1);
    abort();
    await expect(making).rejects.toThrow(expect.objectContaining({ name: 'AbortError' }));
  });

  test('keeps what the journal had cut, evicted and skipped', async () => {
    const events = [
      chunk(1, 3, { length: 50 }),
      anEvent(2, { length: 9, recorded: 9, evicted: true }),
      anEvent(3, { kind: 'skipped', length: 7_000, count: 40 }),
    ];
    const { make } = pageWith([aConversation()], events);
    const recording = await make(1);
    expect(recording.events.map(({ event }) => event)).toEqual(events);
    expect(recording.leftOut).toEqual({ payloads: 0, bytes: 0 });
  });

  test('keeps what the page had missed, also where it was missed among other conversations', async () => {
    const conversations = [aConversation(), aConversation({ id: 2 })];
    // 2 and 3 were missed before 4, and 6 before 7.
    const events = [chunk(1, 1), chunk(4, 1, { conversation: 2 }), chunk(5, 1), chunk(7, 1)];
    const { make } = pageWith(conversations, events);
    expect((await make(1)).missed).toEqual(
      new Map([
        [5, 2],
        [7, 1],
      ]),
    );
    expect((await make(null)).missed).toEqual(
      new Map([
        [4, 2],
        [7, 1],
      ]),
    );
    expect((await make(2)).missed).toEqual(new Map());
  });

  test('stays under its bound, newest first, and says what that left out', async () => {
    const { make, asked, answer } = pageWith([aConversation()], [chunk(1, 1_000), chunk(2, 100), chunk(3, 900)]);
    // Room for what is here of all three (512 + 100 + 512), and for the rest of the newest (388), not of the oldest.
    const making = make(1, 1_600);
    expect(asked()).toEqual([3]);
    answer(3, octets(900));
    const recording = await making;
    expect(recording.events.map(({ payload }) => payload.length)).toEqual([512, 100, 900]);
    expect(recording.leftOut).toEqual({ payloads: 1, bytes: 488 });
    expect((await make(1, 550)).events.map(({ payload }) => payload.length)).toEqual([0, 0, 512]);
  });

  test('asks for a few payloads at a time, and gets them all', async () => {
    const many = MAX_ASKED_AT_ONCE * 3;
    const events = Array.from({ length: many }, (_, index) => chunk(index + 1, 600));
    const { make, asked, answer } = pageWith([aConversation()], events);
    const making = make(1);
    let answered = 0;
    while (answered < many) {
      const open = asked().slice(answered);
      expect(open.length).toBeLessThanOrEqual(MAX_ASKED_AT_ONCE);
      for (const seq of open) answer(seq, octets(600));
      answered += open.length;
    }
    expect((await making).leftOut).toEqual({ payloads: 0, bytes: 0 });
  });
});

test('any journal that was shared, opened and shared again is the same', async () => {
  await fc.assert(
    fc.asyncProperty(recordings(), async (recording) => {
      const conversations = recording.conversations.filter(({ demo }) => demo !== 'page');
      const ids = new Set(conversations.map(({ id }) => id));
      const session = createRecordedSession(recording);
      const again = await makeRecording({
        session,
        conversation: null,
        clock: { now: () => recording.madeWallMs, after: () => () => {} },
        signal: new AbortController().signal,
        progress: () => {},
      });
      expect(again.conversations).toEqual(conversations);
      expect(again.events).toEqual(recording.events.filter(({ event }) => ids.has(event.conversation)));
      if (conversations.length > 0) expect(openJson(recordingJson(again))).toEqual({ ok: true, recording: again });
    }),
    { numRuns: 50 },
  );
});
