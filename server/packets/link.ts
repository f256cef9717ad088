/** Link layers, by the numbers of the registry of link-layer types (tcpdump.org, draft-ietf-opsawg-pcaplinktype). */
import { malformed, type PacketProblem, read16, read32, truncated } from './octets.ts';

/** Link-layer types that are decoded. BSD's own numbers of "raw IP" differ; all of them are known. */
export const LINK_TYPES = {
  null: 0,
  ethernet: 1,
  rawBsd: 12,
  rawOpenbsd: 14,
  raw: 101,
  loop: 108,
  linuxSll: 113,
  ipv4: 228,
  ipv6: 229,
  linuxSll2: 276,
} as const;

/** EtherTypes (IANA). */
export const ETHER_TYPES = { ipv4: 0x0800, arp: 0x0806, vlan: 0x8100, ipv6: 0x86dd, qinq: 0x88a8 } as const;

/** What a link-layer header says. */
export interface ParsedLink {
  readonly layer: 'ethernet' | 'sll' | 'sll2' | 'null' | 'raw';
  readonly at: number;
  /** Octets before the network header, 802.1Q tags included. */
  readonly headerLength: number;
  /** EtherType of what follows; 0 when it is none that is known. */
  readonly etherType: number;
  /** 802.1Q tags, each the octet where its four octets begin (at the EtherType that names it). */
  readonly tags: readonly number[];
}

const NO_TAGS: readonly number[] = [];

/** 802.1Q tags followed in one frame. */
const MAX_TAGS = 4;

/** Reads the link-layer header at the beginning of a frame. */
export function parseLink(bytes: Uint8Array, end: number, linkType: number): ParsedLink | PacketProblem {
  switch (linkType) {
    case LINK_TYPES.ethernet:
      return parseEthernet(bytes, end);
    case LINK_TYPES.linuxSll:
      return fixed(bytes, end, 'sll', 16, 14);
    case LINK_TYPES.linuxSll2:
      return fixed(bytes, end, 'sll2', 20, 0);
    case LINK_TYPES.null:
    case LINK_TYPES.loop:
      return parseNull(bytes, end, linkType === LINK_TYPES.loop);
    case LINK_TYPES.raw:
    case LINK_TYPES.rawBsd:
    case LINK_TYPES.rawOpenbsd:
    case LINK_TYPES.ipv4:
    case LINK_TYPES.ipv6:
      return parseRaw(bytes, end);
    default:
      return {
        problem: 'unsupported',
        at: 0,
        layer: 'raw',
        message: `link-layer type ${linkType} is not decoded here`,
      };
  }
}

function parseEthernet(bytes: Uint8Array, end: number): ParsedLink | PacketProblem {
  if (end < 14) return truncated('ethernet', 0, 14, end);
  let at = 12;
  let etherType = read16(bytes, at);
  let tags: number[] | null = null;
  while (etherType === ETHER_TYPES.vlan || etherType === ETHER_TYPES.qinq) {
    if (end < at + 6) return truncated('vlan', at, 4, end - at - 2);
    if (tags && tags.length >= MAX_TAGS) return malformed('vlan', at, `more than ${MAX_TAGS} tags`);
    tags ??= [];
    tags.push(at);
    at += 4;
    etherType = read16(bytes, at);
  }
  return { layer: 'ethernet', at: 0, headerLength: at + 2, etherType, tags: tags ?? NO_TAGS };
}

/** A header of a fixed length with the EtherType at a fixed place. */
function fixed(
  bytes: Uint8Array,
  end: number,
  layer: 'sll' | 'sll2',
  headerLength: number,
  typeAt: number,
): ParsedLink | PacketProblem {
  if (end < headerLength) return truncated(layer, 0, headerLength, end);
  return { layer, at: 0, headerLength, etherType: read16(bytes, typeAt), tags: NO_TAGS };
}

/** Address families of the BSDs: AF_INET is 2 everywhere; AF_INET6 is 24, 28 or 30. */
const INET = 2;
const INET6: ReadonlySet<number> = new Set([10, 24, 28, 30]);

/** LOOP has the family in network byte order, NULL in that of the host that captured it. */
function parseNull(bytes: Uint8Array, end: number, bigEndian: boolean): ParsedLink | PacketProblem {
  if (end < 4) return truncated('null', 0, 4, end);
  const network = read32(bytes, 0);
  const swapped = ((bytes[3] ?? 0) << 24) | ((bytes[2] ?? 0) << 16) | ((bytes[1] ?? 0) << 8) | (bytes[0] ?? 0);
  const family = bigEndian || network <= 0xffff ? network : swapped >>> 0;
  const etherType = family === INET ? ETHER_TYPES.ipv4 : INET6.has(family) ? ETHER_TYPES.ipv6 : 0;
  return { layer: 'null', at: 0, headerLength: 4, etherType, tags: NO_TAGS };
}

/** No header at all: the first four bits of IP say which it is. */
function parseRaw(bytes: Uint8Array, end: number): ParsedLink | PacketProblem {
  if (end < 1) return truncated('raw', 0, 1, end);
  const version = (bytes[0] ?? 0) >> 4;
  const etherType = version === 4 ? ETHER_TYPES.ipv4 : version === 6 ? ETHER_TYPES.ipv6 : 0;
  return { layer: 'raw', at: 0, headerLength: 0, etherType, tags: NO_TAGS };
}
