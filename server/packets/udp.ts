/** UDP datagrams: RFC 768; over IPv6: RFC 8200 §8.1. */
import { isIpv6 } from './address.ts';
import { finish, pseudoHeaderSum, sumOctets } from './checksum.ts';
import { malformed, type PacketProblem, read16, truncated, write16 } from './octets.ts';
import type { SegmentEnds } from './tcp.ts';

/** Protocol number of UDP (IANA). */
export const UDP_PROTOCOL = 17;

/** Ports, length, checksum. */
export const UDP_HEADER_OCTETS = 8;

/** A UDP header's values; length and checksum follow from the payload and the IP header. */
export interface UdpHeader {
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** A header as it was read. */
export interface ParsedUdp extends UdpHeader {
  readonly layer: 'udp';
  readonly at: number;
  readonly headerLength: number;
  /** Header and payload in octets, as the header says. */
  readonly length: number;
  /** 0: the sender computed none. */
  readonly checksum: number;
}

/** Reads the header that begins at `start`. A length field beyond `end` is the caller's affair (snapped packets). */
export function parseUdp(bytes: Uint8Array, start: number, end: number): ParsedUdp | PacketProblem {
  if (end - start < UDP_HEADER_OCTETS) return truncated('udp', start, UDP_HEADER_OCTETS, end - start);
  const length = read16(bytes, start + 4);
  if (length !== 0 && length < UDP_HEADER_OCTETS)
    return malformed('udp', start + 4, `the length says ${length} octets; a header alone has ${UDP_HEADER_OCTETS}`);
  return {
    layer: 'udp',
    at: start,
    headerLength: UDP_HEADER_OCTETS,
    sourcePort: read16(bytes, start),
    destinationPort: read16(bytes, start + 2),
    length,
    checksum: read16(bytes, start + 6),
  };
}

/**
 * The datagram on the wire. `checksum: false` sends none, which only IPv4 allows. Throws a RangeError when it is longer
 * than the length field can say.
 */
export function serializeUdp(
  header: UdpHeader,
  payload: Uint8Array,
  ends: SegmentEnds,
  options: { readonly checksum?: boolean } = {},
): Uint8Array {
  const length = UDP_HEADER_OCTETS + payload.length;
  if (length > 0xffff) throw new RangeError(`a UDP datagram has at most 65535 octets, not ${length}`);
  const bytes = new Uint8Array(length);
  write16(bytes, 0, header.sourcePort);
  write16(bytes, 2, header.destinationPort);
  write16(bytes, 4, length);
  bytes.set(payload, UDP_HEADER_OCTETS);
  if (options.checksum === false && !isIpv6(ends.source)) return bytes;
  const sum = sumOctets(bytes, 0, length, pseudoHeaderSum(ends.source, ends.destination, UDP_PROTOCOL, length));
  // A checksum that comes out as zero is sent as all ones: zero says that there is none.
  write16(bytes, 6, finish(sum) || 0xffff);
  return bytes;
}
