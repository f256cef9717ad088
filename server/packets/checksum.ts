/** The Internet checksum: RFC 1071; with the pseudo-header of TCP and UDP: RFC 9293 §3.1, RFC 768, RFC 8200 §8.1. */
import { isIpv6, parseAddress } from './address.ts';

/**
 * Sum of 16-bit words, not folded: add further sums to it, then `finish`. An odd last octet is padded with zero on its
 * right (RFC 1071 §4.1). Exact for up to 2³⁷ octets.
 */
export function sumOctets(bytes: Uint8Array, start: number, end: number, sum = 0): number {
  let total = sum;
  let at = start;
  // Four words at a time: it is taken for every octet that is sent or received.
  for (; at + 8 <= end; at += 8) {
    total +=
      (((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0)) +
      (((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) +
      (((bytes[at + 4] ?? 0) << 8) | (bytes[at + 5] ?? 0)) +
      (((bytes[at + 6] ?? 0) << 8) | (bytes[at + 7] ?? 0));
  }
  const even = end - ((end - start) & 1);
  for (; at < even; at += 2) total += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  if (even < end) total += (bytes[even] ?? 0) << 8;
  return total;
}

/** Folds a sum into 16 bits with end-around carry. */
export function fold(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x1_0000) + Math.floor(folded / 0x1_0000);
  return folded;
}

/** The checksum that a header carries: the ones' complement of the folded sum. */
export function finish(sum: number): number {
  return ~fold(sum) & 0xffff;
}

/** The checksum of octets `start` to `end`; 0 when they hold a right one. */
export function internetChecksum(bytes: Uint8Array, start: number, end: number, sum = 0): number {
  return finish(sumOctets(bytes, start, end, sum));
}

/**
 * Sum of the pseudo-header: both addresses, the protocol, and the length of the segment in octets. IPv4 and IPv6 lay
 * the same numbers out differently; their sums are made alike.
 */
export function pseudoHeaderSum(source: string, destination: string, protocol: number, length: number): number {
  return addressSum(source) + addressSum(destination) + protocol + (length >>> 16) + (length & 0xffff);
}

/** The same for IPv4 addresses of 32 bits. */
export function ipv4PseudoHeaderSum(source: number, destination: number, protocol: number, length: number): number {
  const addresses = (source >>> 16) + (source & 0xffff) + (destination >>> 16) + (destination & 0xffff);
  return addresses + protocol + length;
}

function addressSum(text: string): number {
  if (!isIpv6(text)) return ipv4Sum(text);
  const octets = parseAddress(text);
  return octets ? sumOctets(octets, 0, octets.length) : 0;
}

/** ASCII. */
const DOT = 46;
const ZERO = 48;

/** The sum of `a.b.c.d` without an array in between: it is taken for every packet that is made. */
function ipv4Sum(text: string): number {
  let sum = 0;
  let value = 0;
  let high = true;
  for (let at = 0; at <= text.length; at += 1) {
    const code = at < text.length ? text.charCodeAt(at) : DOT;
    if (code !== DOT) {
      value = value * 10 + code - ZERO;
      continue;
    }
    sum += high ? value << 8 : value;
    high = !high;
    value = 0;
  }
  return sum;
}
