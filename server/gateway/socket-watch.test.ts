import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { SocketRow } from '#protocol/wire.ts';
import { type SocketsMessage, SocketWatch } from './socket-watch.ts';

const INTERVAL_MS = 1_000;

beforeEach(() => {
  vi.useFakeTimers();
});

afterEach(() => {
  vi.useRealTimers();
});

/** A system whose table takes its time to be read: until the test answers. */
function scene() {
  const answers: (() => void)[] = [];
  const read = vi.fn(
    () =>
      new Promise<SocketRow[]>((resolve) => {
        answers.push(() => resolve([]));
      }),
  );
  const watch = new SocketWatch({ read, intervalMs: INTERVAL_MS, now: () => 0 });
  const answer = async (): Promise<void> => {
    answers.shift()?.();
    await vi.advanceTimersByTimeAsync(0);
  };
  return { watch, read, answer };
}

it('reads at once and then at every interval while somebody watches, and not once more when nobody does', async () => {
  const { watch, read, answer } = scene();
  const told: SocketsMessage[] = [];
  const leave = watch.watch((message) => told.push(message), []);
  await answer();
  await vi.advanceTimersByTimeAsync(INTERVAL_MS);
  await answer();
  expect(told).toHaveLength(2);
  leave();
  await vi.advanceTimersByTimeAsync(10 * INTERVAL_MS);
  expect(read).toHaveBeenCalledTimes(2);
  expect(vi.getTimerCount()).toBe(0);
});

it('reads once for all who watch, goes on for who stays, and tells nobody who has left', async () => {
  const { watch, read, answer } = scene();
  const [one, other] = [vi.fn(), vi.fn()];
  const leave = watch.watch(one, [9_000]);
  await answer();
  watch.watch(other, [9_001]);
  await answer();
  leave();
  await vi.advanceTimersByTimeAsync(INTERVAL_MS);
  await answer();
  expect(read.mock.calls).toEqual([[new Set([9_000])], [new Set([9_000, 9_001])], [new Set([9_001])]]);
  expect([one.mock.calls.length, other.mock.calls.length]).toEqual([2, 2]);
});

it('never reads twice at once, however long a read takes and however often somebody asks', async () => {
  const { watch, read, answer } = scene();
  for (let count = 0; count < 5; count += 1) watch.watch(() => {}, [])();
  watch.watch(() => {}, []);
  await vi.advanceTimersByTimeAsync(3 * INTERVAL_MS);
  expect(read).toHaveBeenCalledOnce();
  await answer();
  await vi.advanceTimersByTimeAsync(INTERVAL_MS);
  expect(read).toHaveBeenCalledTimes(2);
});
