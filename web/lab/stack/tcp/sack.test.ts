/** Selective acknowledgments: RFC 2018, RFC 6675; recovery without them: RFC 5681, RFC 6582. */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TcpOption } from '#packets/tcp.ts';
import { type ByHand, established } from '../testing/by-hand.ts';
import { dropBelow, sackedBetween, takeBlocks } from './sack-scoreboard.ts';
import type { Tcb } from './tcb.ts';

const SYN = { options: [{ kind: 'mss', octets: 1_000 }, { kind: 'sack-permitted' }] } as const;
const MSS = 1_000;

/** Ten segments of a thousand octets are in flight. */
function inFlight(options = {}): { hand: ByHand; sack: (...ranges: readonly (readonly [number, number])[]) => void } {
  const hand = established({ sack: true, ...options }, SYN);
  hand.send(10 * MSS);
  const iss = hand.view().iss;
  const sack = (...ranges: readonly (readonly [number, number])[]) => {
    const blocks = ranges.map(([from, to]) => ({ left: iss + 1 + from * MSS, right: iss + 1 + to * MSS }));
    hand.inject({ options: [{ kind: 'nop' }, { kind: 'nop' }, { kind: 'sack', blocks }] });
  };
  hand.news();
  return { hand, sack };
}

const nth = (hand: ByHand) => hand.news().map(({ seq, rule }) => `${rule} ${(seq - 1) / MSS}`);

describe('a receiver', () => {
  it('says what it has beyond the gap, the newest blocks first, four at most (RFC 2018 §4)', () => {
    const hand = established({ sack: true }, SYN);
    const irs = 1_000_000;
    for (const at of [2, 4, 6, 8, 10]) hand.inject({ seq: 1 + at * 100, length: 100 });
    const blocks = (options: readonly TcpOption[]) =>
      options.flatMap((option) =>
        option.kind === 'sack' ? option.blocks.map(({ left }) => (left - irs - 1) / 100) : [],
      );
    expect(hand.news().map(({ options }) => blocks(options))).toEqual([
      [2],
      [4, 2],
      [6, 4, 2],
      [8, 6, 4, 2],
      [10, 8, 6, 4],
    ]);
    hand.inject({ seq: 301, length: 100 });
    expect(blocks(hand.news()[0]?.options ?? [])).toEqual([2, 10, 8, 6]);
  });

  it('says it on its data too, which leaves room for a block', () => {
    const hand = established({ sack: true }, SYN);
    hand.inject({ seq: 501, length: 100 });
    hand.news();
    hand.send(3_000);
    expect(hand.news().map(({ length, options }) => [length, options.some(({ kind }) => kind === 'sack')])).toEqual([
      [988, true],
      [988, true],
      [988, true],
    ]);
  });

  it('says nothing of it when the peer does not permit it', () => {
    const hand = established({ sack: true });
    hand.inject({ seq: 500, length: 100 });
    expect(hand.news()).toMatchObject([{ options: [] }]);
  });
});

describe('a sender', () => {
  it('sends the first gap again when three segments beyond it have arrived', () => {
    const { hand, sack } = inFlight();
    sack([1, 2]);
    sack([1, 3]);
    expect(nth(hand)).toEqual([]);
    sack([1, 4]);
    expect(nth(hand)).toEqual(['fast-retransmit 0']);
    expect(hand.view()).toMatchObject({ cwnd: 5_000, ssthresh: 5_000, congestion: 'fast-recovery' });
  });

  it('sends every gap again that is lost, as the pipe empties, and none twice', () => {
    const { hand, sack } = inFlight();
    sack([2, 3]);
    sack([2, 3], [4, 5]);
    sack([2, 3], [4, 5], [6, 7]);
    // Ten sent; three have arrived, 0, 1, 3 and 5 may be lost: of 5, one block above is not enough.
    expect(nth(hand)[0]).toBe('fast-retransmit 0');
    sack([2, 3], [4, 5], [6, 8]);
    sack([2, 3], [4, 5], [6, 9]);
    sack([2, 3], [4, 5], [6, 10]);
    const again = hand.sent.filter(({ rule }) => rule === 'sack-retransmit').map(({ seq }) => (seq - 1) / MSS);
    expect(again).toEqual([1, 3, 5]);
  });

  it('leaves recovery with the ACK of everything that was in flight, its window at the threshold', () => {
    const { hand, sack } = inFlight();
    for (const to of [2, 3, 4]) sack([1, to]);
    hand.inject({ ack: 10 * MSS + 1 });
    expect(hand.view()).toMatchObject({ cwnd: 5_000, congestion: 'congestion-avoidance', sacked: [] });
  });

  it('believes no block of octets that were never sent, or that are upside down', () => {
    const { hand, sack } = inFlight();
    sack([1, 60]);
    sack([4, 2]);
    sack([-5, -2]);
    expect(hand.view().sacked).toEqual([]);
    expect(hand.view().duplicateAcks).toBe(3);
  });

  it('forgets what it was told when the timer expires (RFC 2018 §8), and sends in slow start from there', () => {
    const { hand, sack } = inFlight({ fastRetransmit: false });
    sack([1, 3]);
    hand.run(1_000_000);
    expect(nth(hand)).toEqual(['retransmission-timeout 0']);
    expect(hand.view().sacked).toEqual([]);
    hand.inject({ ack: 3 * MSS + 1 });
    expect(nth(hand)).toEqual(['slow-start-retransmit 3', 'slow-start-retransmit 4']);
  });

  it('skips what is reported again after a timeout', () => {
    const { hand, sack } = inFlight({ fastRetransmit: false });
    hand.run(1_000_000);
    hand.news();
    sack([2, 4]);
    hand.inject({ ack: MSS + 1 });
    expect(nth(hand)).toEqual(['slow-start-retransmit 1', 'slow-start-retransmit 4']);
  });

  it('does without when it is switched off', () => {
    const { hand, sack } = inFlight({ sack: false });
    for (const to of [2, 3, 4]) sack([1, to]);
    expect(hand.view().sacked).toEqual([]);
    expect(nth(hand)).toContain('fast-retransmit 0');
  });
});

describe('NewReno (RFC 6582)', () => {
  it('sends the next gap again on every partial ACK, one a round trip', () => {
    const { hand } = inFlight({ sack: false });
    for (let count = 0; count < 3; count += 1) hand.inject();
    expect(nth(hand)).toEqual(['fast-retransmit 0']);
    hand.inject({ ack: 2 * MSS + 1 });
    expect(nth(hand)).toContain('partial-ack-retransmit 2');
    hand.inject({ ack: 5 * MSS + 1 });
    expect(nth(hand)).toContain('partial-ack-retransmit 5');
    hand.inject({ ack: 10 * MSS + 1 });
    // RFC 6582 §3.2 step 3 (1): nothing is in flight, so that no burst may follow.
    expect(hand.view()).toMatchObject({ cwnd: 2 * MSS, ssthresh: 5 * MSS, congestion: 'slow-start' });
  });

  it('does not enter recovery twice for one window of losses', () => {
    const { hand } = inFlight({ sack: false });
    hand.run(1_000_000);
    hand.news();
    for (let count = 0; count < 5; count += 1) hand.inject();
    expect(nth(hand)).not.toContain('fast-retransmit 0');
  });
});

describe('the scoreboard', () => {
  it('holds what a set of octets would hold, in order and without overlaps', () => {
    const ranges = fc.array(fc.tuple(fc.nat(200), fc.integer({ min: 1, max: 40 })), { maxLength: 30 });
    fc.assert(
      fc.property(ranges, fc.nat(150), fc.constantFrom(0, 2 ** 32 - 100, 12_345), (all, una, iss) => {
        const tcb = tcbAt(iss);
        tcb.sndNxt = (iss + 241) >>> 0;
        const octets = new Set<number>();
        for (const [from, length] of all) {
          takeBlocks(tcb, [{ left: (iss + from) >>> 0, right: (iss + from + length) >>> 0 }]);
          for (let at = from; at < from + length; at += 1) octets.add(at);
        }
        tcb.sndUna = (iss + una) >>> 0;
        dropBelow(tcb, tcb.sndUna);
        const expected = [...octets].filter((at) => at >= una).length;
        expect(sackedBetween(tcb, tcb.sndUna, tcb.sndNxt)).toBe(expected);
        for (const [index, { left }] of tcb.sacked.entries()) {
          const previous = tcb.sacked[index - 1];
          if (previous) expect((left - previous.right) | 0).toBeGreaterThan(0);
        }
      }),
    );
  });

  function tcbAt(iss: number): Tcb {
    const hand = established();
    const [some] = [...hand.host.connections.values()];
    if (some === undefined) throw new Error('no connection');
    const tcb = some.clone({});
    tcb.sndUna = iss;
    return tcb;
  }
});
