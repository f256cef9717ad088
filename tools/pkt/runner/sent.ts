/** Reads what the host under test has sent, in a script's words. */
import { type Packet, parseIpPacket } from '#packets/packet.ts';
import { type SackBlock, TCP_FLAGS, type TcpOption } from '#packets/tcp.ts';
import { verifyChecksums } from '#packets/verify.ts';
import type { OutgoingPacket } from '../../../web/lab/stack/stack.ts';
import type { IcmpSpec, IpSpec, OptionSpec, PacketSpec, QuotedSpec, TcpSpec, UdpSpec } from '../language/packet.ts';
import type { Flow } from './flow.ts';

/** A packet that the host has sent. */
export interface SentPacket {
  /** Microseconds since the script began. */
  readonly atUs: number;
  readonly outgoing: OutgoingPacket;
  readonly packet: Packet;
  readonly payload: Uint8Array;
  /** Which checksums are wrong; `null`: none. */
  readonly damage: string | null;
}

/** Reads a packet of the host. */
export function readSent(atUs: number, outgoing: OutgoingPacket): SentPacket {
  const { bytes } = outgoing;
  const packet = parseIpPacket(bytes);
  const wrong = verifyChecksums(bytes, packet).filter(({ verdict }) => verdict === 'bad' || verdict === 'partial');
  return {
    atUs,
    outgoing,
    packet,
    payload: bytes.subarray(packet.payload.start, packet.payload.end),
    damage:
      packet.problem?.message ?? (wrong.length === 0 ? null : `${wrong.map(({ field }) => field).join(', ')} wrong`),
  };
}

/** Whether it is a SYN or SYN-ACK, from which the script's numbers are counted. */
export function isSyn({ packet }: SentPacket): boolean {
  return packet.transport?.layer === 'tcp' && (packet.transport.flags & TCP_FLAGS.syn) !== 0;
}

/** The packet as a script would write it, with numbers relative to `flow`; `null` when a script has no words for it. */
export function specOf(sent: SentPacket, flow: Flow): PacketSpec | null {
  const { ip } = sent.packet;
  const transport = transportOf(sent, flow);
  if (ip === null || transport === null) return null;
  const spec: IpSpec = {
    ecn: ip.trafficClass & 3,
    trafficClass: ip.trafficClass,
    ttl: ip.layer === 'ipv4' ? ip.ttl : 0,
  };
  return { place: { line: 0, column: 0 }, direction: 'out', ip: spec, ...transport };
}

function transportOf(sent: SentPacket, flow: Flow): TcpSpec | UdpSpec | IcmpSpec | null {
  const { transport } = sent.packet;
  const payloadOctets = sent.payload.length;
  if (transport === null) return null;
  if (transport.layer === 'tcp') {
    const { flags, window, urgentPointer } = transport;
    const isSyn = (flags & TCP_FLAGS.syn) !== 0;
    return {
      protocol: 'tcp',
      ports: { source: transport.sourcePort, destination: transport.destinationPort },
      flags,
      sequence: flow.toScript(transport.sequence),
      payloadOctets,
      acknowledgment: (flags & TCP_FLAGS.ack) === 0 ? null : flow.remoteToScript(transport.acknowledgment, isSyn),
      window,
      urgentPointer,
      options: transport.options.map((option) => optionSpec(option, flow)),
    };
  }
  if (transport.layer === 'udp') {
    const ports = { source: transport.sourcePort, destination: transport.destinationPort };
    return { protocol: 'udp', ports, payloadOctets };
  }
  const { type, code, identifier } = transport;
  return { protocol: 'icmp', type, code, mtu: null, identifier: identifier ?? 0, quoted: quotedSpec(sent, flow) };
}

/** What an error of the host quotes is a packet of the peer. */
function quotedSpec({ packet: { quoted } }: SentPacket, flow: Flow): QuotedSpec | null {
  const transport = quoted?.transport;
  if (!quoted || !transport) return null;
  const payloadOctets = quoted.payloadLength;
  if (transport.layer === 'tcp') {
    const isSyn = (transport.flags & TCP_FLAGS.syn) !== 0;
    return { protocol: 'tcp', sequence: flow.remoteToScript(transport.sequence, isSyn), payloadOctets };
  }
  return transport.layer === 'udp' ? { protocol: 'udp', payloadOctets } : null;
}

function optionSpec(option: TcpOption, flow: Flow): OptionSpec {
  switch (option.kind) {
    case 'nop':
      return { kind: 'nop' };
    case 'end':
      return { kind: 'eol' };
    case 'mss':
      return { kind: 'mss', octets: option.octets };
    case 'window-scale':
      return { kind: 'wscale', shift: option.shift };
    case 'sack-permitted':
      return { kind: 'sackOK' };
    case 'sack':
      return { kind: 'sack', blocks: option.blocks.map((block) => scriptBlock(block, flow)) };
    case 'timestamps':
      return { kind: 'TS', value: option.value, echo: option.echo };
    case 'unknown':
      return { kind: 'other', name: `option ${option.number}`, number: option.number, data: option.data };
  }
}

/** What the host has of the peer's octets. */
function scriptBlock({ left, right }: SackBlock, flow: Flow): SackBlock {
  return { left: flow.remoteToScript(left, false), right: flow.remoteToScript(right, false) };
}
