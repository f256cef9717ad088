import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { checkedServer } from '../testing/checked.ts';
import { QuietClock } from '../testing/quiet-clock.ts';
import { time } from './time.ts';

const text = (wallMs: number): string => new Date(wallMs).toISOString().replace(/\.\d+Z$/, 'Z\r\n');

/** Gets the time of the check’s own clock, which stands still until something is waited for. */
type TimeServer = (socket: Socket, nowMs: () => number) => void;

function check(serve: () => TimeServer) {
  const clock = new QuietClock();
  const server = serve();
  return checkedServer(time, (socket) => server(socket.resume(), () => clock.wallMs()), 1, clock);
}

const tells =
  (told: (nowMs: number) => string): (() => TimeServer) =>
  () =>
  (socket, nowMs) =>
    socket.end(told(nowMs()));

function startedAt(): TimeServer {
  let first: number | null = null;
  return (socket, nowMs) => {
    first ??= nowMs();
    socket.end(text(first));
  };
}

/** The second client waits until the first has gone. */
function oneByOne(): TimeServer {
  let last = Promise.resolve();
  return (socket, nowMs) => {
    const gone = new Promise<void>((resolve) => socket.on('close', () => resolve()));
    last = last.then(() => {
      socket.end(text(nowMs()));
      return gone;
    });
  };
}

describe('the check “time”', () => {
  it.each<readonly [string, string, string, () => TimeServer]>([
    ['says nothing', 'line', 'silent', () => () => {}],
    ['writes milliseconds', 'line', 'not-a-time', tells((now) => `${new Date(now).toISOString()}\r\n`)],
    ['ends with a line feed alone', 'line', 'not-a-time', tells((now) => text(now).replace('\r', ''))],
    ['forgets the end of the line', 'line', 'no-line-end', tells((now) => text(now).trim())],
    ['stays open', 'closes', 'stays-open', () => (socket, nowMs) => socket.write(text(nowMs()))],
    ['sends more', 'closes', 'too-much', tells((now) => `${text(now)}bye\r\n`)],
    ['tells local time with a Z', 'right', 'wrong-time', tells((now) => text(now + 8 * 3_600_000))],
    ['tells the time of its start', 'moves', 'time-stands', startedAt],
    ['waits for each client to go', 'two', 'one-at-a-time', oneByOne],
  ])('catches a server that %s', async (_what, stage, code, serve) => {
    const { failedStage, code: found } = await check(serve);
    expect([failedStage, found]).toEqual([stage, code]);
  });

  it('passes a right one', async () => {
    expect((await check(tells(text))).sentence).toBe('');
  });
});
