import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CONTRACT_VERSION } from '#protocol/version.ts';
import { MAX_RETRY_MS } from './backoff.ts';
import { createFakeClock, createFakeFrames, createFakeLinks, fakeEvent } from './testing.ts';
import { createWireSession } from './wire-session.ts';

/** What may happen between server and page; sizes are in events. */
const happening = fc.oneof(
  { weight: 5, arbitrary: fc.record({ what: fc.constant('batch' as const), size: fc.integer({ min: 0, max: 9 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('repeat' as const), size: fc.integer({ min: 1, max: 12 }) }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('paint' as const), size: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('break' as const), size: fc.constant(0) }) },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('skip' as const), size: fc.integer({ min: 1, max: 5 }) }) },
);

test('however batches are split, repeated, skipped or broken off, each event that came is there once and in order', () => {
  fc.assert(
    fc.property(fc.array(happening, { maxLength: 60 }), (happenings) => {
      const clock = createFakeClock();
      const frames = createFakeFrames();
      const { open, links } = createFakeLinks();
      const session = createWireSession({ open, clock, frame: frames.frame, random: () => 0.5 });
      let head = 0;
      const skipped: number[] = [];
      const says = (first: number, last: number) => {
        const numbers = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => first + index);
        const events = numbers.filter((seq) => !skipped.includes(seq)).map((seq) => fakeEvent(seq));
        links.at(-1)?.says({ type: 'batch', missed: 0, conversations: [], events });
      };
      const connect = () => {
        links.at(-1)?.opened();
        const hello = links.at(-1)?.sent[0];
        const resume = hello?.type === 'hello' ? hello.resume : undefined;
        const from = (resume?.seq ?? 0) + 1;
        const resumed = resume !== undefined;
        links.at(-1)?.says({
          type: 'welcome',
          version: CONTRACT_VERSION,
          run: 'r',
          journal: 'j',
          resumed,
          from,
          head,
          forgotten: null,
          demos: [],
        });
        says(from, head);
      };
      connect();
      for (const { what, size } of happenings) {
        if (what === 'paint') frames.paint();
        if (what === 'repeat') says(Math.max(1, head - size), head);
        if (what === 'break') {
          links.at(-1)?.breaks();
          clock.advance(MAX_RETRY_MS);
          connect();
        }
        if (what === 'batch' || what === 'skip') {
          const first = head + 1;
          head += size;
          if (what === 'skip') for (let seq = first; seq <= head; seq += 1) skipped.push(seq);
          else says(first, head);
        }
      }
      head += 1;
      says(head, head);
      frames.paint();
      const { log, missed, status } = session.store.getState();
      const expected = Array.from({ length: head }, (_, index) => index + 1).filter((seq) => !skipped.includes(seq));
      expect([...log.since(0)].map(({ seq }) => seq)).toEqual(expected);
      expect(missed).toBe(skipped.length);
      expect(status).toBe('live');
    }),
    { numRuns: 300 },
  );
});
