import { type Packet, parsePacket } from '#packets/packet.ts';
import { sameEndpoint } from '#protocol/address.ts';
import type { Conversation } from '#protocol/wire.ts';

type Ends = Pick<Conversation, 'transport' | 'client' | 'server'>;

/** Whether a frame went between the ends of a conversation, or is an ICMP error that quotes one that did. */
export function isBetween(ends: Ends, bytes: Uint8Array, linkType: number): boolean {
  return belongs(ends, parsePacket(bytes, linkType));
}

function belongs(ends: Ends, packet: Packet): boolean {
  if (packet.quoted) return belongs(ends, packet.quoted);
  const { ip, transport } = packet;
  if (!ip || transport?.layer !== ends.transport) return false;
  const source = { address: ip.source, port: transport.sourcePort };
  const destination = { address: ip.destination, port: transport.destinationPort };
  return (
    (sameEndpoint(source, ends.client) && sameEndpoint(destination, ends.server)) ||
    (sameEndpoint(source, ends.server) && sameEndpoint(destination, ends.client))
  );
}
