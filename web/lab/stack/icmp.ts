/** ICMP at a host: RFC 792; when to send errors, and when not: RFC 1122 §3.2.2. */

import { ipv4Number, ipv4TextOf } from '#packets/address.ts';
import { internetChecksum } from '#packets/checksum.ts';
import {
  ICMP_HEADER_OCTETS,
  ICMP_PROTOCOL,
  ICMP_TYPES,
  isErrorType,
  serializeIcmp,
  UNREACHABLE_CODES,
} from '#packets/icmp.ts';
import { IPV4_HEADER_OCTETS, readIpv4 } from '#packets/ipv4.ts';
import { read16, read32, write16 } from '#packets/octets.ts';
import { TCP_PROTOCOL } from '#packets/tcp.ts';
import { UDP_PROTOCOL } from '#packets/udp.ts';
import { type Because, because } from './because.ts';
import type { Call } from './calls.ts';
import { emptyPacket, type IncomingIp, isHostAddress, sendIp } from './ip.ts';
import { tcpUnreachable } from './tcp/icmp-errors.ts';
import type { Turn } from './turn.ts';
import { udpUnreachable } from './udp.ts';

/** What an error says: its type and code, and the MTU that "fragmentation needed" names (RFC 1191 §4). */
export interface IcmpError {
  readonly type: number;
  readonly code: number;
  readonly nextHopMtu: number;
}

/** What the packet was that an error is about. */
export interface Quote {
  readonly peerAddress: number;
  readonly peerPort: number;
  readonly localPort: number;
  /** Sequence number of a quoted TCP segment. */
  readonly seq: number;
}

/** Takes an ICMP message. */
export function icmpArrives(turn: Turn, incoming: IncomingIp): void {
  const { bytes, start, end } = incoming;
  if (end - start < ICMP_HEADER_OCTETS) {
    turn.discard('truncated');
    return;
  }
  if (internetChecksum(bytes, start, end) !== 0) {
    turn.discard('checksum');
    return;
  }
  const type = bytes[start] ?? 0;
  if (type === ICMP_TYPES.echo) {
    reply(turn, incoming);
    return;
  }
  if (type === ICMP_TYPES.echoReply) {
    pong(turn, incoming);
    return;
  }
  if (!isErrorType('icmp', type)) {
    turn.discard('icmp-type');
    return;
  }
  errorArrives(turn, incoming);
}

/** RFC 792: the same octets, the addresses changed about. */
function reply(turn: Turn, { ip, bytes, start, end }: IncomingIp): void {
  const message = serializeIcmp({ type: ICMP_TYPES.echoReply, code: 0, body: bytes.subarray(start + 4, end) });
  const numbers = { identifier: read16(bytes, start + 4), sequence: read16(bytes, start + 6) };
  send(turn, ip.source, message, because('icmp-echo-reply', numbers));
}

function pong(turn: Turn, { ip, bytes, start, end }: IncomingIp): void {
  turn.tell({
    notice: 'pong',
    from: ipv4TextOf(ip.source),
    identifier: read16(bytes, start + 4),
    sequence: read16(bytes, start + 6),
    bytes: bytes.slice(start + ICMP_HEADER_OCTETS, end),
  });
}

/** The call `ping`. */
export function ping(turn: Turn, call: Extract<Call, { call: 'ping' }>): void {
  const body = new Uint8Array(4 + call.bytes.length);
  write16(body, 0, call.identifier);
  write16(body, 2, call.sequence);
  body.set(call.bytes, 4);
  const numbers = { identifier: call.identifier, sequence: call.sequence };
  send(
    turn,
    ipv4Number(call.to) ?? 0,
    serializeIcmp({ type: ICMP_TYPES.echo, code: 0, body }),
    because('icmp-echo-request', numbers),
  );
}

function errorArrives(turn: Turn, { bytes, start, end }: IncomingIp): void {
  const from = start + ICMP_HEADER_OCTETS;
  const quoted = readIpv4(bytes.subarray(from, end));
  if (quoted === null || quoted.source !== turn.host.address) {
    turn.discard('icmp-quote');
    return;
  }
  const at = from + quoted.headerLength;
  // RFC 792: the quote has eight octets behind the header at least, enough for both ports and a sequence number.
  if (quoted.fragmentOffset !== 0 || at + 8 > end) {
    turn.discard('icmp-quote');
    return;
  }
  const error = { type: bytes[start] ?? 0, code: bytes[start + 1] ?? 0, nextHopMtu: read16(bytes, start + 6) };
  const seq = read32(bytes, at + 4);
  const quote = { peerAddress: quoted.destination, localPort: read16(bytes, at), peerPort: read16(bytes, at + 2), seq };
  if (quoted.protocol === TCP_PROTOCOL) tcpUnreachable(turn, quote, error);
  else if (quoted.protocol === UDP_PROTOCOL) udpUnreachable(turn, quote, error);
  else turn.discard('icmp-quote');
}

/** RFC 1122 §4.1.3.1: nobody has this port. */
export function portUnreachable(turn: Turn, { ip, bytes }: IncomingIp, port: number): void {
  sendError(turn, bytes, UNREACHABLE_CODES.port, because('icmp-port-unreachable', { port, protocol: ip.protocol }));
}

/** RFC 1122 §3.2.2.1: nobody speaks this protocol. */
export function protocolUnreachable(turn: Turn, { ip, bytes }: IncomingIp): void {
  const reason = because('icmp-protocol-unreachable', { protocol: ip.protocol });
  sendError(turn, bytes, UNREACHABLE_CODES.protocol, reason);
}

const FRAGMENT_REASSEMBLY = 1;

/** RFC 1122 §3.3.2: the rest of a datagram did not come in time. */
export function reassemblyTimeout(turn: Turn, first: Uint8Array): void {
  sendMessage(turn, first, ICMP_TYPES.timeExceeded, FRAGMENT_REASSEMBLY, because('icmp-reassembly-timeout'));
}

/** Octets of the packet that an error quotes besides its header. RFC 1812 §4.3.2.3 asks for as much as fits 576. */
const MAX_ERROR_OCTETS = 576 - 20 - ICMP_HEADER_OCTETS;

function sendError(turn: Turn, about: Uint8Array, code: number, reason: Because): void {
  sendMessage(turn, about, ICMP_TYPES.unreachable, code, reason);
}

function sendMessage(turn: Turn, about: Uint8Array, type: number, code: number, reason: Because): void {
  const ip = readIpv4(about);
  // RFC 1122 §3.2.2: never about an error, a later fragment, or to an address that is no single host's.
  if (ip === null || ip.fragmentOffset !== 0 || !isHostAddress(ip.source)) return;
  if (ip.protocol === ICMP_PROTOCOL && isErrorType('icmp', about[ip.headerLength] ?? 0)) return;
  const quote = about.subarray(0, Math.min(about.length, MAX_ERROR_OCTETS));
  const body = new Uint8Array(4 + quote.length);
  body.set(quote, 4);
  send(turn, ip.source, serializeIcmp({ type, code, body }), reason);
}

function send(turn: Turn, to: number, message: Uint8Array, reason: Because): void {
  const sending = { to, protocol: ICMP_PROTOCOL, dontFragment: false, because: reason, connection: null, socket: null };
  const packet = emptyPacket(message.length);
  packet.set(message, IPV4_HEADER_OCTETS);
  sendIp(turn, sending, packet);
}
