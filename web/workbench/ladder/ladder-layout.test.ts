import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { WireEvent } from '#protocol/wire.ts';
import { aConversation, anEvent } from '../testing.ts';
import {
  eventRowFrom,
  indexAfter,
  LadderLayout,
  type LadderOptions,
  type LadderRow,
  QUIET_THRESHOLD_US,
  ROW_HEIGHT_PX,
  STALE_ROWS_SLACK,
} from './ladder-layout.ts';

const ALL: LadderOptions = {
  conversation: aConversation(),
  afterSeq: 0,
  untilSeq: Number.POSITIVE_INFINITY,
  matches: null,
  missedBetween: () => 0,
};

function rowsOf(events: readonly WireEvent[], over: Partial<LadderOptions> = {}): readonly LadderRow[] {
  const layout = new LadderLayout({ ...ALL, ...over });
  layout.update(events);
  return layout.rows;
}
const opened = anEvent(1, { kind: 'opened' });
const types = (rows: readonly LadderRow[]) => rows.map((row) => row.type);

describe('LadderLayout', () => {
  it('gives one row to each event, timed from the opening', () => {
    const rows = rowsOf([anEvent(1, { kind: 'opened', timeUs: 5_000 }), anEvent(2, { timeUs: 5_021 })], {
      conversation: aConversation({ openedUs: 5_000 }),
    });
    expect(rows.map((row) => (row.type === 'event' ? row.sinceUs : null))).toEqual([0, 21]);
  });

  it('counts from the opening event, and from the conversation’s opening where that event is gone', () => {
    const conversation = aConversation({ openedUs: 4_900 });
    const since = (events: WireEvent[]) =>
      rowsOf(events, { conversation }).map((row) => (row.type === 'event' ? row.sinceUs : row.type));
    expect(since([anEvent(1, { kind: 'opened', timeUs: 5_000 }), anEvent(2, { timeUs: 5_021 })])).toEqual([0, 21]);
    expect(since([anEvent(2, { timeUs: 5_021 })])).toEqual(['missed', 121]);
  });

  it('makes a row of a silence only above the threshold', () => {
    const at = (timeUs: number) => anEvent(2, { timeUs: opened.timeUs + timeUs });
    expect(types(rowsOf([opened, at(QUIET_THRESHOLD_US)]))).toEqual(['event', 'event']);
    const rows = rowsOf([opened, at(QUIET_THRESHOLD_US + 1)]);
    expect(types(rows)).toEqual(['event', 'quiet', 'event']);
    expect(rows[1]).toMatchObject({ durationUs: QUIET_THRESHOLD_US + 1 });
  });

  it('does not claim silence across hidden, missed or cleared events', () => {
    const events = [opened, anEvent(2), anEvent(3, { timeUs: 9_000_000 })];
    const hidden = rowsOf(events, { matches: (event) => event.seq !== 2 });
    expect(types(hidden)).toEqual(['event', 'hidden', 'event']);
    expect(types(rowsOf([opened, anEvent(9, { timeUs: 9_000_000 })], { missedBetween: () => 7 }))).toEqual([
      'event',
      'missed',
      'event',
    ]);
    expect(types(rowsOf(events, { afterSeq: 2 }))).toEqual(['event']);
  });

  it('does not claim silence before a report of what went by unrecorded', () => {
    expect(types(rowsOf([opened, anEvent(2, { kind: 'skipped', timeUs: 9_000_000, count: 5 })]))).toEqual([
      'event',
      'event',
    ]);
  });

  it('counts neighbouring hidden events in one row', () => {
    const events = [opened, anEvent(2), anEvent(3), anEvent(4, { direction: 'to-client' }), anEvent(5)];
    const rows = rowsOf(events, { matches: (event) => event.kind !== 'data' || event.direction === 'to-client' });
    expect(rows.map((row) => (row.type === 'hidden' ? row.count : row.type))).toEqual(['event', 2, 'event', 1]);
  });

  it('stops where the view is paused and goes on in a new layout', () => {
    expect(rowsOf([opened, anEvent(2), anEvent(3)], { untilSeq: 2 })).toHaveLength(2);
    expect(rowsOf([opened, anEvent(2), anEvent(3)], { untilSeq: 3 })).toHaveLength(3);
  });

  it('keeps the states right under a filter and a cleared view', () => {
    const events = [opened, anEvent(2, { kind: 'half-closed' }), anEvent(3, { direction: 'to-client' })];
    const rows = rowsOf(events, { afterSeq: 2 });
    expect(rows[0]?.before.server?.name).toBe('CLOSE-WAIT');
  });

  it('says that the beginning is lost when the first event is not the opening', () => {
    const rows = rowsOf([anEvent(7)]);
    expect(rows[0]).toMatchObject({ type: 'missed', reason: 'dropped', count: null });
    expect(rows[1]?.before).toEqual({ client: null, server: null, firstFin: null });
  });

  it('knows the newest datagram that came back, recorded or not', () => {
    const udp = { ...ALL, conversation: aConversation({ transport: 'udp' }) };
    const layout = new LadderLayout(udp);
    const send = (seq: number) => anEvent(seq, { kind: 'datagram' });
    const unanswered = () => layout.rows.filter((row) => layout.isUnanswered(row)).map(({ seq }) => seq);
    layout.update([opened, send(2)]);
    expect(unanswered()).toEqual([2]);
    layout.update([opened, send(2), anEvent(3, { kind: 'datagram', direction: 'to-client' }), send(4)]);
    expect(unanswered()).toEqual([4]);
    layout.update([send(4), anEvent(5, { kind: 'skipped', direction: 'to-client', count: 2 })]);
    expect(unanswered()).toEqual([]);
  });

  it('lets rows of dropped events go, many at once, and tells how far that moves the rest', () => {
    const events = [opened, ...Array.from({ length: STALE_ROWS_SLACK * 2 }, (_, i) => anEvent(i + 2))];
    const layout = new LadderLayout(ALL);
    layout.update(events);
    layout.update(events.slice(STALE_ROWS_SLACK - 1));
    expect(layout.trimmedPx).toBe(0);
    layout.update(events.slice(STALE_ROWS_SLACK));
    expect(layout.rows).toHaveLength(1 + events.length - STALE_ROWS_SLACK);
    expect(layout.trimmedPx).toBe(STALE_ROWS_SLACK * ROW_HEIGHT_PX.event - ROW_HEIGHT_PX.missed);
    expect(layout.rows[0]).toMatchObject({ type: 'missed', reason: 'dropped' });
  });

  it('lays out the same rows however the events come in', () => {
    const kinds = ['data', 'half-closed', 'skipped', 'error'] as const;
    const direction = fc.constantFrom('to-server' as const, 'to-client' as const);
    const step = fc.record({ kind: fc.constantFrom(...kinds), direction, us: fc.nat({ max: 600_000 }) });
    fc.assert(
      fc.property(
        fc.array(step, { maxLength: 30 }),
        fc.infiniteStream(fc.integer({ min: 1, max: 5 })),
        (steps, cuts) => {
          let timeUs = 0;
          const events = steps.map(({ kind, direction: way, us }, i) => {
            timeUs += us;
            return anEvent(i + 2, { kind, direction: way, timeUs });
          });
          const options = { ...ALL, matches: (event: WireEvent) => event.direction === 'to-server' };
          const whole = new LadderLayout(options);
          whole.update([opened, ...events]);
          const pieces = new LadderLayout(options);
          for (let end = 0; end < events.length + 1; end += cuts.next().value ?? 1) {
            pieces.update([opened, ...events.slice(0, end)]);
          }
          pieces.update([opened, ...events]);
          expect(pieces.rows).toEqual(whole.rows);
        },
      ),
    );
  });
});

describe('finding rows', () => {
  it('finds the row of an event, and none for hidden ones', () => {
    const layout = new LadderLayout({ ...ALL, matches: (event) => event.seq !== 3 });
    layout.update([opened, anEvent(2, { timeUs: 9_000_000 }), anEvent(3), anEvent(4)]);
    expect(types(layout.rows)).toEqual(['event', 'quiet', 'event', 'hidden', 'event']);
    expect([1, 2, 3, 4, 5].map((seq) => layout.indexOfEvent(seq))).toEqual([0, 2, -1, 4, -1]);
  });

  it('steps over rows that are no events', () => {
    const rows = rowsOf([opened, anEvent(2, { timeUs: 9_000_000 })]);
    expect(eventRowFrom(rows, 1, 1)).toBe(2);
    expect(eventRowFrom(rows, 1, -1)).toBe(0);
    expect(eventRowFrom(rows, 3, 1)).toBe(-1);
  });
});

describe('indexAfter', () => {
  it('finds the first greater seq', () => {
    const events = [2, 4, 6].map((seq) => ({ seq }));
    expect([0, 2, 3, 6, 9].map((seq) => indexAfter(events, seq))).toEqual([0, 1, 1, 3, 3]);
  });
});
