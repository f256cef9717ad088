import { expect, it } from 'vitest';
import type { Sample } from '../../net/sample.ts';
import { MAX_POINTS, sequenceColumns, windowColumns } from './plot-data.ts';

const sample = (part: Partial<Sample>): Sample => ({
  at: 0,
  cwnd: 14_600,
  ssthresh: 2 ** 31 - 1,
  flight: 0,
  sndWnd: 65_535,
  rcvWnd: 65_535,
  srtt: null,
  rto: 1_000_000,
  sndUna: 0,
  sndNxt: 0,
  rcvNxt: 0,
  ...part,
});

it('counts sequence numbers from the SYN, across the wrap', () => {
  const columns = sequenceColumns([sample({ at: 1_500_000, sndUna: 10, sndNxt: 110 })], 0xffff_fff6, 0);
  expect(columns).toEqual([[1.5], [120], [20], [14_620]]);
});

it('leaves out what is arbitrarily high, or not measured yet', () => {
  expect(windowColumns([sample({}), sample({ ssthresh: 7_300, srtt: 41_000 })], 0)).toEqual([
    [0, 0],
    [14_600, 14_600],
    [null, 7_300],
    [0, 0],
    [null, 41],
    [1_000, 1_000],
  ]);
});

it('thins a long history, and keeps its end', () => {
  const many = Array.from({ length: 10 * MAX_POINTS }, (_, at) => sample({ at }));
  const [times] = windowColumns(many, 0);
  expect(times?.length).toBeLessThanOrEqual(MAX_POINTS + 1);
  expect(times?.at(-1)).toBe((10 * MAX_POINTS - 1) / 1_000_000);
});

it('draws what holds until now', () => {
  expect(sequenceColumns([sample({ sndNxt: 5 })], 0, 2_000_000).slice(0, 2)).toEqual([
    [0, 2],
    [5, 5],
  ]);
});
