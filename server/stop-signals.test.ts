import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { onStopSignal, SAME_SIGNAL_MS, STOP_SIGNALS } from './stop-signals.ts';

/** A process whose signals are events, and what is to happen later. */
function listening() {
  const source = new EventEmitter();
  const planned: { ms: number; work: () => void }[] = [];
  let fewest = Number.POSITIVE_INFINITY;
  source.on('removeListener', (signal) => {
    fewest = Math.min(fewest, source.listenerCount(signal));
  });
  let stops = 0;
  const later = (ms: number, work: () => void): void => void planned.push({ ms, work });
  onStopSignal(source, later, () => {
    stops += 1;
  });
  return { source, planned, fewest: () => fewest, stops: () => stops };
}

describe('a signal that asks to stop', () => {
  it.each(STOP_SIGNALS)(
    '%s stops once, also when it comes twice, and never without a listener in between',
    (signal) => {
      const { source, fewest, stops } = listening();
      source.emit(signal);
      source.emit(signal);
      expect(stops()).toBe(1);
      expect(fewest()).toBe(1);
    },
  );

  it('does by its default what it does when the stopping takes long: a second one ends the process', () => {
    const { source, planned } = listening();
    source.emit('SIGINT');
    expect(planned.map(({ ms }) => ms)).toEqual([SAME_SIGNAL_MS]);
    for (const { work } of planned) work();
    expect(STOP_SIGNALS.map((signal) => source.listenerCount(signal))).toEqual([0, 0, 0]);
  });
});
