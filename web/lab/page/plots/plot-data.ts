/** Samples of a connection as columns of numbers, thinned to what a plot can show. */
import { distance } from '#packets/sequence.ts';
import type { Sample } from '../../net/sample.ts';
import type { SimTime } from '../../stack/time.ts';

/** Columns as uPlot takes them: times in seconds first. */
export type PlotColumns = readonly (readonly (number | null)[])[];

/** More points than this cannot be told apart on a screen. */
export const MAX_POINTS = 1_500;

const US_PER_S = 1_000_000;
const US_PER_MS = 1_000;

/** Numbers above are "arbitrarily high" (RFC 5681 §3.1): not drawn, or everything else would be flat. */
const HIGH = 2 ** 30;

/** What was sent, acknowledged, and may be sent: relative sequence numbers, up to `now`. */
export function sequenceColumns(samples: readonly Sample[], iss: number, now: SimTime): PlotColumns {
  const kept = thinned(samples, now);
  return [
    kept.map(({ at }) => at / US_PER_S),
    kept.map(({ sndNxt }) => distance(iss, sndNxt)),
    kept.map(({ sndUna }) => distance(iss, sndUna)),
    kept.map(({ sndUna, cwnd, sndWnd }) => edgeOf(distance(iss, sndUna), Math.min(cwnd, sndWnd))),
  ];
}

/** cwnd, ssthresh and flight, in octets; the smoothed round trip and the timeout, in milliseconds. */
export function windowColumns(samples: readonly Sample[], now: SimTime): PlotColumns {
  const kept = thinned(samples, now);
  return [
    kept.map(({ at }) => at / US_PER_S),
    kept.map(({ cwnd }) => (cwnd >= HIGH ? null : cwnd)),
    kept.map(({ ssthresh }) => (ssthresh >= HIGH ? null : ssthresh)),
    kept.map(({ flight }) => flight),
    kept.map(({ srtt }) => (srtt === null ? null : srtt / US_PER_MS)),
    kept.map(({ rto }) => rto / US_PER_MS),
  ];
}

function edgeOf(una: number, window: number): number | null {
  return window >= HIGH ? null : una + window;
}

/** Every n-th sample and the last, which holds until now: a plot of a longer run keeps its shape. */
function thinned(samples: readonly Sample[], now: SimTime): readonly Sample[] {
  const every = Math.ceil(samples.length / MAX_POINTS);
  const kept = samples.filter((_, index) => index % every === 0 || index === samples.length - 1);
  const last = kept.at(-1);
  return last && last.at < now ? [...kept, { ...last, at: now }] : kept;
}
