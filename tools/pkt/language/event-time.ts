/** When an event happens, or is expected to: `0.1`, `+.1`, `*`, `0.5~0.7`, `+.5~+.7`; times in microseconds. */
import type { Cursor } from './cursor.ts';
import { ScriptProblem } from './problem.ts';

/** A moment, or a span in which something must happen. */
export type EventTime =
  /** Since the script began. */
  | { readonly kind: 'absolute'; readonly us: number }
  /** Since the event before. */
  | { readonly kind: 'relative'; readonly us: number }
  | { readonly kind: 'any' }
  | { readonly kind: 'absolute-range'; readonly fromUs: number; readonly toUs: number }
  | { readonly kind: 'relative-range'; readonly fromUs: number; readonly toUs: number };

const MICROSECONDS = 1_000_000;
/** A script lasts at most a year. */
const MAX_SECONDS = 366 * 86_400;

/** Reads the time at the beginning of an event. */
export function parseEventTime(cursor: Cursor): EventTime {
  if (cursor.takeIf('*')) return { kind: 'any' };
  const place = cursor.peek().place;
  const relative = cursor.takeIf('+');
  const us = parseSeconds(cursor);
  if (!cursor.takeIf('~')) return relative ? { kind: 'relative', us } : { kind: 'absolute', us };
  if (relative) cursor.take('+', '"+" before the second time of a relative range');
  const toUs = parseSeconds(cursor);
  if (toUs < us) throw new ScriptProblem('syntax', place, 'this range of time goes backwards');
  return { kind: relative ? 'relative-range' : 'absolute-range', fromUs: us, toUs };
}

/** Seconds as a decimal number; answers microseconds. */
export function parseSeconds(cursor: Cursor): number {
  const token = cursor.peek();
  if (token.kind !== 'integer' && token.kind !== 'float') cursor.fail('a time in seconds');
  const seconds = Number(cursor.next().text);
  if (seconds < 0 || seconds > MAX_SECONDS)
    throw new ScriptProblem('syntax', token.place, `a time is from 0 to ${MAX_SECONDS} seconds, not ${token.text}`);
  return Math.round(seconds * MICROSECONDS);
}
