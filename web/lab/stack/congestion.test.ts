/** The numbers of RFC 5681, RFC 6582, RFC 6928 and RFC 9438. */
import { describe, expect, it } from 'vitest';
import type { CongestionVariables } from './congestion/control.ts';
import { cubic } from './congestion/cubic.ts';
import { established } from './testing/by-hand.ts';
import {
  CLIENT,
  connected,
  pattern,
  receive,
  type Scenario,
  SERVER,
  send,
  type TwoHosts,
} from './testing/two-hosts.ts';

const MSS = 1_460;
const ROUND_TRIP = 100_000;
const PLAIN = { timestamps: false, sack: false } as const;

const LOT = pattern(500_000);

/** A sends without end, B reads at once. */
function bulk(scenario: Scenario = {}): TwoHosts {
  const two = connected({
    delayUs: ROUND_TRIP / 2,
    ...scenario,
    a: { ...PLAIN, sendBufferBytes: 4_000_000, ...scenario.a },
    b: { ...PLAIN, receiveBufferBytes: 8_000_000, ...scenario.b },
  });
  two.run(ROUND_TRIP);
  two.onNotice = (side, { notice }) => {
    if (side === 'b' && notice === 'readable') receive(two, 'b', SERVER);
    if (side === 'a' && notice === 'writable') while (send(two, 'a', CLIENT, LOT) === LOT.length);
  };
  send(two, 'a', CLIENT, pattern(5_000_000));
  return two;
}

/** Segments that A sends in each of the next round trips. */
function flights(two: TwoHosts, roundTrips: number): number[] {
  return Array.from({ length: roundTrips }, () => {
    const since = two.sent.length;
    two.run(ROUND_TRIP);
    return two.sent.slice(since).filter(({ from, length }) => from === 'a' && length > 0).length;
  });
}

describe('slow start', () => {
  it('begins with ten segments, or four thousand octets and something for larger ones (RFC 6928)', () => {
    const first = (mss: number, initialWindowSegments = 10) => {
      const hand = established({ initialWindowSegments }, { options: [{ kind: 'mss', octets: mss }] });
      return hand.view().cwnd;
    };
    expect(first(1460)).toBe(14_600);
    expect(first(536)).toBe(5_360);
    expect(first(1460, 1)).toBe(1460);
    expect(first(1460, 3)).toBe(3 * 1460);
  });

  it('doubles in a round trip with an ACK for every segment (RFC 5681 §3.1)', () => {
    const two = bulk({ a: { initialWindowSegments: 4 }, b: { delayedAck: false } });
    expect(flights(two, 6)).toEqual([8, 16, 32, 64, 128, 256]);
  });

  it('grows by a half with an ACK for every second segment', () => {
    const two = bulk({ a: { initialWindowSegments: 4 } });
    const sizes = flights(two, 8);
    expect(sizes[0]).toBe(6);
    // An odd segment's ACK is delayed into the next round trip: 1.5 on the average.
    const growth = (sizes[7] ?? 0) / (sizes[1] ?? 1);
    expect(growth ** (1 / 6)).toBeGreaterThan(1.4);
    expect(growth ** (1 / 6)).toBeLessThan(1.6);
  });
});

describe('slow start by octets (RFC 3465)', () => {
  it('doubles with an ACK for every second segment too, when L is 2; not after a timeout', () => {
    const hand = established({ slowStartSegments: 2 });
    hand.send(14_600);
    hand.inject({ ack: 2 * MSS + 1 });
    expect(hand.view().cwnd).toBe(12 * MSS);
    hand.run(1_000_000);
    expect(hand.view().cwnd).toBe(MSS);
    hand.inject({ ack: 4 * MSS + 1 });
    expect(hand.view().cwnd).toBe(2 * MSS);
  });
});

describe('congestion avoidance', () => {
  it('grows by one segment in a round trip (RFC 5681 §3.1)', () => {
    const two = bulk({ a: { initialWindowSegments: 4 }, b: { delayedAck: false } });
    const tcb = [...two.hosts.a.connections.values()][0];
    if (tcb !== undefined) tcb.ssthresh = 8 * MSS;
    expect(flights(two, 7)).toEqual([8, 9, 10, 11, 12, 13, 14]);
  });
});

describe('a loss', () => {
  /** Loses one data segment when the window has reached 16 segments. */
  function losing(scenario: Scenario = {}): { two: TwoHosts; flight: number } {
    const two = bulk({
      ...scenario,
      a: { initialWindowSegments: 4, ...scenario.a },
      b: { delayedAck: false, ...scenario.b },
    });
    two.run(2 * ROUND_TRIP);
    let lost = false;
    let flight = 0;
    two.fate = ({ from, length }) => {
      if (from !== 'a' || length === 0 || lost) return [{ afterUs: ROUND_TRIP / 2 }];
      lost = true;
      return [];
    };
    two.until(() => lost);
    two.until(() => {
      const view = two.view('a', CLIENT);
      if (view.duplicateAcks === 0) flight = view.flight;
      return view.duplicateAcks === 1;
    });
    two.until(() => two.view('a', CLIENT).congestion === 'fast-recovery');
    return { two, flight };
  }

  it('halves the threshold to half of what was in flight, and is mended without the timer (RFC 5681 §3.2)', () => {
    const { two, flight } = losing();
    const view = two.view('a', CLIENT);
    // What limited transmit has sent on the first two duplicates does not count.
    expect(view.ssthresh).toBe(Math.floor(flight / 2));
    expect(view.cwnd).toBe(view.ssthresh + 3 * MSS);
    two.until(() => two.view('a', CLIENT).congestion === 'congestion-avoidance');
    expect(two.view('a', CLIENT).cwnd).toBeLessThanOrEqual(view.ssthresh);
    const rules = two.rules('a');
    expect(rules.filter((rule) => rule === 'fast-retransmit')).toHaveLength(1);
    expect(rules.filter((rule) => rule === 'limited-transmit')).toHaveLength(2);
    expect(rules).not.toContain('retransmission-timeout');
  });

  it('is mended by SACK with the window at the threshold (RFC 6675 §5)', () => {
    const { two, flight } = losing({ a: { sack: true }, b: { sack: true } });
    const view = two.view('a', CLIENT);
    expect(view).toMatchObject({ ssthresh: Math.floor(flight / 2), cwnd: Math.floor(flight / 2) });
    two.until(() => two.view('a', CLIENT).congestion === 'congestion-avoidance');
    expect(two.rules('a')).not.toContain('retransmission-timeout');
  });

  it('that only the timer notices leaves one segment (RFC 5681 §3.1)', () => {
    const hand = established();
    hand.send(14_600);
    hand.run(1_000_000);
    expect(hand.view()).toMatchObject({ cwnd: MSS, ssthresh: 7_300, congestion: 'loss' });
    hand.run(2_000_000);
    expect(hand.view()).toMatchObject({ cwnd: MSS, ssthresh: 7_300 });
  });

  it('again and again draws the sawtooth of Reno', () => {
    const two = bulk({ b: { delayedAck: false } });
    const windows: number[] = [];
    let data = 0;
    two.fate = ({ from, length, packet }) => {
      const isNew = from === 'a' && length > 0 && packet.because.rule === 'data-fits-window';
      if (isNew) data += 1;
      return isNew && data % 400 === 0 ? [] : [{ afterUs: ROUND_TRIP / 2 }];
    };
    for (let sample = 0; sample < 200; sample += 1) {
      two.run(ROUND_TRIP);
      const view = two.view('a', CLIENT);
      if (view.congestion === 'congestion-avoidance') windows.push(view.cwnd / MSS);
      else if (windows.at(-1) !== 0) windows.push(0);
    }
    const teeth: number[][] = [[]];
    for (const window of windows) {
      if (window === 0) teeth.push([]);
      else teeth.at(-1)?.push(window);
    }
    // The first teeth come down from where slow start had got to.
    const whole = teeth.slice(5, -1).filter((tooth) => tooth.length > 3);
    expect(whole.length).toBeGreaterThan(8);
    for (const tooth of whole) {
      const [low = 0, high = 0] = [tooth[0], tooth.at(-1)];
      expect(high / low).toBeGreaterThan(1.5);
      expect(high / low).toBeLessThan(2.3);
      // A segment a round trip.
      expect((high - low) / (tooth.length - 1)).toBeCloseTo(1, 0);
    }
    // One loss in 400 segments: a window of √(8·400/3) ≈ 33 at the top.
    const tops = whole.map((tooth) => tooth.at(-1) ?? 0);
    expect(tops.reduce((sum, top) => sum + top, 0) / tops.length).toBeGreaterThan(27);
    expect(tops.reduce((sum, top) => sum + top, 0) / tops.length).toBeLessThan(37);
  });
});

describe('a silence longer than the timeout', () => {
  it('leaves the initial window at most (RFC 5681 §4.1)', () => {
    const two = bulk({ a: { sendBufferBytes: 200_000 } });
    two.onNotice = (side, { notice }) => {
      if (side === 'b' && notice === 'readable') receive(two, 'b', SERVER);
    };
    two.run(5_000_000);
    expect(two.view('a', CLIENT).cwnd).toBeGreaterThan(20 * MSS);
    send(two, 'a', CLIENT, pattern(100_000));
    expect(two.view('a', CLIENT).cwnd).toBe(10 * MSS);
  });
});

describe('without congestion control', () => {
  it('the window of the receiver is filled at once', () => {
    const two = bulk({ a: { congestionControl: 'none' }, b: { receiveBufferBytes: 100 * MSS, windowScale: true } });
    expect(two.view('a', CLIENT).flight).toBeGreaterThan(65_535 - MSS);
  });
});

describe('CUBIC', () => {
  const start = (): CongestionVariables => ({
    cwnd: 100 * MSS,
    ssthresh: 10 * MSS,
    ackedInAvoidance: 0,
    smss: MSS,
    srtt: ROUND_TRIP,
    recovery: 'none',
    options: { slowStartSegments: 1 },
    congestion: null,
  });
  /** Acknowledges whole windows for as long. */
  const grow = (tcb: CongestionVariables, seconds: number, from = 0) => {
    for (let at = from; at < from + seconds * 1e6; at += ROUND_TRIP)
      for (let acked = tcb.cwnd; acked > 0; acked -= 2 * MSS) cubic.acknowledged(tcb, Math.min(acked, 2 * MSS), at);
    return tcb.cwnd / MSS;
  };

  it('falls to 0.7 of what was in flight (RFC 9438 §4.6)', () => {
    const tcb = start();
    cubic.begin(tcb);
    cubic.lost(tcb, 100 * MSS, 0);
    expect(tcb.ssthresh).toBe(70 * MSS);
  });

  it('is back at its old window after K = ∛(W·0.3/0.4) seconds, flat there and steeper beyond (§4.2)', () => {
    const tcb = start();
    cubic.begin(tcb);
    cubic.lost(tcb, 100 * MSS, 0);
    tcb.cwnd = tcb.ssthresh;
    const k = Math.cbrt((100 * 0.3) / 0.4);
    expect(k).toBeCloseTo(4.217, 3);
    // 0.4·(2 - K)³ + 100
    expect(grow(tcb, 2)).toBeGreaterThan(93);
    expect(tcb.cwnd / MSS).toBeLessThan(98);
    expect(grow(tcb, 2.2, 2e6)).toBeCloseTo(100, -1);
    const flat = tcb.cwnd / MSS;
    expect(grow(tcb, 1, 4.2e6) - flat).toBeLessThan(3);
    const before = tcb.cwnd / MSS;
    expect(grow(tcb, 3, 5.2e6) - before).toBeGreaterThan(15);
  });

  it('gives room to others when its window had to fall twice (§4.7)', () => {
    const tcb = start();
    cubic.begin(tcb);
    cubic.lost(tcb, 100 * MSS, 0);
    tcb.cwnd = 80 * MSS;
    cubic.lost(tcb, 80 * MSS, 1e6);
    tcb.cwnd = tcb.ssthresh;
    // 80·(1 + 0.7)/2, not 80.
    expect(tcb.congestion).toMatchObject({ wMax: 68 });
  });

  it('is no slower than Reno where windows are small (§4.3)', () => {
    const tcb = { ...start(), cwnd: 4 * MSS, ssthresh: 4 * MSS };
    cubic.begin(tcb);
    cubic.lost(tcb, 8 * MSS, 0);
    tcb.cwnd = 5 * MSS;
    // Reno's α is 3·(1 - 0.7)/(1 + 0.7) ≈ 0.53 a round trip.
    expect(grow(tcb, 1)).toBeGreaterThan(5 + 0.4 * 10);
  });
});
