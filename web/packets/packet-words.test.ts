import { expect, it } from 'vitest';
import { plainIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { LINK_TYPES } from '#packets/link.ts';
import { parsePacket } from '#packets/packet.ts';
import { serializeTcp } from '#packets/tcp.ts';
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
