import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FIELD_NAMES, fieldAt, fieldsOf } from './fields.ts';
import { serializeIcmp } from './icmp.ts';
import { plainIpv4, serializeIpv4 } from './ipv4.ts';
import { serializeIpv6 } from './ipv6.ts';
import { LINK_TYPES } from './link.ts';
import { parsePacket } from './packet.ts';
import { serializeTcp } from './tcp.ts';
import { ipv4Header, octets, tcpHeader } from './testing/arbitraries.ts';
import { verdictOn, verifyChecksums } from './verify.ts';

const ENDS = { source: '192.0.2.1', destination: '192.0.2.2' };

const value = (bytes: Uint8Array, linkType: number, name: string): string | undefined =>
  fieldsOf(bytes, parsePacket(bytes, linkType)).find((field) => field.name === name)?.value;

describe('the fields of a packet', () => {
  it('cover every bit of the headers once, in order', () => {
    fc.assert(
      fc.property(ipv4Header, tcpHeader, octets(20), (ip, tcp, payload) => {
        const whole = { ...ip, protocol: 6, fragmentOffset: 0 };
        const bytes = serializeIpv4(whole, serializeTcp(tcp, payload, whole));
        const packet = parsePacket(bytes, LINK_TYPES.raw);
        let bit = 0;
        for (const field of fieldsOf(bytes, packet)) {
          expect(field.bit).toBe(bit);
          bit += field.bits;
        }
        expect(bit).toBe(packet.payload.start * 8);
      }),
    );
  });

  it('are all named in the list of names', () => {
    fc.assert(
      fc.property(octets(120), fc.constantFrom(...Object.values(LINK_TYPES)), (bytes, linkType) => {
        for (const { name } of fieldsOf(bytes, parsePacket(bytes, linkType))) expect(FIELD_NAMES).toContain(name);
      }),
      { numRuns: 1_000 },
    );
  });

  it('are written as people write them', () => {
    const ip = plainIpv4({ ...ENDS, protocol: 6, identification: 0x0abc });
    const tcp = {
      sourcePort: 1,
      destinationPort: 2,
      sequence: 4_000_000_000,
      acknowledgment: 0,
      flags: 2,
      window: 100,
      urgentPointer: 0,
      options: [{ kind: 'mss' as const, octets: 1_460 }],
    };
    const bytes = serializeIpv4(ip, serializeTcp(tcp, new Uint8Array(0), ip));
    const shown = [
      'ip.src',
      'ip.id',
      'ip.hdr_len',
      'ip.flags.df',
      'tcp.seq',
      'tcp.hdr_len',
      'tcp.flags.syn',
      'tcp.options.mss_val',
    ];
    expect(shown.map((name) => value(bytes, LINK_TYPES.raw, name))).toEqual([
      '192.0.2.1',
      '0x0abc',
      '20',
      '1',
      '4000000000',
      '24',
      '1',
      '1460',
    ]);
    const fields = fieldsOf(bytes, parsePacket(bytes, LINK_TYPES.raw));
    expect([0, 6, 33, 42].map((octet) => fieldAt(fields, octet)?.name)).toEqual([
      'ip.version',
      'ip.flags.rb',
      'tcp.flags.cwr',
      'tcp.options.mss_val',
    ]);
    expect(fieldAt(fields, bytes.length)).toBeNull();
    const flag = fieldAt(fields, 6);
    const next = fieldAt(fields, 6, flag);
    expect(next?.name).toBe('ip.flags.df');
    // Round, as long as one goes on choosing the octet; another octet begins with its first.
    expect(fieldAt(fields, 6, fieldAt(fields, 6, fieldAt(fields, 6, next)))).toEqual(flag);
    expect(fieldAt(fields, 0, next)?.name).toBe('ip.version');
  });

  it('name the MTU of "fragmentation needed", and go on within the quoted packet', () => {
    const quoted = serializeIpv6(
      { source: '::1', destination: '::2', nextHeader: 59, hopLimit: 1, trafficClass: 0, flowLabel: 0 },
      new Uint8Array(0),
    );
    const error = serializeIcmp({ type: 3, code: 4, body: new Uint8Array([0, 0, 0x05, 0xdc, ...quoted]) });
    const bytes = serializeIpv4(plainIpv4({ ...ENDS, protocol: 1 }), error);
    expect(value(bytes, LINK_TYPES.ipv4, 'icmp.mtu')).toBe('1500');
    expect(value(bytes, LINK_TYPES.ipv4, 'ipv6.dst')).toBe('::2');
  });

  // RFC 792: "The internet header plus the first 64 bits of the original datagram's data."
  it('of a quoted packet are told from the others, and go as far as the 64 bits of TCP that must be quoted', () => {
    const tcp = { sourcePort: 50_000, destinationPort: 9, sequence: 7, acknowledgment: 0, flags: 2, window: 1 };
    const segment = serializeTcp({ ...tcp, urgentPointer: 0, options: [] }, new Uint8Array(0), ENDS);
    const quoted = serializeIpv4(plainIpv4({ ...ENDS, protocol: 6 }), segment).slice(0, 28);
    const error = serializeIcmp({ type: 3, code: 3, body: new Uint8Array([0, 0, 0, 0, ...quoted]) });
    const bytes = serializeIpv4(plainIpv4({ ...ENDS, protocol: 1 }), error);
    const packet = parsePacket(bytes, LINK_TYPES.ipv4);
    const fields = fieldsOf(bytes, packet);
    const from = fields.findIndex((each) => each.quoted);
    expect(fields[from]).toMatchObject({ name: 'ip.version', bit: 28 * 8 });
    expect(fields.slice(from).every((each) => each.quoted)).toBe(true);
    expect(fields.slice(-3).map(({ name, value }) => [name, value])).toEqual([
      ['tcp.srcport', '50000'],
      ['tcp.dstport', '9'],
      ['tcp.seq', '7'],
    ]);
    const checksums = fields.filter(({ name }) => name === 'ip.checksum');
    expect(checksums.map((each) => verdictOn(each, verifyChecksums(bytes, packet))?.verdict)).toEqual([
      'good',
      undefined,
    ]);
  });
});
