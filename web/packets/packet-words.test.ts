import { expect, it } from 'vitest';
import { serializeIcmp } from '#packets/icmp.ts';
import { plainIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { LINK_TYPES } from '#packets/link.ts';
import { parsePacket } from '#packets/packet.ts';
import { serializeTcp } from '#packets/tcp.ts';
import { serializeUdp } from '#packets/udp.ts';
import { infoOf } from './packet-words.ts';

/** What is acknowledged: just before the numbers begin anew at zero. */
const ACKNOWLEDGMENT = 0xffff_ff00;

const HEADER = {
  sourcePort: 7,
  destinationPort: 40_000,
  sequence: 5_000,
  acknowledgment: ACKNOWLEDGMENT,
  flags: 0x10,
  window: 64,
  urgentPointer: 0,
  options: [{ kind: 'sack' as const, blocks: [{ left: ACKNOWLEDGMENT + 100, right: 344 }] }],
};

it('counts the blocks of SACK from where it counts acknowledgments, across the end of the numbers', () => {
  const ip = plainIpv4({ source: '192.0.2.1', destination: '192.0.2.2', protocol: 6 });
  const packet = parsePacket(serializeIpv4(ip, serializeTcp(HEADER, new Uint8Array(0), ip)), LINK_TYPES.raw);
  const followed = {
    relativeSequence: 1,
    relativeAcknowledgment: 1_501,
    length: 0,
    sequenceLength: 0,
    marks: [],
    after: { client: null, server: null },
  };
  expect(infoOf(packet, followed)).toBe('seq=1 ack=1501 win=64 SACK=1601-2101');
  expect(infoOf(packet, followed, true)).toBe(`seq=5000 ack=${ACKNOWLEDGMENT} win=64 SACK=${ACKNOWLEDGMENT + 100}-344`);
});

it('says what an error quotes: the ports, or the addresses where there are none', () => {
  const ends = { source: '192.0.2.1', destination: '192.0.2.2' };
  const errorAbout = (quoted: Uint8Array) => {
    const error = serializeIcmp({ type: 3, code: 3, body: Uint8Array.of(0, 0, 0, 0, ...quoted) });
    return infoOf(parsePacket(serializeIpv4(plainIpv4({ ...ends, protocol: 1 }), error), LINK_TYPES.raw));
  };
  const datagram = serializeUdp({ sourcePort: 40_000, destinationPort: 7_099 }, new Uint8Array(2), ends);
  const whole = serializeIpv4(plainIpv4({ ...ends, protocol: 17 }), datagram);
  expect(errorAbout(whole)).toBe('destination unreachable (port), quotes UDP 40000→7099');
  expect(errorAbout(whole.slice(0, 20))).toBe('destination unreachable (port), quotes IPV4 192.0.2.1→192.0.2.2');
});
