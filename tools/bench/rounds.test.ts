import { describe, expect, it } from 'vitest';
import { interleave, median, ratioOf } from './rounds.ts';

describe('interleave', () => {
  it('measures everybody once a round, each round starting with another one', async () => {
    const order: string[] = [];
    const contestant = (name: string) => async () => order.push(name);
    await interleave(3, { ours: contestant('ours'), node: contestant('node'), socat: contestant('socat') });
    expect(order.join(' ')).toBe('ours node socat node socat ours socat ours node');
  });

  it('leaves out who is not here', async () => {
    const samples = await interleave(2, { ours: async () => 1, socat: null });
    expect(samples).toEqual({ ours: [1, 1], socat: [] });
  });
});

describe('ratioOf', () => {
  it('is the median of the ratios within each round, so that a slow moment of the machine cancels out', () => {
    expect(ratioOf([100, 10, 100], [100, 10, 50])).toBe(1);
  });
});

describe('median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 2, 3], 2.5],
    [[7], 7],
  ])('of %j is %d', (values, expected) => {
    expect(median(values)).toBe(expected);
  });

  it('of nothing is not a number', () => {
    expect(median([])).toBeNaN();
  });
});
