/** UDP: RFC 768; at a host: RFC 1122 §4.1. */

import { ipv4Number, ipv4TextOf } from '#packets/address.ts';
import { internetChecksum, ipv4PseudoHeaderSum } from '#packets/checksum.ts';
import { ICMP_TYPES, UNREACHABLE_CODES } from '#packets/icmp.ts';
import { IPV4_HEADER_OCTETS } from '#packets/ipv4.ts';
import { isProblem } from '#packets/octets.ts';
import { parseUdp, serializeUdp, UDP_HEADER_OCTETS, UDP_PROTOCOL } from '#packets/udp.ts';
import { accepted, refused } from './answers.ts';
import { because } from './because.ts';
import type { Answer, Call, SocketError, SocketId } from './calls.ts';
import { MAX_ENDPOINTS } from './host-state.ts';
import { type IcmpError, portUnreachable, type Quote } from './icmp.ts';
import { emptyPacket, type IncomingIp, sendIp } from './ip.ts';
import type { Turn } from './turn.ts';
import type { UdpSocket } from './udp-socket.ts';

/** The most that fits an IPv4 packet. */
const MAX_DATAGRAM_OCTETS = 0xffff - IPV4_HEADER_OCTETS - UDP_HEADER_OCTETS;

/** Takes a datagram. */
export function udpArrives(turn: Turn, incoming: IncomingIp): void {
  const { ip, bytes, start, end } = incoming;
  const udp = parseUdp(bytes, start, end);
  if (isProblem(udp) || start + udp.length > end) {
    turn.discard('malformed');
    return;
  }
  const stop = udp.length === 0 ? end : start + udp.length;
  const pseudo = ipv4PseudoHeaderSum(ip.source, ip.destination, UDP_PROTOCOL, stop - start);
  // RFC 1122 §4.1.3.4: a wrong checksum is silently discarded; zero says that there is none.
  if (udp.checksum !== 0 && internetChecksum(bytes, start, stop, pseudo) !== 0) {
    turn.discard('checksum');
    return;
  }
  const socket = socketAt(turn, udp.destinationPort);
  if (socket === null) {
    turn.discard('no-port');
    portUnreachable(turn, incoming, udp.destinationPort);
    return;
  }
  const from = { address: ipv4TextOf(ip.source), port: udp.sourcePort };
  const { peer } = socket;
  if (peer !== null && (peer.address !== from.address || peer.port !== from.port)) {
    turn.discard('not-the-peer');
    return;
  }
  turn.tell({ notice: 'datagram', socket: socket.socket, from, bytes: bytes.slice(start + UDP_HEADER_OCTETS, stop) });
}

/** An ICMP error about a datagram of ours: told only to a connected socket, as its peer's (RFC 1122 §4.1.3.3). */
export function udpUnreachable(turn: Turn, quote: Quote, error: IcmpError): void {
  const socket = socketAt(turn, quote.localPort);
  const peer = socket?.peer ?? null;
  if (socket === null || peer?.address !== ipv4TextOf(quote.peerAddress) || peer.port !== quote.peerPort) {
    turn.discard('icmp-no-socket');
    return;
  }
  const code = errorOf(error);
  if (code === null) {
    turn.discard('icmp-ignored');
    return;
  }
  turn.tell({ notice: 'datagram-failed', socket: socket.socket, error: code });
}

function errorOf({ type, code }: IcmpError): SocketError | null {
  if (type !== ICMP_TYPES.unreachable) return null;
  if (code === UNREACHABLE_CODES.port || code === UNREACHABLE_CODES.protocol) return 'ECONNREFUSED';
  return code === UNREACHABLE_CODES.fragmentationNeeded ? 'EMSGSIZE' : 'EHOSTUNREACH';
}

function socketAt(turn: Turn, port: number): UdpSocket | null {
  const id = turn.host.udpByPort.get(port);
  return id === undefined ? null : udpSocket(turn, id);
}

function udpSocket(turn: Turn, id: SocketId): UdpSocket | null {
  const socket = turn.host.sockets.get(id);
  return socket?.kind === 'udp' ? socket.udp : null;
}

/** Answers a call on UDP. */
export function udpCall(turn: Turn, call: Extract<Call, { call: `udp.${string}` }>): Answer {
  switch (call.call) {
    case 'udp.bind':
      return bind(turn, call.socket, call.port);
    case 'udp.connect':
      return connect(turn, call.socket, call.to);
    case 'udp.send':
      return send(turn, call);
    case 'udp.close':
      return close(turn, call.socket);
  }
}

function bind(turn: Turn, id: SocketId, wanted: number): Answer {
  const { host } = turn;
  if (host.sockets.has(id) || !Number.isInteger(wanted) || wanted < 0 || wanted > 0xffff) return refused('EINVAL');
  if (host.sockets.size >= MAX_ENDPOINTS) return refused('ENOBUFS');
  const port = wanted === 0 ? host.ephemeralPort((each) => !host.udpByPort.has(each)) : wanted;
  if (port === null || host.udpByPort.has(port)) return refused('EADDRINUSE');
  host.udpByPort.set(port, id);
  host.sockets.set(id, { kind: 'udp', udp: { socket: id, port, peer: null } });
  return accepted(port);
}

function connect(turn: Turn, id: SocketId, to: { readonly address: string; readonly port: number }): Answer {
  const bound = udpSocket(turn, id) ?? (bind(turn, id, 0).ok ? udpSocket(turn, id) : null);
  if (bound === null) return refused('EBADF');
  if (ipv4Number(to.address) === null) return refused('EINVAL');
  turn.host.sockets.set(id, { kind: 'udp', udp: { ...bound, peer: to } });
  return accepted(bound.port);
}

function send(turn: Turn, call: Extract<Call, { call: 'udp.send' }>): Answer {
  if (!turn.host.sockets.has(call.socket)) bind(turn, call.socket, 0);
  const socket = udpSocket(turn, call.socket);
  if (socket === null) return refused('EBADF');
  const to = call.to ?? socket.peer;
  if (to === null) return refused('ENOTCONN');
  const destination = ipv4Number(to.address);
  if (destination === null || !Number.isInteger(to.port) || to.port < 1 || to.port > 0xffff) return refused('EINVAL');
  const length = call.bytes.length;
  const dontFragment = call.dontFragment === true;
  const tooLong = dontFragment && length + IPV4_HEADER_OCTETS + UDP_HEADER_OCTETS > turn.host.options.mtu;
  if (tooLong || length > MAX_DATAGRAM_OCTETS) return refused('EMSGSIZE');
  const ends = { source: turn.host.options.address, destination: to.address };
  const payload = serializeUdp({ sourcePort: socket.port, destinationPort: to.port }, call.bytes, ends);
  const sending = {
    to: destination,
    protocol: UDP_PROTOCOL,
    dontFragment,
    because: because('udp-send', { octets: length }),
    connection: null,
    socket: socket.socket,
  };
  const packet = emptyPacket(payload.length);
  packet.set(payload, IPV4_HEADER_OCTETS);
  sendIp(turn, sending, packet);
  return accepted(length);
}

function close(turn: Turn, id: SocketId): Answer {
  const socket = udpSocket(turn, id);
  if (socket === null) return refused('EBADF');
  turn.host.udpByPort.delete(socket.port);
  turn.host.sockets.delete(id);
  return accepted(0);
}
