import { expect, test } from 'vitest';
import { MAX_PAYLOAD_REQUESTS, MAX_REQUESTS_PER_SECOND, PayloadRequests } from './payload-requests.ts';
import { createFakeClock } from './testing.ts';

function setUp() {
  const clock = createFakeClock();
  const sent: number[] = [];
  const requests = new PayloadRequests((seq) => sent.push(seq) > 0, clock);
  /** Asks for these, and has each answered at once. */
  const exchange = (from: number, to: number) => {
    for (let seq = from; seq <= to; seq += 1) {
      requests.ask(seq);
      if (sent.includes(seq)) requests.answered(seq);
    }
  };
  return { clock, sent, requests, exchange };
}

test('a second has no more requests than the server takes, and the rest follow in the next', () => {
  const { clock, sent, exchange } = setUp();
  exchange(1, MAX_REQUESTS_PER_SECOND + 10);
  expect(sent).toHaveLength(MAX_REQUESTS_PER_SECOND);
  clock.advance(999);
  expect(sent).toHaveLength(MAX_REQUESTS_PER_SECOND);
  clock.advance(1);
  expect(sent.slice(MAX_REQUESTS_PER_SECOND)).toEqual(Array.from({ length: 10 }, (_, at) => at + 301));
});

test('what waits and is no longer wanted is not sent', () => {
  const { clock, sent, requests, exchange } = setUp();
  exchange(1, MAX_REQUESTS_PER_SECOND + 1);
  requests.clear();
  clock.advance(5_000);
  expect(sent).toHaveLength(MAX_REQUESTS_PER_SECOND);
});

test('the oldest is let go of more than may be asked for at once', () => {
  const { sent, requests } = setUp();
  for (let seq = 1; seq <= MAX_PAYLOAD_REQUESTS + 1; seq += 1) requests.ask(seq);
  expect(requests.answered(1)).toBe(false);
  requests.ask(2);
  expect(sent.filter((seq) => seq === 2)).toHaveLength(1);
});
