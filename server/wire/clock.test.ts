import { describe, expect, it } from 'vitest';
import { systemClock } from './clock.ts';

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('systemClock', () => {
  it('stands still within a turn of the event loop where it is asked for the turn’s time, and goes on with the next', async () => {
    const clock = systemClock();
    const before = clock.monotonicUs();
    const first = clock.turnUs();
    while (clock.monotonicUs() < first + 50);
    expect(clock.turnUs()).toBe(first);
    expect(first).toBeGreaterThanOrEqual(before);
    await turn();
    expect(clock.turnUs()).toBeGreaterThanOrEqual(first + 50);
  });
});
