/** The Internet Protocol at a host: RFC 791; host requirements: RFC 1122 §3.2. */
import { internetChecksum } from '#packets/checksum.ts';
import { IPV4_HEADER_OCTETS, type Ipv4Fields, readIpv4, writeIpv4 } from '#packets/ipv4.ts';
import type { Because } from './because.ts';
import type { SocketId } from './calls.ts';
import { fragment } from './fragment.ts';
import type { HostState } from './host-state.ts';
import type { Turn } from './turn.ts';

/** A packet that came in; its payload is `bytes` from `start` to `end`. Addresses are 32 bits. */
export interface IncomingIp {
  readonly ip: Ipv4Fields;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Reads a packet, or answers why it is not taken: `malformed`, `truncated`, `checksum`, `not-for-us`. */
export function readIp(host: HostState, bytes: Uint8Array): IncomingIp | string {
  const ip = readIpv4(bytes);
  if (ip === null) return 'malformed';
  // RFC 1122 §3.2.1.2: a datagram with a bad checksum is silently discarded.
  if (internetChecksum(bytes, 0, ip.headerLength) !== 0) return 'checksum';
  const end = ip.totalLength;
  if (end < ip.headerLength || end > bytes.length) return 'truncated';
  // RFC 1122 §3.2.1.3: so is one that is not for us, and one from an address that no single host has.
  if (ip.destination !== host.address) return 'not-for-us';
  if (!isHostAddress(ip.source)) return 'source-address';
  return { ip, bytes, start: ip.headerLength, end };
}

/** Whether an address can be one host's: not multicast, not broadcast, not "this network". RFC 1122 §3.2.1.3. */
export function isHostAddress(address: number): boolean {
  const first = address >>> 24;
  return first > 0 && first < 224;
}

/** What a packet is about, besides its octets. */
export interface Sending {
  readonly to: number;
  readonly protocol: number;
  readonly dontFragment: boolean;
  readonly because: Because;
  readonly connection: number | null;
  readonly socket: SocketId | null;
}

/** A packet whose payload is still to be written, behind the header that `sendIp` writes. */
export function emptyPacket(payloadOctets: number): Uint8Array {
  return new Uint8Array(IPV4_HEADER_OCTETS + payloadOctets);
}

/**
 * Sends a packet that has its payload, or its fragments where the interface's MTU is too small (RFC 791 §2.3). The
 * caller has seen to it that what must not be fragmented fits.
 */
export function sendIp(turn: Turn, sending: Sending, packet: Uint8Array): void {
  const { host } = turn;
  const { to, protocol, dontFragment, because, connection, socket } = sending;
  const identification = host.identification();
  const { ttl, mtu } = host.options;
  writeIpv4(packet, { source: host.address, destination: to, protocol, ttl, identification, dontFragment });
  if (packet.length <= mtu) {
    turn.packets.push({ bytes: packet, because, connection, socket });
    return;
  }
  const pieces = fragment(packet, mtu);
  for (const [index, bytes] of pieces.entries())
    turn.packets.push({
      bytes,
      because: { rule: 'ip-fragment', numbers: { fragment: index + 1, of: pieces.length, mtu } },
      connection,
      socket,
    });
}
