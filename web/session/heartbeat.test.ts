import { describe, expect, test } from 'vitest';
import type { Clock } from './clock.ts';
import { HEARTBEAT_MS, Heartbeat } from './heartbeat.ts';
import { createFakeClock } from './testing.ts';

const MINUTE_MS = 60_000;

/** A heartbeat over a link whose other end answers at once, as long as `lives` says so. */
function beating(look: (clock: Clock) => Clock = (clock) => clock) {
  const clock = createFakeClock(0);
  const seen = { lives: true, asked: 0, silent: 0 };
  const heartbeat = new Heartbeat({
    clock: look(clock),
    ask: () => {
      seen.asked += 1;
      if (seen.lives) heartbeat.heard();
    },
    silent: () => {
      seen.silent += 1;
    },
  });
  heartbeat.start();
  return { clock, heartbeat, seen };
}

/** Timers of a tab that is hidden, or of a laptop that sleeps: all at the next full minute. */
const oncePerMinute = (clock: Clock): Clock => ({
  ...clock,
  after: (delayMs, run) => {
    const dueMs = Math.ceil((clock.now() + delayMs) / MINUTE_MS) * MINUTE_MS;
    return clock.after(dueMs - clock.now(), run);
  },
});

describe('a heartbeat', () => {
  test('asks where nothing comes, and is content with an answer', () => {
    const { clock, seen } = beating();
    clock.advance(60 * MINUTE_MS);
    expect(seen.asked).toBeGreaterThan(100);
    expect(seen.silent).toBe(0);
  });

  test('asks nothing where something comes all the time', () => {
    const { clock, heartbeat, seen } = beating();
    for (let count = 0; count < 100; count += 1) {
      clock.advance(HEARTBEAT_MS / 2);
      heartbeat.heard();
    }
    expect(seen.asked).toBe(0);
  });

  test.each([0, 1, HEARTBEAT_MS - 1, HEARTBEAT_MS, 7_777])(
    'gives a link up, once, between two and three beats after it was heard last: at %i ms',
    (ms) => {
      const { clock, heartbeat, seen } = beating();
      clock.advance(ms);
      heartbeat.heard();
      seen.lives = false;
      clock.advance(2 * HEARTBEAT_MS - 1);
      expect(seen.silent).toBe(0);
      clock.advance(HEARTBEAT_MS + 1);
      expect([seen.asked, seen.silent]).toEqual([1, 1]);
      clock.advance(10 * HEARTBEAT_MS);
      expect([seen.asked, seen.silent]).toEqual([1, 1]);
    },
  );

  test('gives nothing up in a tab whose timers are late, and a dead link in the end', () => {
    const { clock, seen } = beating(oncePerMinute);
    clock.advance(60 * MINUTE_MS);
    expect(seen.silent).toBe(0);
    seen.lives = false;
    clock.advance(3 * MINUTE_MS);
    expect(seen.silent).toBe(1);
  });

  test('does nothing once stopped', () => {
    const { clock, heartbeat, seen } = beating();
    heartbeat.stop();
    clock.advance(MINUTE_MS);
    expect(seen.asked).toBe(0);
  });
});
