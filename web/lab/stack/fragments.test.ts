import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { parseIpPacket } from '#packets/packet.ts';
import { verifyChecksums } from '#packets/verify.ts';
import { fragment } from './fragment.ts';
import { MAX_REASSEMBLIES } from './reassembly.ts';
import { ADDRESSES, pattern, TwoHosts } from './testing/two-hosts.ts';

const to = { address: ADDRESSES.b, port: 7 };

/** A datagram as host A sends it, whole. */
function datagram(length: number): Uint8Array {
  const two = new TwoHosts({ mtu: 65_535 });
  two.call('a', { call: 'udp.send', socket: 1, bytes: pattern(length), to });
  return two.sent[0]?.packet.bytes ?? new Uint8Array(0);
}

/** A host that has bound port 7. */
function bound(): TwoHosts {
  const two = new TwoHosts();
  two.call('b', { call: 'udp.bind', socket: 1, port: 7 });
  return two;
}

describe('fragments (RFC 791 §3.2)', () => {
  it('are put together whatever the MTUs on the way, their order, copies and cuts', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4_000 }),
        fc.nat(2_000),
        fc.nat(2_000),
        fc.nat(),
        (length, first, second, mix) => {
          const packet = datagram(length);
          const pieces = fragment(packet, 68 + first).flatMap((piece) => fragment(piece, 68 + second));
          for (const piece of pieces) {
            expect(piece.length).toBeLessThanOrEqual(Math.max(68 + first, 68 + second));
            const [sum] = verifyChecksums(piece, parseIpPacket(piece));
            expect(sum?.verdict).toBe('good');
          }
          const two = bound();
          const shuffled = pieces.map((piece, at) => ({ piece, key: ((at + 1) * (mix | 1) * 7919) % 1009 }));
          shuffled.sort((a, b) => a.key - b.key);
          for (const { piece } of shuffled) two.deliver('b', piece);
          expect(two.notices.map(({ notice }) => notice)).toMatchObject([
            { notice: 'datagram', bytes: pattern(length) },
          ]);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('that come twice, or overlap, do no harm', () => {
    const packet = datagram(3_000);
    const two = bound();
    const [one, other] = [fragment(packet, 1_000), fragment(packet, 700)];
    for (const piece of [...one.slice(0, 2), ...one.slice(0, 2), ...other]) two.deliver('b', piece);
    expect(two.notices.map(({ notice }) => notice)).toMatchObject([{ notice: 'datagram', bytes: pattern(3_000) }]);
  });

  it('carry options in all pieces where the option says so', () => {
    const header = parseIpv4(datagram(100), 0, 128);
    if ('problem' in header) throw new Error(header.message);
    // Security, copied; record route, not copied.
    const options = Uint8Array.of(0x82, 4, 1, 2, 7, 7, 4, 0, 0, 0, 0, 0);
    const pieces = fragment(serializeIpv4({ ...header, options }, pattern(200)), 100);
    const read = pieces.map((piece) => parseIpPacket(piece).ip);
    expect(read.map((ip) => (ip && 'options' in ip ? [...ip.options] : null))).toEqual([
      [...options],
      [0x82, 4, 1, 2],
      [0x82, 4, 1, 2],
    ]);
  });

  it('of many datagrams that never get whole are not kept without end', () => {
    const two = bound();
    for (let length = 0; length < 3 * MAX_REASSEMBLIES; length += 1) {
      const piece = fragment(datagram(2_000), 1_000)[0]?.slice() ?? new Uint8Array(0);
      const ip = parseIpv4(piece, 0, piece.length);
      if ('problem' in ip) throw new Error(ip.message);
      two.deliver('b', serializeIpv4({ ...ip, identification: length }, piece.subarray(20)));
    }
    expect(two.hosts.b.reassemblies.size).toBe(MAX_REASSEMBLIES);
    two.run(61_000_000);
    expect(two.hosts.b.reassemblies.size).toBe(0);
    expect(two.deadlines.b).toBe(null);
  });

  it('beyond the longest packet there is are refused', () => {
    const two = bound();
    const ip = parseIpv4(datagram(100), 0, 128);
    if ('problem' in ip) throw new Error(ip.message);
    two.deliver('b', serializeIpv4({ ...ip, fragmentOffset: 65_528 }, pattern(100)));
    expect(two.discards).toMatchObject([{ reason: 'fragment' }]);
  });
});
