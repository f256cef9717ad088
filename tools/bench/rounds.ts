/** Something measured once a round; gives one sample, bigger or smaller being better is the caller's business. */
export type Contestant = () => Promise<number>;

/** Samples of each contestant, by round. */
export type Samples<Name extends string> = Readonly<Record<Name, readonly number[]>>;

/**
 * Measures every contestant once a round, one after the other, each round starting with another one: what the rest of the
 * machine does meanwhile hits all of them alike, and the ratio within a round holds. `null` is one that is not here.
 */
export async function interleave<Name extends string>(
  count: number,
  contestants: Readonly<Record<Name, Contestant | null>>,
): Promise<Samples<Name>> {
  const names = Object.keys(contestants) as Name[];
  const samples = Object.fromEntries(names.map((name) => [name, [] as number[]])) as Record<Name, number[]>;
  for (let round = 0; round < count; round += 1) {
    for (let turn = 0; turn < names.length; turn += 1) {
      const name = names[(round + turn) % names.length];
      const contestant = name === undefined ? null : contestants[name];
      if (name !== undefined && contestant !== null) samples[name].push(await contestant());
    }
  }
  return samples;
}

/** Median of the ratios of each round's pair. */
export function ratioOf(ours: readonly number[], peer: readonly number[]): number {
  return median(ours.map((sample, round) => sample / (peer[round] ?? Number.NaN)));
}

/** Middle value; of an even number of values, the mean of the middle two. NaN of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (upper + lower) / 2;
}
