/** What a rule may call a packet. */
import { parseIpPacket } from '#packets/packet.ts';
import { type ParsedTcp, TCP_FLAGS } from '#packets/tcp.ts';
import type { PacketKind } from './wire-rule.ts';

/** The one kind of a whole IPv4 packet besides `any`. */
export function kindOf(bytes: Uint8Array): Exclude<PacketKind, 'any'> {
  const { ip, transport, payloadLength } = parseIpPacket(bytes);
  if (ip?.layer === 'ipv4' && (ip.fragmentOffset > 0 || ip.moreFragments)) return 'fragment';
  if (transport?.layer === 'udp') return 'udp';
  if (transport?.layer === 'tcp') return kindOfSegment(transport, payloadLength);
  return 'icmp';
}

function kindOfSegment(
  { flags }: ParsedTcp,
  payloadLength: number,
): 'syn' | 'syn-ack' | 'data' | 'fin' | 'rst' | 'pure-ack' {
  if (flags & TCP_FLAGS.rst) return 'rst';
  if (flags & TCP_FLAGS.syn) return flags & TCP_FLAGS.ack ? 'syn-ack' : 'syn';
  if (payloadLength > 0) return 'data';
  return flags & TCP_FLAGS.fin ? 'fin' : 'pure-ack';
}
