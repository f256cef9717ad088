/** Where the fixed fields of every header lie. */
import { layOut } from './field.ts';

/** IEEE 802.3 §3.1.1. */
export const ETHERNET_FIELDS = layOut('IEEE 802.3 §3.1.1', [
  ['eth.dst', 48, 'mac'],
  ['eth.src', 48, 'mac'],
  ['eth.type', 16, 'hex'],
]);

/** A tag of 802.1Q, and the EtherType behind it. */
export const VLAN_FIELDS = layOut('IEEE 802.1Q §9.6', [
  ['vlan.tpid', 16, 'hex'],
  ['vlan.priority', 3, 'number'],
  ['vlan.dei', 1, 'number'],
  ['vlan.id', 12, 'number'],
  ['vlan.etype', 16, 'hex'],
]);

/** The pseudo-header of Linux's "any" device. */
export const SLL_FIELDS = layOut('LINKTYPE_LINUX_SLL', [
  ['sll.pkttype', 16, 'number'],
  ['sll.hatype', 16, 'number'],
  ['sll.halen', 16, 'number'],
  ['sll.addr', 64, 'octets'],
  ['sll.etype', 16, 'hex'],
]);

/** Its second version. */
export const SLL2_FIELDS = layOut('LINKTYPE_LINUX_SLL2', [
  ['sll2.etype', 16, 'hex'],
  ['sll2.reserved', 16, 'hex'],
  ['sll2.ifindex', 32, 'number'],
  ['sll2.hatype', 16, 'number'],
  ['sll2.pkttype', 8, 'number'],
  ['sll2.halen', 8, 'number'],
  ['sll2.addr', 64, 'octets'],
]);

/**
 * What stands before a packet on a BSD loopback: the address family, in the byte order of the machine that captured
 * it.
 */
export const NULL_FIELDS = layOut('LINKTYPE_NULL', [['null.family', 32, 'octets']]);

/** An IPv4 header without options. */
export const IPV4_FIELDS = layOut('RFC 791 §3.1', [
  ['ip.version', 4, 'number'],
  ['ip.hdr_len', 4, 'words'],
  ['ip.dsfield', 8, 'hex'],
  ['ip.len', 16, 'number'],
  ['ip.id', 16, 'hex'],
  ['ip.flags.rb', 1, 'number'],
  ['ip.flags.df', 1, 'number'],
  ['ip.flags.mf', 1, 'number'],
  ['ip.frag_offset', 13, 'eighths'],
  ['ip.ttl', 8, 'number'],
  ['ip.proto', 8, 'number'],
  ['ip.checksum', 16, 'hex'],
  ['ip.src', 32, 'ipv4'],
  ['ip.dst', 32, 'ipv4'],
]);

/** An IPv6 header without extensions. */
export const IPV6_FIELDS = layOut('RFC 8200 §3', [
  ['ipv6.version', 4, 'number'],
  ['ipv6.tclass', 8, 'hex'],
  ['ipv6.flow', 20, 'hex'],
  ['ipv6.plen', 16, 'number'],
  ['ipv6.nxt', 8, 'number'],
  ['ipv6.hlim', 8, 'number'],
  ['ipv6.src', 128, 'ipv6'],
  ['ipv6.dst', 128, 'ipv6'],
]);

/** The extension that makes a packet a fragment. */
export const IPV6_FRAGMENT_FIELDS = layOut('RFC 8200 §4.5', [
  ['ipv6.fraghdr.nxt', 8, 'number'],
  ['ipv6.fraghdr.reserved', 8, 'number'],
  ['ipv6.fraghdr.offset', 13, 'eighths'],
  ['ipv6.fraghdr.reserved_bits', 2, 'number'],
  ['ipv6.fraghdr.more', 1, 'number'],
  ['ipv6.fraghdr.ident', 32, 'hex'],
]);

/** How every other extension begins. */
export const IPV6_EXTENSION_FIELDS = layOut('RFC 8200 §4', [
  ['ipv6.ext.nxt', 8, 'number'],
  ['ipv6.ext.len', 8, 'number'],
]);

/** A TCP header without options. */
export const TCP_FIELDS = layOut('RFC 9293 §3.1', [
  ['tcp.srcport', 16, 'number'],
  ['tcp.dstport', 16, 'number'],
  ['tcp.seq', 32, 'number'],
  ['tcp.ack', 32, 'number'],
  ['tcp.hdr_len', 4, 'words'],
  ['tcp.flags.res', 4, 'number'],
  ['tcp.flags.cwr', 1, 'number'],
  ['tcp.flags.ece', 1, 'number'],
  ['tcp.flags.urg', 1, 'number'],
  ['tcp.flags.ack', 1, 'number'],
  ['tcp.flags.push', 1, 'number'],
  ['tcp.flags.reset', 1, 'number'],
  ['tcp.flags.syn', 1, 'number'],
  ['tcp.flags.fin', 1, 'number'],
  ['tcp.window', 16, 'number'],
  ['tcp.checksum', 16, 'hex'],
  ['tcp.urgent_pointer', 16, 'number'],
]);

/** A UDP header. */
export const UDP_FIELDS = layOut('RFC 768', [
  ['udp.srcport', 16, 'number'],
  ['udp.dstport', 16, 'number'],
  ['udp.length', 16, 'number'],
  ['udp.checksum', 16, 'hex'],
]);

const ICMP_BEGIN = [
  ['icmp.type', 8, 'number'],
  ['icmp.code', 8, 'number'],
  ['icmp.checksum', 16, 'hex'],
] as const;

/** An ICMP message, as far as all have it in common. */
export const ICMP_FIELDS = layOut('RFC 792', [...ICMP_BEGIN, ['icmp.rest', 32, 'octets']]);

/** An echo, or its reply. */
export const ICMP_ECHO_FIELDS = layOut('RFC 792', [
  ...ICMP_BEGIN,
  ['icmp.ident', 16, 'number'],
  ['icmp.seq', 16, 'number'],
]);

/** RFC 1191 §4: the MTU of the next hop, where RFC 792 had nothing. */
export const ICMP_FRAGMENTATION_FIELDS = layOut('RFC 1191 §4', [
  ...ICMP_BEGIN,
  ['icmp.unused', 16, 'hex'],
  ['icmp.mtu', 16, 'number'],
]);

const ICMPV6_BEGIN = [
  ['icmpv6.type', 8, 'number'],
  ['icmpv6.code', 8, 'number'],
  ['icmpv6.checksum', 16, 'hex'],
] as const;

/** An ICMPv6 message, as far as all have it in common. */
export const ICMPV6_FIELDS = layOut('RFC 4443 §2.1', [...ICMPV6_BEGIN, ['icmpv6.rest', 32, 'octets']]);

/** An echo of ICMPv6, or its reply. */
export const ICMPV6_ECHO_FIELDS = layOut('RFC 4443 §4', [
  ...ICMPV6_BEGIN,
  ['icmpv6.ident', 16, 'number'],
  ['icmpv6.seq', 16, 'number'],
]);

/** A TCP option's first two octets are kind and length; the rows here are what follows. */
export const TCP_OPTION_ROWS = {
  mss: { source: 'RFC 9293 §3.7.1', rows: [['tcp.options.mss_val', 16, 'number']] },
  'window-scale': { source: 'RFC 7323 §2.2', rows: [['tcp.options.wscale.shift', 8, 'number']] },
  'sack-permitted': { source: 'RFC 2018 §2', rows: [] },
  timestamps: {
    source: 'RFC 7323 §3.2',
    rows: [
      ['tcp.options.timestamp.tsval', 32, 'number'],
      ['tcp.options.timestamp.tsecr', 32, 'number'],
    ],
  },
} as const;
