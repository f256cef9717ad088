/** Options as they are used: what a program asks for is put between bounds, or it could stop time or fill the memory. */
import type { TcpOptions } from './options.ts';
import { SECOND_US } from './time.ts';

/** Least and most of a number. */
type Range = readonly [least: number, most: number];

const DAY_US = 24 * 3600 * SECOND_US;
/** A timer that is due at once, again and again, would stop the clock. */
const SHORTEST_TIMER_US = 1_000;
/** A window of this size is sent in one step where nothing else bounds it. RFC 7323 §2.3 would allow 1 GiB. */
const LARGEST_BUFFER_BYTES = 64 * 1024 * 1024;

const RANGES = {
  delayedAckUs: [0, SECOND_US / 2],
  initialWindowSegments: [1, 10_000],
  slowStartSegments: [1, 10_000],
  sendBufferBytes: [1, LARGEST_BUFFER_BYTES],
  receiveBufferBytes: [1, LARGEST_BUFFER_BYTES],
  initialRtoUs: [SHORTEST_TIMER_US, DAY_US],
  minRtoUs: [SHORTEST_TIMER_US, DAY_US],
  maxRtoUs: [SHORTEST_TIMER_US, DAY_US],
  synRetries: [0, 255],
  dataRetries: [0, 255],
  mslUs: [0, DAY_US],
  keepAliveIdleUs: [SHORTEST_TIMER_US, 1_000 * DAY_US],
  keepAliveIntervalUs: [SHORTEST_TIMER_US, 1_000 * DAY_US],
  keepAliveProbes: [0, 255],
} as const satisfies Partial<Record<keyof TcpOptions, Range>>;

type Bounded = keyof typeof RANGES;

/** `base` with what `wanted` says, as far as it can be. A number that is none leaves the one of `base`. */
export function takeOptions(base: TcpOptions, wanted: Partial<TcpOptions> = {}): TcpOptions {
  const taken: { -readonly [name in keyof TcpOptions]: TcpOptions[name] } = { ...base };
  Object.assign(taken, Object.fromEntries(Object.entries(wanted).filter(([, value]) => value !== undefined)));
  for (const name of Object.keys(RANGES) as Bounded[]) taken[name] = between(RANGES[name], taken[name], base[name]);
  taken.maxRtoUs = Math.max(taken.maxRtoUs, taken.minRtoUs);
  return taken;
}

function between([least, most]: Range, wanted: number, otherwise: number): number {
  const number = Number.isFinite(wanted) ? wanted : otherwise;
  return Math.min(most, Math.max(least, Math.round(number)));
}
