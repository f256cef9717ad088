/** Makes the packets that a script puts on the wire. */
import { ICMP_PROTOCOL, isErrorType, serializeIcmp } from '#packets/icmp.ts';
import { plainIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { write16 } from '#packets/octets.ts';
import { serializeTcp, TCP_FLAGS, TCP_PROTOCOL, type TcpOption } from '#packets/tcp.ts';
import { serializeUdp, UDP_PROTOCOL } from '#packets/udp.ts';
import type { IcmpSpec, OptionSpec, OrAny, PacketSpec, QuotedSpec, TcpSpec, UdpSpec } from '../language/packet.ts';
import type { Flow } from './flow.ts';
import { patternOctets } from './octets.ts';
import type { Settings } from './settings.ts';

const DEFAULT_TTL = 64;
/** Data of an echo request. */
const ECHO_OCTETS = 32;

/** Who sends to whom. */
interface Route {
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** The packet on the wire. Throws a RangeError when its options need more room than a header has. */
export function incomingPacket(spec: PacketSpec, flow: Flow, settings: Settings): Uint8Array {
  const route: Route = {
    source: settings.remoteAddress,
    destination: settings.localAddress,
    sourcePort: flow.ends.remotePort,
    destinationPort: flow.ends.localPort,
  };
  const [protocol, body] = transport(spec, flow, route);
  return ipPacket(route, protocol, body, spec);
}

function transport(spec: PacketSpec, flow: Flow, route: Route): readonly [number, Uint8Array] {
  if (spec.protocol === 'tcp') return [TCP_PROTOCOL, segment(spec, flow, route)];
  if (spec.protocol === 'udp') return [UDP_PROTOCOL, datagram(spec, route)];
  return [ICMP_PROTOCOL, icmpMessage(spec, flow, route)];
}

function ipPacket(route: Route, protocol: number, body: Uint8Array, { ip }: Pick<PacketSpec, 'ip'>): Uint8Array {
  const ecn = ip.ecn === 'ect01' ? 2 : ip.ecn;
  return serializeIpv4(
    plainIpv4({
      source: route.source,
      destination: route.destination,
      protocol,
      ttl: ip.ttl ?? DEFAULT_TTL,
      trafficClass: ip.trafficClass ?? ecn ?? 0,
    }),
    body,
  );
}

function segment(spec: TcpSpec, flow: Flow, route: Route): Uint8Array {
  const isSyn = (spec.flags & TCP_FLAGS.syn) !== 0;
  const sequence = flow.remoteToWire(spec.sequence, isSyn);
  const acknowledges = (spec.flags & TCP_FLAGS.ack) !== 0 || spec.acknowledgment !== null;
  const header = {
    sourcePort: spec.ports?.source ?? route.sourcePort,
    destinationPort: spec.ports?.destination ?? route.destinationPort,
    sequence,
    acknowledgment: acknowledges ? flow.toWire(spec.acknowledgment ?? 0) : 0,
    flags: spec.flags,
    window: spec.window ?? 0,
    urgentPointer: spec.urgentPointer,
    options: optionsOf(spec.options, flow),
  };
  // Octets in a SYN come after it.
  return serializeTcp(header, patternOctets(sequence + (isSyn ? 1 : 0), spec.payloadOctets), route);
}

function optionsOf(options: OrAny<readonly OptionSpec[]>, flow: Flow): readonly TcpOption[] {
  return options === 'any' ? [] : options.map((option) => optionOf(option, flow));
}

function optionOf(option: OptionSpec, flow: Flow): TcpOption {
  switch (option.kind) {
    case 'nop':
      return { kind: 'nop' };
    case 'eol':
      return { kind: 'end' };
    case 'mss':
      return { kind: 'mss', octets: option.octets };
    case 'wscale':
      return { kind: 'window-scale', shift: option.shift };
    case 'sackOK':
      return { kind: 'sack-permitted' };
    case 'sack':
      return {
        kind: 'sack',
        blocks: option.blocks.map(({ left, right }) => ({ left: flow.toWire(left), right: flow.toWire(right) })),
      };
    case 'TS':
      return {
        kind: 'timestamps',
        value: option.value === 'any' ? 0 : option.value,
        echo: option.echo === 'any' ? 0 : flow.timestampToWire(option.echo),
      };
    case 'other':
      return { kind: 'unknown', number: option.number, data: option.data };
  }
}

function datagram(spec: UdpSpec, route: Route): Uint8Array {
  const ports = {
    sourcePort: spec.ports?.source ?? route.sourcePort,
    destinationPort: spec.ports?.destination ?? route.destinationPort,
  };
  return serializeUdp(ports, patternOctets(0, spec.payloadOctets), route);
}

/** RFC 792: errors quote the IP header and the beginning of what they are about; frag_needed has the MTU, RFC 1191. */
function icmpMessage(spec: IcmpSpec, flow: Flow, route: Route): Uint8Array {
  const { type, code } = spec;
  const rest = new Uint8Array(4);
  write16(rest, 0, spec.identifier);
  if (spec.mtu !== null) write16(rest, 2, spec.mtu);
  const data = isErrorType('icmp', type) ? quotedPacket(spec.quoted, flow, route) : patternOctets(0, ECHO_OCTETS);
  return serializeIcmp({ type, code, body: Uint8Array.of(...rest, ...data) });
}

function quotedPacket(quoted: QuotedSpec | null, flow: Flow, route: Route): Uint8Array {
  const back: Route = {
    source: route.destination,
    destination: route.source,
    sourcePort: route.destinationPort,
    destinationPort: route.sourcePort,
  };
  const octets = quoted?.payloadOctets ?? 0;
  const spec = { ip: { ecn: null, trafficClass: null, ttl: null } };
  if (quoted?.protocol === 'udp')
    return ipPacket(back, UDP_PROTOCOL, serializeUdp(back, patternOctets(0, octets), back), spec).slice(0, 28);
  const header = {
    ...back,
    sequence: flow.toWire(quoted?.sequence ?? 0),
    acknowledgment: 0,
    flags: TCP_FLAGS.ack,
    window: 0,
    urgentPointer: 0,
    options: [],
  };
  return ipPacket(back, TCP_PROTOCOL, serializeTcp(header, new Uint8Array(octets), back), spec).slice(0, 40);
}
