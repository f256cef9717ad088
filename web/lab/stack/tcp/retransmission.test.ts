/** The numbers of RFC 6298. */
import { describe, expect, it } from 'vitest';
import type { TcpOption } from '#packets/tcp.ts';
import { established, listening, synSent } from '../testing/by-hand.ts';

const MS = 1_000;
const SECOND = 1_000 * MS;

describe('the timeout', () => {
  it('is one second before anything was measured (§2.1)', () => {
    expect(synSent().view().rto).toBe(SECOND);
  });

  it('follows the first measurement and the next ones (§2.2, §2.3)', () => {
    const hand = established({ minRtoUs: 10 * MS });
    // The handshake took no time: SRTT 0, and the clock's granularity.
    expect(hand.view()).toMatchObject({ srtt: 0, rttvar: 0, rto: 10 * MS });
    const first = listening({ minRtoUs: 10 * MS });
    first.inject({ flags: 'SYN', seq: 0, ack: null });
    first.run(100 * MS);
    first.inject();
    expect(first.view()).toMatchObject({ srtt: 100 * MS, rttvar: 50 * MS, rto: 300 * MS });
    first.call({ call: 'tcp.accept', socket: 1, as: 20 });
    first.send(100);
    first.run(180 * MS);
    first.inject({ ack: 101 });
    // RTTVAR = 3/4·50 + 1/4·|100 - 180|, SRTT = 7/8·100 + 1/8·180, RTO = SRTT + 4·RTTVAR.
    expect(first.view()).toMatchObject({ rttvar: 57_500, srtt: 110 * MS, rto: 340 * MS });
  });

  it('is never less than what is set, and never more (§2.4, §2.5)', () => {
    const hand = established({ maxRtoUs: 4 * SECOND });
    expect(hand.view().rto).toBe(SECOND);
    hand.send(100);
    hand.run(20 * SECOND);
    expect(hand.news().map(({ at }) => at / SECOND)).toEqual([0, 1, 3, 7, 11, 15, 19]);
  });

  it('is three seconds when the SYN had to be sent again, and the window one segment (§5.7, RFC 5681 §3.1)', () => {
    const hand = listening();
    hand.inject({ flags: 'SYN', seq: 0, ack: null, options: [{ kind: 'mss', octets: 1460 }] });
    hand.run(1.5 * SECOND);
    hand.inject();
    expect(hand.view()).toMatchObject({ srtt: null, rto: 3 * SECOND, cwnd: 1460 });
  });

  it('is measured by timestamps where a segment was sent twice (RFC 7323 §4.1)', () => {
    const stamp = (value: number, echo: number): readonly TcpOption[] => [{ kind: 'timestamps', value, echo }];
    const options = [{ kind: 'mss', octets: 1460 } as const, ...stamp(1, 0)];
    const hand = established({ timestamps: true, minRtoUs: 10 * MS }, { options });
    hand.run(SECOND);
    hand.send(100);
    hand.run(hand.view().rto);
    const again = hand.news().at(-1);
    expect(again?.rule).toBe('retransmission-timeout');
    const sent = again?.options.find(({ kind }) => kind === 'timestamps');
    hand.run(5 * MS);
    hand.inject({ ack: 101, options: stamp(2, sent?.kind === 'timestamps' ? sent.value : 0) });
    // Five milliseconds since the second time: the timeout is no longer backed off.
    expect(hand.view().rto).toBe(10 * MS);
  });
});
