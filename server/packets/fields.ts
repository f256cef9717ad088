/** Every field of a packet, in the order of the wire. */
import { type Field, layOut, readField, readFields } from './field.ts';
import {
  ETHERNET_FIELDS,
  ICMP_ECHO_FIELDS,
  ICMP_FIELDS,
  ICMP_FRAGMENTATION_FIELDS,
  ICMPV6_ECHO_FIELDS,
  ICMPV6_FIELDS,
  IPV4_FIELDS,
  IPV6_EXTENSION_FIELDS,
  IPV6_FIELDS,
  IPV6_FRAGMENT_FIELDS,
  NULL_FIELDS,
  SLL_FIELDS,
  SLL2_FIELDS,
  TCP_FIELDS,
  TCP_OPTION_ROWS,
  UDP_FIELDS,
  VLAN_FIELDS,
} from './field-tables.ts';
import { ICMP_TYPES, type ParsedIcmp, UNREACHABLE_CODES } from './icmp.ts';
import { IPV4_HEADER_OCTETS, type ParsedIpv4 } from './ipv4.ts';
import { EXTENSIONS, type ParsedIpv6 } from './ipv6.ts';
import type { ParsedLink } from './link.ts';
import type { Packet } from './packet.ts';
import { optionLength, type ParsedTcp, TCP_HEADER_OCTETS, type TcpOption } from './tcp.ts';

/** Options have RFC 9293's form: kind, and length behind it. */
const OPTION_SOURCE = 'RFC 9293 §3.2';

/**
 * The fields of every header of `packet`, quoted ones included; they are worked out when asked for. A TCP header that was
 * cut short has those that were left of it: an ICMP error need not quote more than 64 bits of it (RFC 792).
 */
export function fieldsOf(bytes: Uint8Array, packet: Packet): Field[] {
  return [
    ...(packet.link ? linkFields(bytes, packet.link) : []),
    ...(packet.ip ? ipFields(bytes, packet.ip) : []),
    ...(packet.transport ? transportFields(bytes, packet.transport) : fieldsOfCutTcp(bytes, packet)),
    ...(packet.quoted ? fieldsOf(bytes, packet.quoted).map((field) => ({ ...field, quoted: true })) : []),
  ];
}

function fieldsOfCutTcp(bytes: Uint8Array, { payload, problem }: Packet): Field[] {
  if (problem?.problem !== 'truncated' || problem.layer !== 'tcp') return [];
  return readFields(bytes.subarray(0, payload.end), 'tcp', payload.start, TCP_FIELDS);
}

/**
 * The field that holds an octet, or `null`: then it is payload, padding, or was not read.
 *
 * @param chosen When it is one of several that share the octet, the next of these is given, so that each can be reached
 *   from its octet. Default: none, and the first is given.
 */
export function fieldAt(fields: readonly Field[], octet: number, chosen: Field | null = null): Field | null {
  const sharing = fields.filter(({ bit, bits }) => bit < (octet + 1) * 8 && bit + bits > octet * 8);
  const at = sharing.findIndex(({ bit }) => bit === chosen?.bit);
  return sharing[(at + 1) % sharing.length] ?? null;
}

function linkFields(bytes: Uint8Array, link: ParsedLink): Field[] {
  switch (link.layer) {
    case 'ethernet':
      // The first tag takes the place of the EtherType.
      return [
        ...readFields(bytes, 'ethernet', 0, link.tags.length > 0 ? ETHERNET_FIELDS.slice(0, 2) : ETHERNET_FIELDS),
        ...link.tags.flatMap((at, index) =>
          readFields(bytes, 'vlan', at, index === link.tags.length - 1 ? VLAN_FIELDS : VLAN_FIELDS.slice(0, 4)),
        ),
      ];
    case 'sll':
      return readFields(bytes, 'sll', 0, SLL_FIELDS);
    case 'sll2':
      return readFields(bytes, 'sll2', 0, SLL2_FIELDS);
    case 'null':
      return readFields(bytes, 'null', 0, NULL_FIELDS);
    case 'raw':
      return [];
  }
}

function ipFields(bytes: Uint8Array, ip: ParsedIpv4 | ParsedIpv6): Field[] {
  if (ip.layer === 'ipv4') {
    const fixed = readFields(bytes, 'ipv4', ip.at, IPV4_FIELDS);
    if (ip.options.length === 0) return fixed;
    const row = ['ip.options', ip.options.length * 8, 'octets'] as const;
    return [...fixed, ...readField(bytes, 'ipv4', ip.at + IPV4_HEADER_OCTETS, row, 'RFC 791 §3.1')];
  }
  return [
    ...readFields(bytes, 'ipv6', ip.at, IPV6_FIELDS),
    ...ip.extensions.flatMap(({ type, at, length }) => extensionFields(bytes, type, at, length)),
  ];
}

function extensionFields(bytes: Uint8Array, type: number, at: number, length: number): Field[] {
  if (type === EXTENSIONS.fragment) return readFields(bytes, 'ipv6-extension', at, IPV6_FRAGMENT_FIELDS);
  const rest = ['ipv6.ext.data', (length - 2) * 8, 'octets'] as const;
  return [
    ...readFields(bytes, 'ipv6-extension', at, IPV6_EXTENSION_FIELDS),
    ...readField(bytes, 'ipv6-extension', at + 2, rest, 'RFC 8200 §4'),
  ];
}

function transportFields(bytes: Uint8Array, transport: NonNullable<Packet['transport']>): Field[] {
  if (transport.layer === 'udp') return readFields(bytes, 'udp', transport.at, UDP_FIELDS);
  if (transport.layer !== 'tcp') return readFields(bytes, transport.layer, transport.at, icmpTable(transport));
  return [...readFields(bytes, 'tcp', transport.at, TCP_FIELDS), ...optionFields(bytes, transport)];
}

function icmpTable({ layer, type, code, identifier }: ParsedIcmp) {
  if (layer === 'icmpv6') return identifier === null ? ICMPV6_FIELDS : ICMPV6_ECHO_FIELDS;
  if (identifier !== null) return ICMP_ECHO_FIELDS;
  const needsFragmentation = type === ICMP_TYPES.unreachable && code === UNREACHABLE_CODES.fragmentationNeeded;
  return needsFragmentation ? ICMP_FRAGMENTATION_FIELDS : ICMP_FIELDS;
}

function optionFields(bytes: Uint8Array, tcp: ParsedTcp): Field[] {
  const fields: Field[] = [];
  let at = tcp.at + TCP_HEADER_OCTETS;
  const end = tcp.at + tcp.headerLength;
  for (const option of tcp.options) {
    fields.push(...fieldsOfOption(bytes, at, option));
    at += optionLength(option);
  }
  if (at < end) {
    const row = ['tcp.options.padding', (end - at) * 8, 'octets'] as const;
    fields.push(...readField(bytes, 'tcp', at, row, OPTION_SOURCE));
  }
  return fields;
}

function fieldsOfOption(bytes: Uint8Array, at: number, option: TcpOption): Field[] {
  const kind = readField(bytes, 'tcp', at, ['tcp.option_kind', 8, 'number'], OPTION_SOURCE);
  if (option.kind === 'nop' || option.kind === 'end') return kind;
  const begin = [...kind, ...readField(bytes, 'tcp', at + 1, ['tcp.option_len', 8, 'number'], OPTION_SOURCE)];
  if (option.kind === 'unknown') {
    if (option.data.length === 0) return begin;
    const row = ['tcp.options.unknown', option.data.length * 8, 'octets'] as const;
    return [...begin, ...readField(bytes, 'tcp', at + 2, row, OPTION_SOURCE)];
  }
  if (option.kind === 'sack') {
    const rows = option.blocks.flatMap(
      () =>
        [
          ['tcp.options.sack_le', 32, 'number'],
          ['tcp.options.sack_re', 32, 'number'],
        ] as const,
    );
    return [...begin, ...readFields(bytes, 'tcp', at + 2, layOut('RFC 2018 §3', rows))];
  }
  const { source, rows } = TCP_OPTION_ROWS[option.kind];
  return [...begin, ...readFields(bytes, 'tcp', at + 2, layOut(source, rows))];
}

/** Every name that `fieldsOf` may give, for whoever has a sentence for each. */
export const FIELD_NAMES: readonly string[] = [
  ...new Set([
    ...[
      ETHERNET_FIELDS,
      VLAN_FIELDS,
      SLL_FIELDS,
      SLL2_FIELDS,
      NULL_FIELDS,
      IPV4_FIELDS,
      IPV6_FIELDS,
      IPV6_FRAGMENT_FIELDS,
      IPV6_EXTENSION_FIELDS,
      TCP_FIELDS,
      UDP_FIELDS,
      ICMP_FIELDS,
      ICMP_ECHO_FIELDS,
      ICMP_FRAGMENTATION_FIELDS,
      ICMPV6_FIELDS,
      ICMPV6_ECHO_FIELDS,
    ].flatMap((table) => table.map(({ name }) => name)),
    ...Object.values(TCP_OPTION_ROWS).flatMap(({ rows }) => rows.map(([name]) => name)),
    'ip.options',
    'ipv6.ext.data',
    'tcp.option_kind',
    'tcp.option_len',
    'tcp.options.sack_le',
    'tcp.options.sack_re',
    'tcp.options.unknown',
    'tcp.options.padding',
  ]),
];
