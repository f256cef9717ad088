import type { Packet } from '#packets/packet.ts';
import { sameEndpoint } from '#protocol/address.ts';
import type { Endpoint } from '#protocol/wire.ts';

/** Where a packet comes from and goes to; ports are 0 where it has none. */
export interface PacketEnds {
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'ip';
  readonly source: Endpoint;
  readonly destination: Endpoint;
}

/** The ends of a packet; `null` where there is no IP header to name them. */
export function endsOf({ ip, transport }: Packet): PacketEnds | null {
  if (!ip) return null;
  const ported = transport?.layer === 'tcp' || transport?.layer === 'udp' ? transport : null;
  return {
    protocol: ported?.layer ?? (transport ? 'icmp' : 'ip'),
    source: { address: ip.source, port: ported?.sourcePort ?? 0 },
    destination: { address: ip.destination, port: ported?.destinationPort ?? 0 },
  };
}

/** Two ends between which packets go, and who is the client; its port is 0 where it is not known (a connection that failed). */
export interface Flow {
  readonly transport: 'tcp' | 'udp';
  readonly client: Endpoint;
  readonly server: Endpoint;
}

/** - `to-server`, `to-client`: the packet's way in the flow; `about`: an ICMP error that quotes a packet of it. */
export type PlaceInFlow = 'to-server' | 'to-client' | 'about';

/** Where a packet belongs in a flow, or `null` when it is none of its packets. */
export function placeIn(flow: Flow, packet: Packet): PlaceInFlow | null {
  if (packet.quoted) return placeIn(flow, packet.quoted) === null ? null : 'about';
  const { ip, transport } = packet;
  if (!ip || transport?.layer !== flow.transport) return null;
  const source = { address: ip.source, port: transport.sourcePort };
  const destination = { address: ip.destination, port: transport.destinationPort };
  const isClient = (end: Endpoint): boolean => flow.client.port === 0 || sameEndpoint(end, flow.client);
  if (sameEndpoint(destination, flow.server) && isClient(source)) return 'to-server';
  return sameEndpoint(source, flow.server) && isClient(destination) ? 'to-client' : null;
}

/** The flow that a packet shows, its sender taken for the client unless it answers (SYN-ACK); `null` without ports. */
export function flowOf(packet: Packet): Flow | null {
  const { transport } = packet;
  const ends = endsOf(packet);
  if (!ends || (transport?.layer !== 'tcp' && transport?.layer !== 'udp')) return null;
  const answers = transport.layer === 'tcp' && (transport.flags & 0x12) === 0x12;
  const { source, destination } = ends;
  return answers
    ? { transport: 'tcp', client: destination, server: source }
    : { transport: transport.layer, client: source, server: destination };
}
