import { describe, expect, it } from 'vitest';
import { parseIpPacket } from '#packets/packet.ts';
import { verifyChecksums } from '#packets/verify.ts';
import { ADDRESSES, pattern, TwoHosts } from './testing/two-hosts.ts';

const to = { address: ADDRESSES.b, port: 7 };

describe('UDP', () => {
  it('brings a datagram to the port that is bound', () => {
    const two = new TwoHosts();
    two.call('b', { call: 'udp.bind', socket: 1, port: 7 });
    two.call('a', { call: 'udp.bind', socket: 2, port: 5000 });
    expect(two.call('a', { call: 'udp.send', socket: 2, bytes: pattern(5), to })).toMatchObject({ ok: true, value: 5 });
    two.settle();
    const from = { address: ADDRESSES.a, port: 5000 };
    expect(two.notices).toMatchObject([
      { side: 'b', notice: { notice: 'datagram', socket: 1, from, bytes: pattern(5) } },
    ]);
  });

  it('sends a long one in fragments, which are put together in any order', () => {
    for (const backwards of [false, true]) {
      const two = new TwoHosts({ fate: (_, nth) => [{ afterUs: backwards ? 10_000 - nth : 10_000 }] });
      two.call('b', { call: 'udp.bind', socket: 1, port: 7 });
      two.call('a', { call: 'udp.send', socket: 2, bytes: pattern(5000), to });
      two.settle();
      expect(two.sent.map(({ packet }) => packet.bytes.length)).toEqual([1500, 1500, 1500, 588]);
      expect(two.notices.at(-1)?.notice).toMatchObject({ notice: 'datagram', bytes: pattern(5000) });
    }
  });

  it('refuses to fragment what must not be', () => {
    const two = new TwoHosts();
    const call = { call: 'udp.send', socket: 2, to, dontFragment: true } as const;
    expect(two.call('a', { ...call, bytes: pattern(1473) })).toEqual({ ok: false, error: 'EMSGSIZE' });
    expect(two.call('a', { ...call, bytes: pattern(1472) })).toMatchObject({ ok: true });
  });

  it('is told by ICMP that nobody listens, when it is connected', () => {
    const two = new TwoHosts();
    two.call('a', { call: 'udp.connect', socket: 2, to });
    two.call('a', { call: 'udp.send', socket: 2, bytes: pattern(5) });
    two.settle();
    expect(two.rules('b')).toEqual(['icmp-port-unreachable']);
    expect(two.notices.at(-1)?.notice).toEqual({ notice: 'datagram-failed', socket: 2, error: 'ECONNREFUSED' });
  });

  it('drops a damaged one without a word', () => {
    const two = new TwoHosts();
    two.fate = ({ packet }) => [{ afterUs: 1, bytes: packet.bytes.with(30, (packet.bytes[30] ?? 0) ^ 1) }];
    two.call('b', { call: 'udp.bind', socket: 1, port: 7 });
    two.call('a', { call: 'udp.send', socket: 2, bytes: pattern(50), to });
    two.settle();
    expect(two.discards).toMatchObject([{ side: 'b', reason: 'checksum' }]);
    expect(two.told('b')).toEqual([]);
  });
});

describe('ICMP', () => {
  it('answers an echo request with the same octets', () => {
    const two = new TwoHosts();
    two.call('a', { call: 'ping', to: ADDRESSES.b, identifier: 3, sequence: 4, bytes: pattern(3000) });
    two.settle();
    const pong = { notice: 'pong', from: ADDRESSES.b, identifier: 3, sequence: 4, bytes: pattern(3000) };
    expect(two.notices).toMatchObject([{ at: 20_000, side: 'a', notice: pong }]);
  });

  it('says that a protocol is not spoken, and that fragments are missing', () => {
    const two = new TwoHosts();
    const whole = new TwoHosts();
    whole.call('a', { call: 'ping', to: ADDRESSES.b, identifier: 1, sequence: 1, bytes: pattern(3000) });
    const first = whole.sent[0]?.packet.bytes ?? new Uint8Array(0);
    two.deliver('b', first);
    two.settle();
    expect(two.rules('b')).toEqual(['icmp-reassembly-timeout']);
    expect(two.now).toBe(60_010_000);
  });

  it('never answers with a wrong checksum', () => {
    const two = new TwoHosts();
    two.call('a', { call: 'udp.send', socket: 2, bytes: pattern(2000), to });
    two.call('a', { call: 'ping', to: ADDRESSES.b, identifier: 1, sequence: 1, bytes: pattern(7) });
    two.settle();
    for (const { packet } of two.sent) {
      const verdicts = verifyChecksums(packet.bytes, parseIpPacket(packet.bytes)).map(({ verdict }) => verdict);
      expect(verdicts.filter((verdict) => verdict !== 'good' && verdict !== 'unverifiable')).toEqual([]);
    }
  });
});
