/** What stacks are known to get wrong. */
import { describe, expect, it } from 'vitest';
import { established } from '../testing/by-hand.ts';
import { CLIENT, connected, pattern, receive, SERVER, send } from '../testing/two-hosts.ts';

const SECOND = 1_000_000;

describe('the retransmission timer', () => {
  it('is not restarted by duplicate ACKs', () => {
    const hand = established();
    hand.send(3_000);
    const { deadline } = hand;
    for (let nth = 0; nth < 2; nth += 1) {
      hand.run(300_000);
      hand.inject();
    }
    expect(hand.deadline).toBe(deadline);
    hand.run(SECOND - 600_000);
    expect(hand.news().at(-1)).toMatchObject({ at: SECOND, seq: 1, rule: 'retransmission-timeout' });
  });

  it('is restarted by an ACK of new data, and stopped by one of everything', () => {
    const hand = established();
    hand.send(2_920);
    hand.run(400_000);
    hand.inject({ ack: 1461 });
    expect(hand.view().timers).toEqual([{ timer: 'retransmission', at: 400_000 + hand.view().rto }]);
    hand.inject({ ack: 2921 });
    expect(hand.view().timers).toEqual([]);
  });

  it('keeps what it has backed off to, until a segment that was sent once is acknowledged', () => {
    const hand = established();
    hand.send(100);
    hand.run(7 * SECOND);
    expect(hand.news().map(({ at }) => at)).toEqual([0, 1 * SECOND, 3 * SECOND, 7 * SECOND]);
    // Karn: which of the four was acknowledged is not known, so the timeout stays.
    hand.inject({ ack: 101 });
    expect(hand.view().rto).toBe(8 * SECOND);
    hand.send(100);
    hand.run(7 * SECOND);
    expect(hand.news()).toHaveLength(1);
    hand.inject({ ack: 201 });
    hand.send(100);
    expect(hand.view().rto).toBeGreaterThan(7 * SECOND);
    hand.run(100_000);
    hand.inject({ ack: 301 });
    for (let nth = 0; nth < 60; nth += 1) {
      hand.send(100);
      hand.run(1_000);
      hand.inject({ ack: 401 + 100 * nth });
    }
    expect(hand.view().rto).toBe(SECOND);
  });

  it('gives a connection up only after as many retries in a row', () => {
    const hand = established({ dataRetries: 3 });
    for (let round = 0; round < 3; round += 1) {
      hand.send(100);
      hand.run(hand.view().rto * 3);
      hand.inject({ ack: 101 + 100 * round });
    }
    expect(hand.state()).toBe('ESTABLISHED');
    hand.send(100);
    hand.run(1000 * SECOND);
    expect(hand.state()).toBe('CLOSED');
    expect(hand.told('failed')).toMatchObject([{ error: 'ETIMEDOUT' }]);
  });
});

describe('duplicate ACKs', () => {
  it('by the thousand cause one retransmission, and no growth without end', () => {
    const hand = established();
    hand.send(14_600);
    hand.news();
    for (let nth = 0; nth < 2_000; nth += 1) hand.inject();
    expect(hand.rules().filter((rule) => rule === 'fast-retransmit')).toHaveLength(1);
    expect(hand.view()).toMatchObject({ duplicateAcks: 2_000, cwnd: 7_300 + 10 * 1_460 });
  });

  it('are not counted beyond 65,535, as a counter of 16 bits would begin anew', () => {
    const hand = established();
    hand.send(14_600);
    for (let nth = 0; nth < 10; nth += 1) hand.inject();
    const [tcb] = [...hand.host.connections.values()];
    if (tcb !== undefined) tcb.duplicateAcks = 65_534;
    hand.news();
    for (let nth = 0; nth < 10; nth += 1) hand.inject();
    expect(hand.view().duplicateAcks).toBe(65_535);
    expect(hand.news()).toEqual([]);
  });
});

describe('a window', () => {
  it('that was shut is announced when the program has read: no stall', () => {
    const two = connected({ b: { receiveBufferBytes: 4_000, windowScale: false } });
    send(two, 'a', CLIENT, pattern(20_000));
    two.run(400_000);
    expect(two.view('a', CLIENT).sndWnd).toBeLessThan(1_448);
    const since = two.sent.length;
    receive(two, 'b', SERVER);
    expect(two.rules('b', since)).toEqual(['window-update']);
    two.run(25_000);
    expect(two.view('b', SERVER).unread).toBeGreaterThan(0);
  });

  it('whose update is lost is found open by a probe', () => {
    const two = connected({ b: { receiveBufferBytes: 4_000, windowScale: false } });
    send(two, 'a', CLIENT, pattern(20_000));
    two.run(3_000_000);
    let dropped = 0;
    two.fate = ({ packet }) => {
      if (packet.because.rule !== 'window-update') return [{ afterUs: 10_000 }];
      dropped += 1;
      return [];
    };
    let got = 0;
    for (let rounds = 0; got < 20_000 && rounds < 200; rounds += 1) {
      got += receive(two, 'b', SERVER).bytes.length;
      two.run(20 * SECOND);
    }
    expect(got).toBe(20_000);
    expect(dropped).toBeGreaterThan(0);
    expect(two.rules('a')).toContain('zero-window-probe');
  });

  it('that the peer shrinks is not sent into; what was sent already is sent again as it fits', () => {
    const hand = established({ nagle: false });
    hand.send(5_000);
    expect(hand.news()).toHaveLength(4);
    hand.inject({ ack: 1, window: 1_000 });
    hand.send(5_000);
    expect(hand.news()).toEqual([]);
    hand.run(1 * SECOND);
    expect(hand.news()).toMatchObject([{ seq: 1, length: 1_000, rule: 'retransmission-timeout' }]);
    hand.inject({ ack: 1_001, window: 8_000 });
    expect(hand.news()[0]).toMatchObject({ seq: 1_001, length: 1_460 });
  });

  it('that the peer shuts behind our data is probed, however long; the connection is not given up', () => {
    const hand = established({ dataRetries: 3 });
    hand.send(2_000);
    hand.inject({ ack: 1, window: 0 });
    hand.news();
    for (let second = 0; second < 3_600; second += 1) {
      hand.run(SECOND);
      const probes = hand.news();
      expect(probes.every(({ length, seq }) => length === 1 && seq === 1)).toBe(true);
      if (probes.length > 0) hand.inject({ ack: 1, window: 0 });
    }
    expect(hand.state()).toBe('ESTABLISHED');
    hand.inject({ ack: 1, window: 65_535 });
    expect(hand.news()[0]).toMatchObject({ seq: 1, length: 1_460 });
  });

  it('that is shut in the midst of a recovery does not leave it without a timer', () => {
    const hand = established({ sack: true }, { options: [{ kind: 'mss', octets: 1460 }, { kind: 'sack-permitted' }] });
    hand.send(5_000);
    const sack = (right: number) => [{ kind: 'sack', blocks: [{ left: 0, right }] }] as const;
    for (let nth = 0; nth < 3; nth += 1) hand.inject({ options: sack(0), window: 1_000 });
    hand.inject({ window: 0 });
    hand.run(30 * SECOND);
    hand.inject({ window: 1_000 });
    expect(hand.view().timers.map(({ timer }) => timer)).toContain('retransmission');
    hand.news();
    hand.run(60 * SECOND);
    expect(hand.news().length).toBeGreaterThan(0);
  });
});
