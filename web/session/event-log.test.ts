import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createEventLog } from './event-log.ts';
import { fakeEvent } from './testing.ts';

const seqs = (events: Iterable<{ seq: number }>) => [...events].map(({ seq }) => seq);

describe('the event log', () => {
  test('finds events by position, by number and by conversation', () => {
    const log = createEventLog();
    log.append([fakeEvent(5), fakeEvent(6, { conversation: 2 }), fakeEvent(9)], 0);
    expect([log.length, log.lastSeq, log.at(1)?.seq, log.bySeq(9)?.seq]).toEqual([3, 9, 6, 9]);
    expect(log.bySeq(7)).toBeUndefined();
    expect(seqs(log.ofConversation(1))).toEqual([5, 9]);
    expect(seqs(log.since(5))).toEqual([6, 9]);
    expect(log.ofConversation(3)).toEqual([]);
  });

  test('says where events were missed', () => {
    const log = createEventLog();
    log.append([fakeEvent(1)], 0);
    log.append([fakeEvent(11), fakeEvent(12)], 9);
    expect([log.missedBefore(1), log.missedBefore(11), log.missedBefore(12)]).toEqual([0, 9, 0]);
  });

  test('clearing forgets everything, the gaps too', () => {
    const log = createEventLog();
    log.append([fakeEvent(11)], 10);
    log.clear();
    expect([log.length, log.lastSeq, log.ofConversation(1).length, log.missedBefore(11)]).toEqual([0, 0, 0, 0]);
  });

  test('never holds more than its bound, and always the newest, with an index that agrees', () => {
    const conversations = fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 200 });
    fc.assert(
      fc.property(conversations, fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 40 }), (ids, max, bulk) => {
        const log = createEventLog(max, bulk);
        ids.forEach((conversation, index) => {
          log.append([fakeEvent(index + 1, { conversation })], 0);
        });
        expect(log.length).toBeLessThanOrEqual(max);
        expect(log.length + log.dropped).toBe(ids.length);
        const held = ids.map((id, index) => ({ id, seq: index + 1 })).slice(log.dropped);
        expect(seqs(log.since(0))).toEqual(held.map(({ seq }) => seq));
        for (const id of [1, 2, 3, 4]) {
          expect(seqs(log.ofConversation(id))).toEqual(held.filter((each) => each.id === id).map(({ seq }) => seq));
        }
      }),
    );
  });

  test('a dropped event takes its gap along', () => {
    const log = createEventLog(2, 1);
    log.append([fakeEvent(5)], 4);
    log.append([fakeEvent(6), fakeEvent(7)], 0);
    expect([log.at(0)?.seq, log.missedBefore(5)]).toEqual([6, 0]);
  });
});
