/** IPv4 headers: RFC 791 §3.1; the DS field: RFC 2474; ECN: RFC 3168. */
import { ipv4Text, parseAddress } from './address.ts';
import { internetChecksum } from './checksum.ts';
import { malformed, type PacketProblem, read16, read32, truncated, write16, write32 } from './octets.ts';

/** A header without options, and the longest that its length field allows. */
export const IPV4_HEADER_OCTETS = 20;
const MAX_IPV4_HEADER_OCTETS = 60;

/** An IPv4 header's values; lengths and the checksum follow from them and the payload. */
export interface Ipv4Header {
  /** Dotted decimal. */
  readonly source: string;
  readonly destination: string;
  /** Protocol number: 1 ICMP, 6 TCP, 17 UDP (IANA). */
  readonly protocol: number;
  readonly ttl: number;
  readonly identification: number;
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** Place of this fragment, in octets: a multiple of 8. */
  readonly fragmentOffset: number;
  /** DSCP and ECN together, the second octet of the header. */
  readonly trafficClass: number;
  /** Options as they are, padded to a multiple of 4 octets; usually empty. */
  readonly options: Uint8Array;
}

/** A header as it was read. */
export interface ParsedIpv4 extends Ipv4Header {
  readonly layer: 'ipv4';
  readonly at: number;
  readonly headerLength: number;
  /** Header and payload in octets, as the header says; 0 where the sender leaves segmentation to the interface. */
  readonly totalLength: number;
  readonly checksum: number;
}

const NO_OPTIONS = new Uint8Array(0);

/** A header with nothing unusual in it, but for what `parts` say: 64 hops, one packet that is not to be cut, no options. */
export function plainIpv4(
  parts: Pick<Ipv4Header, 'source' | 'destination' | 'protocol'> & Partial<Ipv4Header>,
): Ipv4Header {
  return {
    ttl: 64,
    identification: 0,
    dontFragment: true,
    moreFragments: false,
    fragmentOffset: 0,
    trafficClass: 0,
    options: NO_OPTIONS,
    ...parts,
  };
}

/** Reads the header that begins at `start`. A total length beyond `end` is the caller's affair (snapped packets). */
export function parseIpv4(bytes: Uint8Array, start: number, end: number): ParsedIpv4 | PacketProblem {
  if (end - start < IPV4_HEADER_OCTETS) return truncated('ipv4', start, IPV4_HEADER_OCTETS, end - start);
  const first = bytes[start] ?? 0;
  if (first >> 4 !== 4) return malformed('ipv4', start, `the version is ${first >> 4}, not 4`);
  const headerLength = (first & 0x0f) * 4;
  if (headerLength < IPV4_HEADER_OCTETS)
    return malformed('ipv4', start, `the header length says ${headerLength} octets; a header has 20 at least`);
  if (start + headerLength > end) return truncated('ipv4', start + IPV4_HEADER_OCTETS, headerLength, end - start);
  const totalLength = read16(bytes, start + 2);
  if (totalLength !== 0 && totalLength < headerLength)
    return malformed('ipv4', start + 2, `the total length says ${totalLength} octets; the header has ${headerLength}`);
  const fragment = read16(bytes, start + 6);
  return {
    layer: 'ipv4',
    at: start,
    headerLength,
    totalLength,
    trafficClass: bytes[start + 1] ?? 0,
    identification: read16(bytes, start + 4),
    dontFragment: (fragment & 0x4000) !== 0,
    moreFragments: (fragment & 0x2000) !== 0,
    fragmentOffset: (fragment & 0x1fff) * 8,
    ttl: bytes[start + 8] ?? 0,
    protocol: bytes[start + 9] ?? 0,
    checksum: read16(bytes, start + 10),
    source: ipv4Text(bytes, start + 12),
    destination: ipv4Text(bytes, start + 16),
    options:
      headerLength === IPV4_HEADER_OCTETS ? NO_OPTIONS : bytes.slice(start + IPV4_HEADER_OCTETS, start + headerLength),
  };
}

/** What a host needs of a header to take a packet or send one, without making text of it: addresses of 32 bits. */
export interface Ipv4Fields {
  readonly source: number;
  readonly destination: number;
  readonly protocol: number;
  readonly ttl: number;
  readonly identification: number;
  readonly dontFragment: boolean;
  readonly moreFragments: boolean;
  /** In octets. */
  readonly fragmentOffset: number;
  readonly headerLength: number;
  readonly totalLength: number;
}

/** Reads the header at the front of a packet; `null` where `parseIpv4` would tell a problem. */
export function readIpv4(bytes: Uint8Array): Ipv4Fields | null {
  const headerLength = ((bytes[0] ?? 0) & 0x0f) * 4;
  const isHeader = (bytes[0] ?? 0) >> 4 === 4 && headerLength >= IPV4_HEADER_OCTETS && headerLength <= bytes.length;
  const totalLength = read16(bytes, 2);
  if (!isHeader || (totalLength !== 0 && totalLength < headerLength)) return null;
  const fragment = read16(bytes, 6);
  return {
    source: read32(bytes, 12),
    destination: read32(bytes, 16),
    protocol: bytes[9] ?? 0,
    ttl: bytes[8] ?? 0,
    identification: read16(bytes, 4),
    dontFragment: (fragment & 0x4000) !== 0,
    moreFragments: (fragment & 0x2000) !== 0,
    fragmentOffset: (fragment & 0x1fff) * 8,
    headerLength,
    totalLength,
  };
}

/** Writes a header without options over the first 20 octets of a whole packet, its checksum right. */
export function writeIpv4(
  packet: Uint8Array,
  header: Pick<Ipv4Fields, 'source' | 'destination' | 'protocol' | 'ttl' | 'identification' | 'dontFragment'>,
): void {
  packet[0] = 0x45;
  packet[1] = 0;
  write16(packet, 2, packet.length);
  write16(packet, 4, header.identification);
  write16(packet, 6, header.dontFragment ? 0x4000 : 0);
  packet[8] = header.ttl;
  packet[9] = header.protocol;
  write16(packet, 10, 0);
  write32(packet, 12, header.source);
  write32(packet, 16, header.destination);
  write16(packet, 10, internetChecksum(packet, 0, IPV4_HEADER_OCTETS));
}

/**
 * The packet on the wire, its checksum right. Options are padded with zeros. Throws a RangeError when an address is
 * none, when the options need more than 40 octets, or the packet more than 65,535.
 */
export function serializeIpv4(header: Ipv4Header, payload: Uint8Array): Uint8Array {
  const headerLength = (IPV4_HEADER_OCTETS + header.options.length + 3) & ~3;
  const total = headerLength + payload.length;
  if (headerLength > MAX_IPV4_HEADER_OCTETS)
    throw new RangeError(`an IPv4 header has at most ${MAX_IPV4_HEADER_OCTETS} octets, not ${headerLength}`);
  if (total > 0xffff) throw new RangeError(`an IPv4 packet has at most 65535 octets, not ${total}`);
  const bytes = new Uint8Array(total);
  bytes[0] = 0x40 | (headerLength / 4);
  bytes[1] = header.trafficClass;
  write16(bytes, 2, total);
  write16(bytes, 4, header.identification);
  const flags = (header.dontFragment ? 0x4000 : 0) | (header.moreFragments ? 0x2000 : 0);
  write16(bytes, 6, flags | (header.fragmentOffset >> 3));
  bytes[8] = header.ttl;
  bytes[9] = header.protocol;
  bytes.set(addressOf(header.source), 12);
  bytes.set(addressOf(header.destination), 16);
  bytes.set(header.options, IPV4_HEADER_OCTETS);
  write16(bytes, 10, internetChecksum(bytes, 0, headerLength));
  bytes.set(payload, headerLength);
  return bytes;
}

function addressOf(text: string): Uint8Array {
  const octets = parseAddress(text);
  if (octets?.length !== 4) throw new RangeError(`${JSON.stringify(text)} is no IPv4 address`);
  return octets;
}
