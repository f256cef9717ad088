import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Direction, WireEvent } from '#protocol/wire.ts';
import { previewOf } from '../workbench/bytes/preview.ts';
import { aChunk, anEvent } from '../workbench/testing.ts';
import { HttpTrace, looksLikeHttp } from './http-trace.ts';

const REQUEST = 'GET /hello HTTP/1.1\r\nHost: localhost\r\n\r\n';
const RESPONSE = 'HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello';
const opened = anEvent(1, { kind: 'opened' });

/** Events of these pieces, behind an opening. */
function eventsOf(...pieces: readonly (readonly [Direction, string])[]): WireEvent[] {
  return [opened, ...pieces.map(([direction, text], index) => aChunk(index + 2, text, { direction }))];
}

function traceOf(events: readonly WireEvent[]): HttpTrace {
  const trace = new HttpTrace();
  trace.update(events, previewOf);
  return trace;
}

const shape = (trace: HttpTrace) =>
  trace
    .messages()
    .map(({ message, seq }) => [message.role, message.state, message.request?.target ?? message.status?.status, seq]);

describe('the messages of a conversation', () => {
  it('are found in its events, each with the event that brought its first octet', () => {
    const events = eventsOf(
      ['to-server', REQUEST.slice(0, 10)],
      ['to-server', REQUEST.slice(10)],
      ['to-client', RESPONSE],
      ['to-server', REQUEST],
    );
    expect(shape(traceOf(events))).toEqual([
      ['request', 'complete', '/hello', 2],
      ['response', 'complete', 200, 4],
      ['request', 'complete', '/hello', 5],
    ]);
  });

  it('are the same when events come one by one, and when they are told twice', () => {
    const events = eventsOf(['to-server', REQUEST + REQUEST], ['to-client', RESPONSE], ['to-client', RESPONSE]);
    const trace = new HttpTrace();
    for (let count = 1; count <= events.length; count += 1) trace.update(events.slice(0, count), previewOf);
    trace.update(events, previewOf);
    expect(shape(trace)).toEqual(shape(traceOf(events)));
  });

  it('wait for octets that have not come, and go on behind them', () => {
    const events = eventsOf(['to-server', REQUEST], ['to-client', RESPONSE]);
    const trace = new HttpTrace();
    trace.update(events, (event) => (event.seq === 2 ? undefined : previewOf(event)));
    expect([trace.wanted, shape(trace)]).toEqual([2, []]);
    trace.update(events, previewOf);
    expect([trace.wanted, shape(trace).length]).toEqual([null, 2]);
  });

  it('say where octets were not recorded', () => {
    const events = [
      ...eventsOf(['to-server', REQUEST]),
      anEvent(3, { kind: 'skipped', length: 9, direction: 'to-server' }),
    ];
    expect(
      traceOf(events)
        .messages()
        .at(-1)
        ?.message.problems.map(({ code }) => code),
    ).toContain('not-recorded');
    const beheaded = eventsOf(['to-server', REQUEST]).slice(1);
    expect(
      traceOf(beheaded)
        .messages()[0]
        ?.message.problems.map(({ code }) => code),
    ).toEqual(['not-recorded']);
  });

  it('end at 101: what follows is counted', () => {
    const switching = 'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n';
    const trace = traceOf(eventsOf(['to-server', REQUEST], ['to-client', `${switching}abc`], ['to-server', 'de']));
    expect(trace.rest()).toEqual([
      { direction: 'to-server', why: 'tunnel', bytes: 2 },
      { direction: 'to-client', why: 'tunnel', bytes: 3 },
    ]);
  });

  it('do not depend on how reads cut them', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 12 }), (cuts) => {
        const stream = REQUEST + REQUEST;
        const pieces: [Direction, string][] = [];
        let at = 0;
        for (const cut of [...cuts, stream.length]) {
          if (at < stream.length) pieces.push(['to-server', stream.slice(at, at + cut)]);
          at += cut;
        }
        expect(shape(traceOf(eventsOf(...pieces))).map(([, state, target]) => [state, target])).toEqual([
          ['complete', '/hello'],
          ['complete', '/hello'],
        ]);
      }),
    );
  });
});

it('knows HTTP by its first octets', () => {
  const looks = (text: string) => looksLikeHttp(new TextEncoder().encode(text));
  expect(['GET / HTTP/1.1', '\r\nPOST /x HTTP/1.0', 'HTTP/1.1 400 Bad'].map(looks)).toEqual([true, true, true]);
  expect(['hello', 'GET me', '', '\x16\x03\x01'].map(looks)).toEqual([false, false, false, false]);
});
