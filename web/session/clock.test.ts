import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { browserFrames, HIDDEN_FRAME_MS } from './clock.ts';

let frames: (() => void)[] = [];
beforeEach(() => {
  vi.useFakeTimers();
  frames = [];
  vi.stubGlobal('requestAnimationFrame', (run: () => void) => frames.push(run));
  vi.stubGlobal('cancelAnimationFrame', (id: number) => {
    frames[id - 1] = () => {};
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test('work is done with the frame, once', () => {
  const run = vi.fn();
  browserFrames(run);
  frames[0]?.();
  vi.advanceTimersByTime(HIDDEN_FRAME_MS * 2);
  expect(run).toHaveBeenCalledTimes(1);
});

test('a tab without frames works all the same, once', () => {
  const run = vi.fn();
  browserFrames(run);
  vi.advanceTimersByTime(HIDDEN_FRAME_MS);
  frames[0]?.();
  expect(run).toHaveBeenCalledTimes(1);
});

test('cancelled work is not done', () => {
  const run = vi.fn();
  browserFrames(run)();
  frames[0]?.();
  vi.advanceTimersByTime(HIDDEN_FRAME_MS);
  expect(run).not.toHaveBeenCalled();
});
