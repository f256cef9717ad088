/** The Internet Protocol at a host: RFC 791; host requirements: RFC 1122 §3.2. */
import { internetChecksum } from '#packets/checksum.ts';
import { type Ipv4Header, type ParsedIpv4, parseIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { isProblem } from '#packets/octets.ts';
import type { Because } from './because.ts';
import type { SocketId } from './calls.ts';
import { fragment } from './fragment.ts';
import type { HostState } from './host-state.ts';
import type { Turn } from './turn.ts';

/** A packet that came in; its payload is `bytes` from `start` to `end`. */
export interface IncomingIp {
  readonly ip: ParsedIpv4;
  readonly bytes: Uint8Array;
  readonly start: number;
  readonly end: number;
}

/** Reads a packet, or answers why it is not taken: `malformed`, `truncated`, `checksum`, `not-for-us`. */
export function readIp(host: HostState, bytes: Uint8Array): IncomingIp | string {
  const ip = parseIpv4(bytes, 0, bytes.length);
  if (isProblem(ip)) return ip.problem;
  // RFC 1122 §3.2.1.2: a datagram with a bad checksum is silently discarded.
  if (internetChecksum(bytes, 0, ip.headerLength) !== 0) return 'checksum';
  const end = ip.totalLength;
  if (end < ip.headerLength || end > bytes.length) return 'truncated';
  // RFC 1122 §3.2.1.3: so is one that is not for us, and one from an address that no single host has.
  if (ip.destination !== host.options.address) return 'not-for-us';
  if (!isHostAddress(ip.source)) return 'source-address';
  return { ip, bytes, start: ip.headerLength, end };
}

/** Whether an address can be one host's: not multicast, not broadcast, not "this network". RFC 1122 §3.2.1.3. */
export function isHostAddress(address: string): boolean {
  const first = Number.parseInt(address, 10);
  return first > 0 && first < 224;
}

/** A dotted-decimal address as a number. */
export function ipv4Number(address: string): number {
  let number = 0;
  for (const part of address.split('.')) number = ((number << 8) | Number(part)) >>> 0;
  return number;
}

/** Whether a text is a dotted-decimal address. */
export function isIpv4(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) <= 255);
}

/** What a packet is about, besides its octets. */
export interface Sending {
  readonly to: string;
  readonly protocol: number;
  readonly dontFragment: boolean;
  readonly because: Because;
  readonly connection: number | null;
  readonly socket: SocketId | null;
}

/**
 * Sends a payload in one packet, or in fragments where the interface's MTU is too small (RFC 791 §2.3). The caller has
 * seen to it that what must not be fragmented fits.
 */
export function sendIp(turn: Turn, sending: Sending, payload: Uint8Array): void {
  const { host } = turn;
  const header: Ipv4Header = {
    source: host.options.address,
    destination: sending.to,
    protocol: sending.protocol,
    ttl: host.options.ttl,
    identification: host.identification(),
    dontFragment: sending.dontFragment,
    moreFragments: false,
    fragmentOffset: 0,
    trafficClass: 0,
    options: NO_OPTIONS,
  };
  const { because, connection, socket } = sending;
  const packet = serializeIpv4(header, payload);
  if (packet.length <= host.options.mtu) {
    turn.packets.push({ bytes: packet, because, connection, socket });
    return;
  }
  const pieces = fragment(packet, host.options.mtu);
  for (const [index, bytes] of pieces.entries())
    turn.packets.push({
      bytes,
      because: { rule: 'ip-fragment', numbers: { fragment: index + 1, of: pieces.length, mtu: host.options.mtu } },
      connection,
      socket,
    });
}

const NO_OPTIONS = new Uint8Array(0);
