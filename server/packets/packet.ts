/** A whole packet: link layer, IP, and what IP carries. */
import { ICMP_PROTOCOL, ICMPV6_PROTOCOL, type ParsedIcmp, parseIcmp } from './icmp.ts';
import { type ParsedIpv4, parseIpv4 } from './ipv4.ts';
import { NO_NEXT_HEADER, type ParsedIpv6, parseIpv6 } from './ipv6.ts';
import { ETHER_TYPES, type ParsedLink, parseLink } from './link.ts';
import { isProblem, type OctetRange, type PacketProblem } from './octets.ts';
import { type ParsedTcp, parseTcp, TCP_PROTOCOL } from './tcp.ts';
import { type ParsedUdp, parseUdp, UDP_PROTOCOL } from './udp.ts';

/** What was read of a packet. What could not be read is `null`, and `problem` says why. */
export interface Packet {
  readonly link: ParsedLink | null;
  readonly ip: ParsedIpv4 | ParsedIpv6 | null;
  /** `null`, too, of a later fragment: its octets are a middle part. */
  readonly transport: ParsedTcp | ParsedUdp | ParsedIcmp | null;
  /** What is behind the last header that was read: the octets of a stream or a datagram, part of a fragment … */
  readonly payload: OctetRange;
  /** Octets of payload that the headers promise; more than `payload` holds when the capture was cut short. */
  readonly payloadLength: number;
  /** The packet that an ICMP error is about, as far as the error quotes it. */
  readonly quoted: Packet | null;
  readonly problem: PacketProblem | null;
}

/** Reads a frame of a link-layer type. Never throws. */
export function parsePacket(bytes: Uint8Array, linkType: number): Packet {
  const link = parseLink(bytes, bytes.length, linkType);
  if (isProblem(link)) return unread(null, 0, bytes.length, link);
  const at = link.headerLength;
  if (link.etherType === ETHER_TYPES.ipv4) return parseFromIpv4(bytes, at, bytes.length, link, true);
  if (link.etherType === ETHER_TYPES.ipv6) return parseFromIpv6(bytes, at, bytes.length, link, true);
  const message = `EtherType 0x${link.etherType.toString(16).padStart(4, '0')} is not decoded here`;
  return unread(link, at, bytes.length, { problem: 'unsupported', at, layer: link.layer, message });
}

/** Reads an IP packet without a link layer, `bytes` from `start` to `end`. Never throws. */
export function parseIpPacket(bytes: Uint8Array, start = 0, end = bytes.length): Packet {
  return parseIp(bytes, start, end, true);
}

/** Quoted packets are read with `followQuotes` off: an error does not quote an error (RFC 1122 §3.2.2). */
function parseIp(bytes: Uint8Array, start: number, end: number, followQuotes: boolean): Packet {
  return (bytes[start] ?? 0) >> 4 === 6
    ? parseFromIpv6(bytes, start, end, null, followQuotes)
    : parseFromIpv4(bytes, start, end, null, followQuotes);
}

function parseFromIpv4(
  bytes: Uint8Array,
  start: number,
  end: number,
  link: ParsedLink | null,
  followQuotes: boolean,
): Packet {
  const ip = parseIpv4(bytes, start, end);
  if (isProblem(ip)) return unread(link, start, end, ip);
  const promised = ip.totalLength === 0 ? end : start + ip.totalLength;
  return parseTransport(bytes, { link, ip, start: start + ip.headerLength, end, promised, followQuotes });
}

function parseFromIpv6(
  bytes: Uint8Array,
  start: number,
  end: number,
  link: ParsedLink | null,
  followQuotes: boolean,
): Packet {
  const ip = parseIpv6(bytes, start, end);
  if (isProblem(ip)) return unread(link, start, end, ip);
  const promised = ip.payloadLength === 0 ? end : start + 40 + ip.payloadLength;
  return parseTransport(bytes, { link, ip, start: start + ip.headerLength, end, promised, followQuotes });
}

/** What is known when the transport header is read. */
interface Inner {
  readonly link: ParsedLink | null;
  readonly ip: ParsedIpv4 | ParsedIpv6;
  readonly start: number;
  /** End of what was captured; and of what the IP header promises. Link-layer padding lies between. */
  readonly end: number;
  readonly promised: number;
  readonly followQuotes: boolean;
}

function parseTransport(bytes: Uint8Array, inner: Inner): Packet {
  const { link, ip, start, promised } = inner;
  const end = Math.max(start, Math.min(inner.end, promised));
  const chainProblem = ip.layer === 'ipv6' ? ip.chainProblem : null;
  if (ip.fragmentOffset > 0 || chainProblem) return bare(inner, end, chainProblem);
  const transport = transportOf(bytes, ip, start, end);
  if (transport === null || isProblem(transport)) return bare(inner, end, transport);
  const from = Math.min(end, start + transport.headerLength);
  const payloadLength = Math.max(0, payloadEnd(transport, start, promised) - from);
  const payload = { start: from, end: Math.min(end, from + payloadLength) };
  const quoted =
    inner.followQuotes && 'isError' in transport && transport.isError
      ? parseIp(bytes, payload.start, payload.end, false)
      : null;
  const problem =
    transport.layer === 'tcp' && transport.optionsProblem ? transport.optionsProblem : cutShort(inner, transport.layer);
  return { link, ip, transport, payload, payloadLength, quoted, problem };
}

function transportOf(bytes: Uint8Array, ip: ParsedIpv4 | ParsedIpv6, start: number, end: number) {
  switch (ip.protocol) {
    case TCP_PROTOCOL:
      return parseTcp(bytes, start, end);
    case UDP_PROTOCOL:
      return parseUdp(bytes, start, end);
    case ICMP_PROTOCOL:
      return parseIcmp('icmp', bytes, start, end);
    case ICMPV6_PROTOCOL:
      return parseIcmp('icmpv6', bytes, start, end);
    case NO_NEXT_HEADER:
      return null;
    default:
      return {
        problem: 'unsupported' as const,
        at: start,
        layer: ip.layer,
        message: `IP protocol ${ip.protocol} is not decoded here`,
      };
  }
}

/** UDP has a length of its own, which may be shorter than IP's. */
function payloadEnd(transport: ParsedTcp | ParsedUdp | ParsedIcmp, start: number, promised: number): number {
  if (transport.layer !== 'udp' || transport.length === 0) return promised;
  return Math.min(promised, start + transport.length);
}

function cutShort({ end, promised }: Inner, layer: ParsedTcp['layer'] | ParsedUdp['layer'] | ParsedIcmp['layer']) {
  if (promised <= end) return null;
  const message = `the headers promise ${promised - end} octets more than were captured`;
  return { problem: 'truncated' as const, at: end, layer, message };
}

/** IP without a transport header. */
function bare({ link, ip, start, promised }: Inner, end: number, problem: PacketProblem | null): Packet {
  const payload = { start: Math.min(start, end), end };
  return { link, ip, transport: null, payload, payloadLength: Math.max(0, promised - start), quoted: null, problem };
}

function unread(link: ParsedLink | null, start: number, end: number, problem: PacketProblem): Packet {
  const payload = { start: Math.min(start, end), end };
  return { link, ip: null, transport: null, payload, payloadLength: end - payload.start, quoted: null, problem };
}
