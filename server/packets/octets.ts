/** Octet ranges, and the one way a codec says no. */

/** Octets `start` (included) to `end` (excluded) of the buffer that was parsed. */
export interface OctetRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Why octets could not be read as what they claim to be:
 * - `truncated`: fewer octets than the header, or than its own length field says;
 * - `malformed`: a version, type or length that the header's definition does not allow;
 * - `unsupported`: well formed as far as it goes, but a protocol that is not decoded here.
 */
export type PacketProblemKind = 'truncated' | 'malformed' | 'unsupported';

/** A codec never throws: what it could not read it answers as one of these. */
export interface PacketProblem {
  readonly problem: PacketProblemKind;
  /** Octet of the parsed buffer at which reading stopped. */
  readonly at: number;
  /** Header that was being read. */
  readonly layer: LayerName;
  /** Plain English, for people: what was expected and what was found. */
  readonly message: string;
}

/** The headers that are decoded. */
export type LayerName =
  | 'ethernet'
  | 'vlan'
  | 'sll'
  | 'sll2'
  | 'null'
  | 'raw'
  | 'ipv4'
  | 'ipv6'
  | 'ipv6-extension'
  | 'icmp'
  | 'icmpv6'
  | 'tcp'
  | 'udp';

/** Whether a codec said no. */
export function isProblem(parsed: object): parsed is PacketProblem {
  return 'problem' in parsed;
}

/** A header that would need `needed` octets, where there are fewer. */
export function truncated(layer: LayerName, at: number, needed: number, found: number): PacketProblem {
  const message = `the ${layer} header needs ${needed} octets; ${Math.max(0, found)} were captured`;
  return { problem: 'truncated', at, layer, message };
}

/** A header that its definition does not allow. */
export function malformed(layer: LayerName, at: number, message: string): PacketProblem {
  return { problem: 'malformed', at, layer, message };
}

/** Octets `at` and `at + 1` as an unsigned number in network byte order. The caller has checked that they are there. */
export function read16(bytes: Uint8Array, at: number): number {
  return ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
}

/** Four octets, likewise. */
export function read32(bytes: Uint8Array, at: number): number {
  return (
    (((bytes[at] ?? 0) << 24) | ((bytes[at + 1] ?? 0) << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0
  );
}

/** Writes the low 16 bits of a value in network byte order. */
export function write16(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = (value >>> 8) & 0xff;
  bytes[at + 1] = value & 0xff;
}

/** Writes the low 32 bits of a value in network byte order. */
export function write32(bytes: Uint8Array, at: number, value: number): void {
  bytes[at] = (value >>> 24) & 0xff;
  bytes[at + 1] = (value >>> 16) & 0xff;
  bytes[at + 2] = (value >>> 8) & 0xff;
  bytes[at + 3] = value & 0xff;
}
