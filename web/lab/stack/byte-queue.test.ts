import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ByteQueue, CHUNK_BYTES } from './byte-queue.ts';
import { pattern } from './testing/two-hosts.ts';

type Deed = readonly ['append' | 'adopt' | 'drop' | 'take', number];

const deeds: fc.Arbitrary<readonly Deed[]> = fc.array(
  fc.tuple(
    fc.constantFrom('append' as const, 'adopt' as const, 'drop' as const, 'take' as const),
    fc.oneof(fc.nat(10), fc.nat(3 * CHUNK_BYTES)),
  ),
  { maxLength: 40 },
);

describe('a queue of octets', () => {
  it('gives out what was put in, also when it is cloned and both go on', () => {
    fc.assert(
      fc.property(deeds, deeds, (first, second) => {
        const queue = new ByteQueue();
        const model = play(queue, [], first);
        const copy = queue.clone();
        const original = queue.clone();
        const one = play(copy, model, second);
        const other = play(original, model, [['append', 5], ...second]);
        expect([...copy.take(1e6)]).toEqual(one);
        expect([...original.take(1e6)]).toEqual(other);
      }),
      { numRuns: 25 },
    );
  });

  it('copies what is appended, so that the caller may write over it', () => {
    const queue = new ByteQueue();
    for (const length of [10, 10_000]) {
      const bytes = new Uint8Array(length);
      queue.append(bytes);
      bytes.fill(1);
    }
    expect(queue.take(20_000).every((octet) => octet === 0)).toBe(true);
  });

  it('refuses to copy what it does not have', () => {
    const queue = new ByteQueue();
    queue.append(pattern(10));
    expect(() => queue.copyTo(new Uint8Array(20), 0, 5, 6)).toThrow(RangeError);
  });

  function play(queue: ByteQueue, before: readonly number[], all: readonly Deed[]): number[] {
    let model = [...before];
    for (const [nth, [deed, size]] of all.entries()) {
      const bytes = pattern(size, nth);
      if (deed === 'append') queue.append(bytes);
      if (deed === 'adopt') queue.adopt(bytes);
      if (deed === 'append' || deed === 'adopt') model = model.concat(...bytes);
      if (deed === 'drop') queue.drop(size);
      if (deed === 'take') expect([...queue.take(size)]).toEqual(model.slice(0, size));
      if (deed === 'drop' || deed === 'take') model = model.slice(size);
      expect(queue.length).toBe(model.length);
    }
    return model;
  }
});
