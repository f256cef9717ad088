import { MAX_FILTER_PORTS } from './limits.ts';

/**
 * What the kernel is asked for, in the language of pcap-filter(7): TCP and UDP of these ports, and ICMP errors that quote
 * one of them. A quoted packet's ports lie behind 8 octets of ICMP and 20 of IPv4 without options, or 40 of IPv6.
 */
export function captureFilter(ports: Iterable<number>): string {
  const sorted = [...new Set(ports)].sort((a, b) => a - b).slice(0, MAX_FILTER_PORTS);
  if (sorted.length === 0) return 'less 1';
  const any = (term: (port: number) => string): string => sorted.map(term).join(' or ');
  return [
    any((port) => `port ${port}`),
    `icmp and (${any((port) => `icmp[28:2] = ${port} or icmp[30:2] = ${port}`)})`,
    `icmp6 and (${any((port) => `ip6[88:2] = ${port} or ip6[90:2] = ${port}`)})`,
  ]
    .map((part) => `(${part})`)
    .join(' or ');
}
