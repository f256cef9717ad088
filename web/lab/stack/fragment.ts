/** Cutting a packet into fragments: RFC 791 §2.3 and §3.2, "An Example Fragmentation Procedure". */

import { IPV4_HEADER_OCTETS, parseIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { isProblem } from '#packets/octets.ts';

/** RFC 791 §3.2: every link carries 68 octets, the longest header and eight octets of data. */
export const MIN_MTU = 68;
/** The longest packet there is. */
export const MAX_MTU = 0xffff;

/**
 * The packet in pieces of at most `mtu` octets; itself where it fits. A packet that may not be fragmented must not be
 * handed in. Works on fragments too, as a router's does.
 */
export function fragment(packet: Uint8Array, mtu: number): readonly Uint8Array[] {
  if (packet.length <= mtu) return [packet];
  const ip = parseIpv4(packet, 0, packet.length);
  if (isProblem(ip)) return [packet];
  const payload = packet.subarray(ip.headerLength);
  const pieces: Uint8Array[] = [];
  for (let from = 0; from < payload.length; ) {
    const options = from === 0 ? ip.options : copiedOptions(ip.options);
    const headerLength = IPV4_HEADER_OCTETS + options.length;
    // Offsets count in units of eight octets.
    const room = Math.max(8, (Math.max(mtu, MIN_MTU) - headerLength) & ~7);
    const to = Math.min(payload.length, from + room);
    const moreFragments = to < payload.length || ip.moreFragments;
    const header = { ...ip, options, moreFragments, fragmentOffset: ip.fragmentOffset + from };
    pieces.push(serializeIpv4(header, payload.subarray(from, to)));
    from = to;
  }
  return pieces;
}

/** RFC 791 §3.1: options whose first bit is set go into every fragment; the others only into the first. */
function copiedOptions(options: Uint8Array): Uint8Array {
  const copied: number[] = [];
  for (let at = 0; at < options.length; ) {
    const type = options[at] ?? 0;
    if (type === 0) break;
    const length = type === 1 ? 1 : Math.max(2, options[at + 1] ?? 2);
    if (type & 0x80) copied.push(...options.subarray(at, at + length));
    at += length;
  }
  while (copied.length % 4 !== 0) copied.push(0);
  return Uint8Array.from(copied);
}
