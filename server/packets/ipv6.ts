/** IPv6 headers and their chain of extension headers: RFC 8200 §3, §4. */
import { IPV6_OCTETS, ipv6Text, parseAddress } from './address.ts';
import { malformed, type PacketProblem, read16, read32, truncated, write16, write32 } from './octets.ts';

/** The fixed header; extensions come behind it. */
const IPV6_HEADER_OCTETS = 40;

/** Extension headers followed before a packet is called malformed. */
const MAX_EXTENSIONS = 16;

/** Next Header values of the extension headers (IANA). */
export const EXTENSIONS = { hopByHop: 0, routing: 43, fragment: 44, authentication: 51, destination: 60 } as const;

/** "No next header" (RFC 8200 §4.7). */
export const NO_NEXT_HEADER = 59;

/** An IPv6 header's values; the payload length follows from the payload. */
export interface Ipv6Header {
  /** In the form of RFC 5952. */
  readonly source: string;
  readonly destination: string;
  readonly nextHeader: number;
  readonly hopLimit: number;
  readonly trafficClass: number;
  readonly flowLabel: number;
}

/** One extension header: where it lies, and what follows it. */
export interface Ipv6Extension {
  readonly type: number;
  readonly at: number;
  readonly length: number;
  readonly nextHeader: number;
}

/** A header as it was read, and the chain behind it. */
export interface ParsedIpv6 extends Ipv6Header {
  readonly layer: 'ipv6';
  readonly at: number;
  /** Octets of the fixed header and of all extension headers. */
  readonly headerLength: number;
  /** Octets behind the fixed header, as it says; 0 for a jumbogram or where the interface segments. */
  readonly payloadLength: number;
  readonly extensions: readonly Ipv6Extension[];
  /** What follows the chain: 6 TCP, 17 UDP, 58 ICMPv6 … */
  readonly protocol: number;
  /** Of a fragment, in octets; 0 when it is none or the first. */
  readonly fragmentOffset: number;
  readonly moreFragments: boolean;
  readonly identification: number | null;
  /** What could not be read of the chain; the fixed header stands. */
  readonly chainProblem: PacketProblem | null;
}

const NO_EXTENSIONS: readonly Ipv6Extension[] = [];

/** Reads the header that begins at `start`, and follows its extension headers. */
export function parseIpv6(bytes: Uint8Array, start: number, end: number): ParsedIpv6 | PacketProblem {
  if (end - start < IPV6_HEADER_OCTETS) return truncated('ipv6', start, IPV6_HEADER_OCTETS, end - start);
  const first = read32(bytes, start);
  if (first >>> 28 !== 6) return malformed('ipv6', start, `the version is ${first >>> 28}, not 6`);
  const nextHeader = bytes[start + 6] ?? 0;
  const chain = isExtension(nextHeader) ? followChain(bytes, start + IPV6_HEADER_OCTETS, end, nextHeader) : null;
  const fragment = chain?.extensions.find(({ type }) => type === EXTENSIONS.fragment);
  const placement = fragment ? read16(bytes, fragment.at + 2) : 0;
  return {
    layer: 'ipv6',
    at: start,
    headerLength: IPV6_HEADER_OCTETS + (chain?.length ?? 0),
    trafficClass: (first >>> 20) & 0xff,
    flowLabel: first & 0xf_ffff,
    payloadLength: read16(bytes, start + 4),
    nextHeader,
    hopLimit: bytes[start + 7] ?? 0,
    source: ipv6Text(bytes, start + 8),
    destination: ipv6Text(bytes, start + 24),
    extensions: chain?.extensions ?? NO_EXTENSIONS,
    protocol: chain?.protocol ?? nextHeader,
    fragmentOffset: placement & 0xfff8,
    moreFragments: (placement & 1) === 1,
    identification: fragment ? read32(bytes, fragment.at + 4) : null,
    chainProblem: chain?.problem ?? null,
  };
}

function isExtension(type: number): boolean {
  return (
    type === EXTENSIONS.hopByHop ||
    type === EXTENSIONS.routing ||
    type === EXTENSIONS.fragment ||
    type === EXTENSIONS.authentication ||
    type === EXTENSIONS.destination
  );
}

interface Chain {
  readonly extensions: readonly Ipv6Extension[];
  readonly length: number;
  readonly protocol: number;
  readonly problem: PacketProblem | null;
}

function followChain(bytes: Uint8Array, start: number, end: number, first: number): Chain {
  const extensions: Ipv6Extension[] = [];
  let at = start;
  let type = first;
  const chain = (problem: PacketProblem | null): Chain => ({ extensions, length: at - start, protocol: type, problem });
  while (isExtension(type)) {
    if (extensions.length >= MAX_EXTENSIONS)
      return chain(malformed('ipv6-extension', at, `more than ${MAX_EXTENSIONS} extension headers`));
    if (end - at < 8) return chain(truncated('ipv6-extension', at, 8, end - at));
    const length = extensionLength(bytes, at, type);
    if (at + length > end) return chain(truncated('ipv6-extension', at, length, end - at));
    const nextHeader = bytes[at] ?? 0;
    extensions.push({ type, at, length, nextHeader });
    at += length;
    type = nextHeader;
    // What follows a later fragment's header is not a header (RFC 8200 §4.5).
    if (extensions.at(-1)?.type === EXTENSIONS.fragment && (read16(bytes, at - 6) & 0xfff8) !== 0) break;
  }
  return chain(null);
}

/** In 8-octet units without the first (RFC 8200 §4.3); the fragment header is fixed; AH counts 4 (RFC 4302 §2.2). */
function extensionLength(bytes: Uint8Array, at: number, type: number): number {
  const field = bytes[at + 1] ?? 0;
  if (type === EXTENSIONS.fragment) return 8;
  return type === EXTENSIONS.authentication ? (field + 2) * 4 : (field + 1) * 8;
}

/** The packet on the wire. Throws a RangeError when an address is none or the payload longer than 65,535 octets. */
export function serializeIpv6(header: Ipv6Header, payload: Uint8Array): Uint8Array {
  if (payload.length > 0xffff) throw new RangeError(`an IPv6 payload has at most 65535 octets, not ${payload.length}`);
  const bytes = new Uint8Array(IPV6_HEADER_OCTETS + payload.length);
  write32(bytes, 0, ((6 << 28) | (header.trafficClass << 20) | header.flowLabel) >>> 0);
  write16(bytes, 4, payload.length);
  bytes[6] = header.nextHeader;
  bytes[7] = header.hopLimit;
  bytes.set(addressOf(header.source), 8);
  bytes.set(addressOf(header.destination), 24);
  bytes.set(payload, IPV6_HEADER_OCTETS);
  return bytes;
}

function addressOf(text: string): Uint8Array {
  const octets = parseAddress(text);
  if (octets?.length !== IPV6_OCTETS) throw new RangeError(`${JSON.stringify(text)} is no IPv6 address`);
  return octets;
}
