import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ipv4Text, ipv6Text, parseAddress } from './address.ts';
import { internetChecksum } from './checksum.ts';
import { parseIcmp, serializeIcmp } from './icmp.ts';
import { parseIpv4, plainIpv4, serializeIpv4 } from './ipv4.ts';
import { parseIpv6, serializeIpv6 } from './ipv6.ts';
import { isProblem } from './octets.ts';
import { parsePacket } from './packet.ts';
import { parseTcp, serializeTcp } from './tcp.ts';
import { ipv4Address, ipv4Header, ipv6Address, ipv6Header, octets, tcpHeader, uint16 } from './testing/arbitraries.ts';
import { parseUdp, serializeUdp } from './udp.ts';
import { verifyChecksums } from './verify.ts';

const hex = (text: string): Uint8Array =>
  Uint8Array.from(text.replaceAll(/\s/g, '').match(/../g) ?? [], (two) => Number.parseInt(two, 16));

/** A SYN as Linux sends it to 127.0.0.1:7007 over the loopback, with its checksum made whole. */
const SYN = hex(`
  4500 003c 0001 4000 4006 3cb9 7f00 0001 7f00 0001
  c350 1b5f 0000 03e8 0000 0000 a002 ffd7 0000 0000
  0204 ffd7 0402 080a 0000 0001 0000 0000 0103 0307`);

const pair = fc.oneof(
  fc.record({ source: ipv4Address, destination: ipv4Address }),
  fc.record({ source: ipv6Address, destination: ipv6Address }),
);

describe('a header that is written and read again is the same', () => {
  it('TCP, every option', () => {
    fc.assert(
      fc.property(tcpHeader, octets(64), pair, (header, payload, ends) => {
        const bytes = serializeTcp(header, payload, ends);
        const read = parseTcp(bytes, 0, bytes.length);
        expect(read).toMatchObject({ ...header, options: [...header.options], optionsProblem: null });
        expect(isProblem(read) ? null : bytes.slice(read.headerLength)).toEqual(payload);
      }),
    );
  });

  it('IPv4, options and fragments', () => {
    fc.assert(
      fc.property(ipv4Header, octets(64), (header, payload) => {
        const bytes = serializeIpv4(header, payload);
        expect(parseIpv4(bytes, 0, bytes.length)).toMatchObject({ ...header, totalLength: bytes.length });
        expect(internetChecksum(bytes, 0, bytes.length - payload.length)).toBe(0);
      }),
    );
  });

  it('IPv6', () => {
    fc.assert(
      fc.property(ipv6Header, octets(64), (header, payload) => {
        const bytes = serializeIpv6(header, payload);
        expect(parseIpv6(bytes, 0, bytes.length)).toMatchObject({ ...header, payloadLength: payload.length });
      }),
    );
  });

  it('UDP and ICMP', () => {
    fc.assert(
      fc.property(uint16, uint16, octets(64), pair, (sourcePort, destinationPort, payload, ends) => {
        const datagram = serializeUdp({ sourcePort, destinationPort }, payload, ends);
        expect(parseUdp(datagram, 0, datagram.length)).toMatchObject({
          sourcePort,
          destinationPort,
          length: datagram.length,
        });
        const message = serializeIcmp({ type: 8, code: 0, body: new Uint8Array([1, 2, 3, 4, ...payload]) });
        expect(parseIcmp('icmp', message, 0, message.length)).toMatchObject({ identifier: 0x0102, sequence: 0x0304 });
        expect(internetChecksum(message, 0, message.length)).toBe(0);
      }),
    );
  });

  it('addresses', () => {
    fc.assert(fc.property(ipv4Address, (text) => ipv4Text(parseAddress(text) ?? SYN, 0) === text));
    fc.assert(fc.property(ipv6Address, (text) => ipv6Text(parseAddress(text) ?? SYN, 0) === text));
  });
});

describe('addresses', () => {
  // RFC 5952 §4.
  it.each([
    ['2001:0db8:0000:0000:0001:0000:0000:0001', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['2001:0:0:1:0:0:0:1', '2001:0:0:1::1'],
    ['::', '::'],
    ['::1', '::1'],
    ['::ffff:192.0.2.1', '::ffff:192.0.2.1'],
    ['FE80::A', 'fe80::a'],
  ])('%s is written %s', (text, written) => {
    expect(ipv6Text(parseAddress(text) ?? SYN, 0)).toBe(written);
  });

  it.each([
    '',
    '1.2.3',
    '1.2.3.256',
    '1.2.3.4.5',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '::g',
    '1:2:3:4:5:6:7:8::',
  ])('%j is none', (text) => {
    expect(parseAddress(text)).toBeNull();
  });
});

describe('parsePacket', () => {
  it('reads a SYN with every option of Linux', () => {
    const { ip, transport, payload, problem } = parsePacket(SYN, 101);
    expect(ip).toMatchObject({ layer: 'ipv4', source: '127.0.0.1', ttl: 64, dontFragment: true, totalLength: 60 });
    expect(transport).toMatchObject({
      layer: 'tcp',
      sourcePort: 50_000,
      destinationPort: 7_007,
      sequence: 1_000,
      flags: 2,
      window: 65_495,
      options: [
        { kind: 'mss', octets: 65_495 },
        { kind: 'sack-permitted' },
        { kind: 'timestamps', value: 1, echo: 0 },
        { kind: 'nop' },
        { kind: 'window-scale', shift: 7 },
      ],
    });
    expect([payload, problem]).toEqual([{ start: 60, end: 60 }, null]);
  });

  it('leaves the padding of a short Ethernet frame out', () => {
    const ip = serializeIpv4(header(17), serializeUdp({ sourcePort: 1, destinationPort: 2 }, hex('41'), ENDS));
    const frame = new Uint8Array(60);
    frame.set(hex('ffffffffffff 020000000001 0800'));
    frame.set(ip, 14);
    expect(parsePacket(frame, 1)).toMatchObject({ payload: { start: 42, end: 43 }, payloadLength: 1, problem: null });
  });

  it('reads the packet that an ICMP error quotes, and no error within an error', () => {
    const quoted = SYN.slice(0, 28);
    const error = serializeIcmp({ type: 3, code: 3, body: new Uint8Array([0, 0, 0, 0, ...quoted]) });
    const bytes = serializeIpv4(header(1), error);
    const packet = parsePacket(bytes, 101);
    expect(packet.quoted).toMatchObject({
      ip: { source: '127.0.0.1' },
      transport: null,
      problem: { problem: 'truncated' },
    });
    const nested = serializeIpv4(
      header(1),
      serializeIcmp({ type: 3, code: 3, body: new Uint8Array([0, 0, 0, 0, ...bytes]) }),
    );
    expect(parsePacket(nested, 101).quoted).toMatchObject({ transport: { layer: 'icmp' }, quoted: null });
  });

  it('does not take the middle of a datagram for a header', () => {
    const fragment = serializeIpv4({ ...header(17), fragmentOffset: 1_480, moreFragments: true }, hex('00010002'));
    expect(parsePacket(fragment, 101)).toMatchObject({
      transport: null,
      payload: { start: 20, end: 24 },
      problem: null,
    });
  });

  it('walks IPv6 extension headers, and stops at a chain without end', () => {
    const udp = serializeUdp({ sourcePort: 1, destinationPort: 2 }, hex(''), { source: '::1', destination: '::1' });
    const chain = (count: number, last: number) =>
      serializeIpv6(
        { source: '::1', destination: '::1', nextHeader: 60, hopLimit: 64, trafficClass: 0, flowLabel: 0 },
        new Uint8Array([
          ...Array.from({ length: count }, (_, at) => [at === count - 1 ? last : 60, 0, 1, 4, 0, 0, 0, 0]).flat(),
          ...udp,
        ]),
      );
    expect(parsePacket(chain(3, 17), 101)).toMatchObject({
      ip: { protocol: 17, headerLength: 64, extensions: [{}, {}, {}] },
      transport: { layer: 'udp', destinationPort: 2 },
    });
    expect(parsePacket(chain(40, 17), 101)).toMatchObject({ transport: null, problem: { layer: 'ipv6-extension' } });
  });

  it.each([
    ['an empty packet', new Uint8Array(0), 'truncated', 0],
    ['half a header', SYN.slice(0, 12), 'truncated', 0],
    ['a header length below 20', Uint8Array.from(SYN, (octet, at) => (at === 0 ? 0x41 : octet)), 'malformed', 0],
    ['a data offset below 20', Uint8Array.from(SYN, (octet, at) => (at === 32 ? 0x10 : octet)), 'malformed', 32],
    [
      'an option longer than the header',
      Uint8Array.from(SYN, (octet, at) => (at === 41 ? 0xff : octet)),
      'malformed',
      40,
    ],
    ['an option without length', Uint8Array.from(SYN, (octet, at) => (at === 41 ? 0 : octet)), 'malformed', 40],
    ['another protocol', serializeIpv4(header(132), hex('0000')), 'unsupported', 20],
  ])('says what is wrong with %s, and where', (_what, bytes, problem, at) => {
    expect(parsePacket(bytes, 101).problem).toMatchObject({ problem, at, message: expect.any(String) });
  });
});

const ENDS = { source: '192.0.2.1', destination: '192.0.2.2' };

function header(protocol: number) {
  return plainIpv4({ ...ENDS, protocol, dontFragment: false });
}

describe('checksums', () => {
  // RFC 1071 §3.
  it('agree with the example of RFC 1071', () => {
    expect(internetChecksum(hex('0001 f203 f4f5 f6f7'), 0, 8)).toBe(~0xddf2 & 0xffff);
  });

  it('are right in everything that is written, and wrong after any bit has flipped', () => {
    fc.assert(
      fc.property(tcpHeader, octets(40), fc.nat(), (tcp, payload, where) => {
        const bytes = serializeIpv4(header(6), serializeTcp(tcp, payload, ENDS));
        const verdicts = () => verifyChecksums(bytes, parsePacket(bytes, 101)).map(({ verdict }) => verdict);
        expect(verdicts()).toEqual(['good', 'good']);
        // Any bit behind the addresses but those of the data offset, which says where things are.
        const at = 20 + (where % (bytes.length - 20));
        if (at === 32) return;
        bytes[at] = (bytes[at] ?? 0) ^ 0x10;
        expect(verdicts()[1]).toBe('bad');
      }),
    );
  });

  it('that hold the pseudo-header only are partial, as on Linux loopback; an absent one of UDP is none', () => {
    const partial = SYN.slice();
    partial.set(hex('fe30'), 36);
    expect(verifyChecksums(partial, parsePacket(partial, 101))[1]).toMatchObject({ verdict: 'partial' });
    const none = serializeIpv4(
      header(17),
      serializeUdp({ sourcePort: 1, destinationPort: 2 }, hex('41'), ENDS, { checksum: false }),
    );
    expect(verifyChecksums(none, parsePacket(none, 101))[1]).toMatchObject({ verdict: 'not-computed' });
    expect(verifyChecksums(SYN.slice(0, 50), parsePacket(SYN.slice(0, 50), 101))).toHaveLength(1);
  });
});

describe('any octets', () => {
  it('are survived, and every range lies within them', () => {
    const linkTypes = fc.constantFrom(0, 1, 12, 101, 108, 113, 228, 229, 276, 999);
    fc.assert(
      fc.property(octets(120), linkTypes, (bytes, linkType) => {
        const { payload, problem } = parsePacket(bytes, linkType);
        expect(payload.start).toBeLessThanOrEqual(payload.end);
        expect(payload.end).toBeLessThanOrEqual(bytes.length);
        if (problem) expect(problem.at).toBeLessThanOrEqual(bytes.length);
      }),
      { numRuns: 2_000 },
    );
  });
});
