/** The times of a script's events on the clock. */
import type { EventTime } from '../language/event-time.ts';
import type { Settings } from './settings.ts';

/** From when to when something is due, in microseconds since the script began. */
export interface Moment {
  readonly fromUs: number;
  readonly toUs: number;
  /** How far beyond it may be. */
  readonly toleranceUs: number;
}

/** Any time: as long as this much simulated time lets it. */
const LONGEST_WAIT_US = 24 * 3600 * 1_000_000;

/** When an event is due, if the one before was at `previousUs` and the clock shows `nowUs`. */
export function momentOf(time: EventTime, previousUs: number, nowUs: number, settings: Settings): Moment {
  if (time.kind === 'any') return { fromUs: 0, toUs: nowUs + LONGEST_WAIT_US, toleranceUs: 0 };
  const base = time.kind === 'relative' || time.kind === 'relative-range' ? previousUs : 0;
  const fromUs = base + (time.kind === 'absolute' || time.kind === 'relative' ? time.us : time.fromUs);
  const toUs = base + (time.kind === 'absolute' || time.kind === 'relative' ? time.us : time.toUs);
  return { fromUs, toUs, toleranceUs: tolerance(fromUs - previousUs, settings) };
}

/** Absolute, and a share of the time since the event before. */
export function tolerance(sincePreviousUs: number, { toleranceUs, tolerancePercent }: Settings): number {
  return toleranceUs + Math.round((Math.max(0, sincePreviousUs) * tolerancePercent) / 100);
}
