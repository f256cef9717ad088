import { isIPv4 } from 'node:net';

/**
 * The name under which DNS keeps the names of an address: RFC 1035 §3.5 for IPv4 (`1.0.0.127.in-addr.arpa`), RFC 3596 §2.5 for
 * IPv6, one nibble a label.
 */
export function reverseName(address: string): string {
  if (isIPv4(address)) return `${address.split('.').reverse().join('.')}.in-addr.arpa`;
  return `${nibblesOf(address).reverse().join('.')}.ip6.arpa`;
}

/** All 32 hexadecimal digits of an IPv6 address. */
function nibblesOf(address: string): string[] {
  // The URL parser writes the address in its shortest form, an IPv4 tail in hexadecimal.
  const { hostname } = new URL(`http://[${address}]`);
  const [head = '', tail] = hostname.slice(1, -1).split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail ? tail.split(':') : [];
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => '0');
  return [...left, ...zeros, ...right].flatMap((group) => [...group.padStart(4, '0')]);
}
