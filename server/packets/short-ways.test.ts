import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4Number, ipv4TextOf } from './address.ts';
import { fold, ipv4PseudoHeaderSum, pseudoHeaderSum, sumOctets } from './checksum.ts';
import { parseIpv4, readIpv4, serializeIpv4, writeIpv4 } from './ipv4.ts';
import { isProblem } from './octets.ts';
import { ipv4Header, octets } from './testing/arbitraries.ts';

describe('the short ways of a host that makes no text of addresses', () => {
  it('read what the long way reads, and refuse what it refuses', () => {
    const packets = fc.oneof(
      fc.tuple(ipv4Header, octets(64)).map(([header, payload]) => serializeIpv4(header, payload)),
      octets(40),
      fc.tuple(octets(60), fc.nat(255)).map(([bytes, first]) => Uint8Array.of(first, ...bytes)),
    );
    fc.assert(
      fc.property(packets, (bytes) => {
        const short = readIpv4(bytes);
        const long = parseIpv4(bytes, 0, bytes.length);
        if (short === null || isProblem(long)) {
          expect([short, isProblem(long)]).toEqual([null, true]);
          return;
        }
        const { source, destination, ...same } = short;
        expect(long).toMatchObject(same);
        expect([ipv4TextOf(source), ipv4TextOf(destination)]).toEqual([long.source, long.destination]);
      }),
    );
  });

  it('write what the long way writes', () => {
    fc.assert(
      fc.property(ipv4Header, octets(64), (header, payload) => {
        const plain = {
          ...header,
          trafficClass: 0,
          moreFragments: false,
          fragmentOffset: 0,
          options: new Uint8Array(0),
        };
        const packet = new Uint8Array(20 + payload.length);
        packet.set(payload, 20);
        const [source, destination] = [ipv4Number(plain.source) ?? 0, ipv4Number(plain.destination) ?? 0];
        writeIpv4(packet, { ...plain, source, destination });
        expect(packet).toEqual(serializeIpv4(plain, payload));
        const sums = [
          ipv4PseudoHeaderSum(source, destination, 6, 99),
          pseudoHeaderSum(plain.source, plain.destination, 6, 99),
        ];
        expect(fold(sums[0] ?? 0)).toBe(fold(sums[1] ?? 1));
      }),
    );
  });

  it('sum octets up as word by word, whatever the place and the length', () => {
    fc.assert(
      fc.property(octets(100), fc.nat(20), fc.nat(1e6), (bytes, from, sum) => {
        const start = Math.min(from, bytes.length);
        let expected = sum;
        for (let at = start; at < bytes.length; at += 2) expected += (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
        expect(sumOctets(bytes, start, bytes.length, sum)).toBe(expected);
      }),
    );
  });

  it('know what is no address', () => {
    for (const text of ['', '1.2.3', '1.2.3.256', '1.2.3.4.5', '::1', 'a.b.c.d']) expect(ipv4Number(text)).toBe(null);
    expect(ipv4Number('255.255.255.255')).toBe(0xffff_ffff);
  });
});
