/** One line on a packet, in the field's own abbreviations: the same in every language. */
import { ICMP_TYPES, ICMPV6_TYPES, type ParsedIcmp, UNREACHABLE_CODES } from '#packets/icmp.ts';
import type { Packet } from '#packets/packet.ts';
import { type ParsedTcp, TCP_FLAGS, type TcpOption } from '#packets/tcp.ts';
import type { FollowedSegment } from '#packets/tcp-follow.ts';

/** Names of the control bits that are set, in the order in which people say them. */
export function flagNames(flags: number): string[] {
  const order = ['syn', 'fin', 'rst', 'psh', 'ack', 'urg', 'ece', 'cwr'] as const;
  return order.filter((name) => (flags & TCP_FLAGS[name]) !== 0).map((name) => name.toUpperCase());
}

/** `TCP`, `UDP`, `ICMP` …, or the innermost header that was read. */
export function protocolName({ transport, ip, link }: Packet): string {
  return (transport?.layer ?? ip?.layer ?? link?.layer ?? '?').toUpperCase();
}

/**
 * What a packet says, short. `followed` gives numbers counted from the beginning; without it, or `absolute`, they are the
 * wire's.
 */
export function infoOf(packet: Packet, followed: FollowedSegment | null = null, absolute = false): string {
  const { transport, ip, payload, problem } = packet;
  const length = payload.end - payload.start;
  if (transport?.layer === 'tcp') return segmentInfo(transport, length, absolute ? null : followed);
  if (transport?.layer === 'udp') return `len=${length}`;
  if (transport) return [icmpInfo(transport), ...quoteInfo(packet)].join(', ');
  if (ip && ip.fragmentOffset > 0) return `fragment, offset=${ip.fragmentOffset} len=${length}`;
  return problem?.message ?? '';
}

function segmentInfo(tcp: ParsedTcp, length: number, followed: FollowedSegment | null): string {
  const sequence = followed?.relativeSequence ?? tcp.sequence;
  const parts = [`seq=${sequence}`];
  if ((tcp.flags & TCP_FLAGS.ack) !== 0) parts.push(`ack=${followed?.relativeAcknowledgment ?? tcp.acknowledgment}`);
  if (length > 0) parts.push(`len=${length}`);
  // Where the other end began to count.
  const acknowledged = followed?.relativeAcknowledgment ?? null;
  const origin = acknowledged === null ? 0 : tcp.acknowledgment - acknowledged;
  const options = tcp.options.map((option) => optionWord(option, origin));
  parts.push(`win=${tcp.window}`, ...options.filter((word) => word !== ''));
  return parts.join(' ');
}

/**
 * An option in a word; nothing for padding.
 *
 * @param origin Sequence number from which those of SACK are counted; default 0: they are the wire's.
 */
function optionWord(option: TcpOption, origin = 0): string {
  switch (option.kind) {
    case 'nop':
    case 'end':
      return '';
    case 'mss':
      return `MSS=${option.octets}`;
    case 'window-scale':
      return `WS=${2 ** Math.min(option.shift, 14)}`;
    case 'sack-permitted':
      return 'SACK_PERM';
    case 'sack':
      return `SACK=${option.blocks.map(({ left, right }) => `${(left - origin) >>> 0}-${(right - origin) >>> 0}`).join(',')}`;
    case 'timestamps':
      return `TSval=${option.value} TSecr=${option.echo}`;
    case 'unknown':
      return `opt-${option.number}`;
  }
}

function icmpInfo({ layer, type, code, identifier, sequence }: ParsedIcmp): string {
  if (identifier !== null) {
    const isReply = type === (layer === 'icmp' ? ICMP_TYPES.echoReply : ICMPV6_TYPES.echoReply);
    return `echo ${isReply ? 'reply' : 'request'} id=${identifier} seq=${sequence}`;
  }
  const unreachable = layer === 'icmp' ? ICMP_TYPES.unreachable : ICMPV6_TYPES.unreachable;
  if (type === unreachable) return `destination unreachable (${unreachableWord(layer, code)})`;
  return `type=${type} code=${code}`;
}

/** What an error is about, by the ports that it quotes, or the addresses where it quotes none. */
function quoteInfo({ quoted }: Packet): readonly string[] {
  if (!quoted?.ip) return [];
  const { ip, transport } = quoted;
  const [from, to] =
    transport && 'sourcePort' in transport
      ? [transport.sourcePort, transport.destinationPort]
      : [ip.source, ip.destination];
  return [`quotes ${protocolName(quoted)} ${from}→${to}`];
}

/** RFC 4443 §3.1 numbers its codes otherwise: port unreachable is 4. */
function unreachableWord(layer: 'icmp' | 'icmpv6', code: number): string {
  if (layer === 'icmpv6') return code === 4 ? 'port' : `code ${code}`;
  const word = Object.entries(UNREACHABLE_CODES).find(([, number]) => number === code)?.[0];
  return word === 'fragmentationNeeded' ? 'fragmentation needed' : (word ?? `code ${code}`);
}
