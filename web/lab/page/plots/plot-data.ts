/** Samples of a connection as columns of numbers, thinned to what a plot can show. */
import { distance } from '#packets/sequence.ts';
import type { Sample } from '../../net/sample.ts';

/** Columns as uPlot takes them: times in seconds first. */
export type PlotColumns = readonly (readonly (number | null)[])[];

/** More points than this cannot be told apart on a screen. */
export const MAX_POINTS = 1_500;

const US_PER_S = 1_000_000;
const US_PER_MS = 1_000;

/** Numbers above are "arbitrarily high" (RFC 5681 §3.1): not drawn, or everything else would be flat. */
const HIGH = 2 ** 30;

/** What was sent, acknowledged, and may be sent: relative sequence numbers. */
export function sequenceColumns(samples: readonly Sample[], iss: number): PlotColumns {
  const kept = thinned(samples);
  return [
    kept.map(({ at }) => at / US_PER_S),
    kept.map(({ sndNxt }) => distance(iss, sndNxt)),
    kept.map(({ sndUna }) => distance(iss, sndUna)),
    kept.map(({ sndUna, cwnd, sndWnd }) => edgeOf(distance(iss, sndUna), Math.min(cwnd, sndWnd))),
  ];
}

/** cwnd, ssthresh and flight, in octets; an smoothed round trip and the timeout, in milliseconds. */
export function windowColumns(samples: readonly Sample[]): PlotColumns {
  const kept = thinned(samples);
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

/** Every n-th sample and the last: the first of each stretch, so that a plot of a longer run keeps its shape. */
function thinned(samples: readonly Sample[]): readonly Sample[] {
  if (samples.length <= MAX_POINTS) return samples;
  const every = Math.ceil(samples.length / MAX_POINTS);
  return samples.filter((_, index) => index % every === 0 || index === samples.length - 1);
}
