/** IP addresses as octets and as text: RFC 791 §3.2 (dotted decimal by custom), RFC 4291 §2.2, RFC 5952. */
import { read16, read32 } from './octets.ts';

/** How long addresses are. */
const IPV4_OCTETS = 4;
export const IPV6_OCTETS = 16;

/** Whether the text of an address is IPv6's: only that has colons. */
export function isIpv6(text: string): boolean {
  return text.includes(':');
}

/** Four octets as `a.b.c.d`. */
export function ipv4Text(bytes: Uint8Array, at: number): string {
  return `${bytes[at] ?? 0}.${bytes[at + 1] ?? 0}.${bytes[at + 2] ?? 0}.${bytes[at + 3] ?? 0}`;
}

/** An IPv4 address of 32 bits as `a.b.c.d`. */
export function ipv4TextOf(number: number): string {
  return `${number >>> 24}.${(number >>> 16) & 0xff}.${(number >>> 8) & 0xff}.${number & 0xff}`;
}

/** `a.b.c.d` as 32 bits, or `null` when it is no IPv4 address. */
export function ipv4Number(text: string): number | null {
  const octets = parseIpv4(text);
  return octets && read32(octets, 0);
}

/** Sixteen octets in the one form of RFC 5952: lower case, no leading zeros, the longest run of zeros as `::`. */
export function ipv6Text(bytes: Uint8Array, at: number): string {
  if (isMapped(bytes, at)) return `::ffff:${ipv4Text(bytes, at + 12)}`;
  const groups = Array.from({ length: 8 }, (_, index) => read16(bytes, at + 2 * index));
  const { from, length } = longestZeros(groups);
  const text = (part: readonly number[]): string => part.map((group) => group.toString(16)).join(':');
  if (length < 2) return text(groups);
  return `${text(groups.slice(0, from))}::${text(groups.slice(from + length))}`;
}

/** The octets of an address, or `null` when it is none. Takes every form of RFC 4291 §2.2, not zone ids. */
export function parseAddress(text: string): Uint8Array | null {
  return isIpv6(text) ? parseIpv6(text) : parseIpv4(text);
}

function parseIpv4(text: string): Uint8Array | null {
  const parts = text.split('.');
  if (parts.length !== IPV4_OCTETS || !parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255))
    return null;
  return Uint8Array.from(parts, Number);
}

function parseIpv6(text: string): Uint8Array | null {
  const halves = text.split('::');
  if (halves.length > 2) return null;
  const [head = '', tail] = halves;
  const left = parseGroups(head);
  const right = tail === undefined ? [] : parseGroups(tail);
  if (left === null || right === null) return null;
  const missing = 8 - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...left, ...Array<number>(missing).fill(0), ...right];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

function parseGroups(text: string): number[] | null {
  if (text === '') return [];
  const groups: number[] = [];
  const parts = text.split(':');
  for (const [index, part] of parts.entries()) {
    if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else {
      const octets = index === parts.length - 1 ? parseIpv4(part) : null;
      if (octets === null) return null;
      groups.push(read16(octets, 0), read16(octets, 2));
    }
  }
  return groups;
}

function longestZeros(groups: readonly number[]): { from: number; length: number } {
  let best = { from: 0, length: 0 };
  for (let from = 0; from < groups.length; from += 1) {
    let length = 0;
    while (groups[from + length] === 0) length += 1;
    if (length > best.length) best = { from, length };
  }
  return best;
}

/** IPv4-mapped, `::ffff:0:0/96`. */
function isMapped(bytes: Uint8Array, at: number): boolean {
  for (let index = 0; index < 10; index += 1) if (bytes[at + index] !== 0) return false;
  return bytes[at + 10] === 0xff && bytes[at + 11] === 0xff;
}
