import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type GapSource, JournalGaps, MAX_GAPS } from './journal-gaps.ts';

/** A log that holds these events; every jump between them is a gap. */
function logOf(seqs: readonly number[]): GapSource {
  return {
    since: (seq) => seqs.filter((each) => each > seq).map((each) => ({ seq: each })),
    missedBefore: (seq) => {
      const index = seqs.indexOf(seq);
      return index > 0 ? seq - (seqs[index - 1] ?? 0) - 1 : 0;
    },
  };
}

describe('JournalGaps', () => {
  it('finds nothing in a complete log, wherever it begins', () => {
    const gaps = new JournalGaps();
    gaps.update(logOf([41, 42, 43]));
    expect(gaps.between(41, 43)).toBe(0);
  });

  it('counts only the gaps between the two events', () => {
    const gaps = new JournalGaps();
    gaps.update(logOf([1, 2, 10, 11, 20]));
    expect(gaps.between(1, 11)).toBe(7);
    expect(gaps.between(10, 11)).toBe(0);
    expect(gaps.between(2, 20)).toBe(15);
  });

  it('reads on where it stopped', () => {
    const gaps = new JournalGaps();
    gaps.update(logOf([1, 2]));
    gaps.update(logOf([1, 2, 5]));
    gaps.update(logOf([1, 2, 5, 6]));
    expect(gaps.between(1, 6)).toBe(2);
  });

  it('stays bounded and loses no count when there are many gaps', () => {
    const gaps = new JournalGaps();
    const seqs = Array.from({ length: MAX_GAPS * 3 }, (_, i) => 1 + i * 2);
    gaps.update(logOf(seqs));
    expect(gaps.between(0, seqs.length * 2)).toBe(seqs.length - 1);
  });

  it('agrees with counting, for any log', () => {
    const steps = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 60 });
    fc.assert(
      fc.property(steps, fc.nat(), fc.nat(), (jumps, a, b) => {
        let seq = 0;
        const seqs = jumps.map((jump) => {
          seq += jump;
          return seq;
        });
        const [from, to] = [a % seqs.length, b % seqs.length].sort((x, y) => x - y);
        const first = seqs[from ?? 0] ?? 0;
        const last = seqs[to ?? 0] ?? 0;
        const gaps = new JournalGaps();
        gaps.update(logOf(seqs));
        const held = seqs.filter((each) => each > first && each <= last).length;
        expect(gaps.between(first, last)).toBe(last - first - held);
      }),
    );
  });
});
