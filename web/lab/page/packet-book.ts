/** What the page says of each packet of a run, worked out once from its octets. */
import { type Packet, parseIpPacket } from '#packets/packet.ts';
import { advance, before, distance } from '#packets/sequence.ts';
import { type ParsedTcp, type SackBlock, TCP_FLAGS } from '#packets/tcp.ts';
import type { HostId } from '../net/link-settings.ts';
import type { PacketRecord } from '../net/packet-record.ts';

/** One end of a flow, as the host that owns it knows it. */
interface End {
  readonly address: string;
  readonly port: number;
}

/** Packets between the same two ends. */
export interface Flow {
  /** From 0, in the order of their first packets. */
  readonly id: number;
  readonly protocol: 'tcp' | 'udp' | 'icmp' | 'ip';
  /** The end at host `a`, and the one at host `b`. */
  readonly a: End;
  readonly b: End;
  /** Who sent the first packet. */
  readonly opener: HostId;
}

/** What a packet is, in the numbers that a learner counts with. */
export interface PacketFacts {
  readonly id: number;
  readonly from: HostId;
  readonly packet: Packet;
  readonly flow: Flow;
  /** Control bits of TCP (TCP_FLAGS); 0 of anything else. */
  readonly flags: number;
  /** Octets of payload. */
  readonly length: number;
  /** Counted from the SYN of each side; the wire's own where no SYN was seen. `null` of anything but TCP. */
  readonly sequence: number | null;
  /** `null` without ACK. */
  readonly acknowledgment: number | null;
  /** As on the wire: not scaled. `null` of anything but TCP. */
  readonly window: number | null;
  /** Relative, as `acknowledgment`. */
  readonly sack: readonly SackBlock[];
  /** Sequence space of this packet was sent before, all of it. */
  readonly again: boolean;
  /** A fragment after the first, or a first one with more to come. */
  readonly fragment: { readonly offset: number; readonly more: boolean } | null;
}

/** Numbers of one direction of a TCP flow. */
interface Counting {
  initial: number | null;
  /** Right edge of what was sent. */
  sent: number | null;
}

/** Reads the packets of a run in the order of their ids. Pure: the same packets, the same facts. */
export class PacketBook {
  readonly #facts: PacketFacts[] = [];
  readonly #bytes: Uint8Array[] = [];
  readonly #flows = new Map<string, Flow>();
  readonly #counting = new Map<string, Counting>();
  readonly #fragments = new Map<string, Flow>();
  readonly #connections = new Map<string, number[]>();

  /** Flows so far, in the order in which they began. */
  get flows(): readonly Flow[] {
    return [...this.#flows.values()];
  }

  /** The connections of a host to which the flow's packets belong, by the host's own numbers, the oldest first. */
  connectionsOf(flow: Flow, host: HostId): readonly number[] {
    return this.#connections.get(`${flow.id}${host}`) ?? [];
  }

  /** The initial sequence number of a host in a flow; `null` where its SYN was not seen. */
  initialOf(flow: Flow, host: HostId): number | null {
    return this.#counting.get(`${flow.id}${host}`)?.initial ?? null;
  }

  /** Of the packet with that id, as far as it has been read. */
  get(id: number): PacketFacts | undefined {
    return this.#facts[id];
  }

  /** Reads what is new. Where the run has gone another way since, everything is read afresh. */
  read(packets: readonly PacketRecord[]): void {
    const known = this.#facts.length;
    const last = packets[known - 1];
    if (known > packets.length || (last && last.bytes !== this.#bytes[known - 1])) this.#forget();
    for (let id = this.#facts.length; id < packets.length; id += 1) {
      const record = packets[id];
      if (!record) return;
      this.#facts.push(this.#factsOf(record));
      this.#bytes.push(record.bytes);
    }
  }

  #forget(): void {
    this.#facts.length = 0;
    this.#bytes.length = 0;
    this.#flows.clear();
    this.#counting.clear();
    this.#connections.clear();
    this.#fragments.clear();
  }

  #factsOf(record: PacketRecord): PacketFacts {
    const packet = parseIpPacket(record.bytes);
    const flow = this.#fragmented(record.from, packet) ?? this.#flowOf(record.from, packet);
    this.#noteConnection(flow, record);
    const common = {
      id: record.id,
      from: record.from,
      packet,
      flow,
      length: packet.payload.end - packet.payload.start,
      fragment: fragmentOf(packet),
    };
    const tcp = packet.transport?.layer === 'tcp' ? packet.transport : null;
    if (!tcp)
      return { ...common, flags: 0, sequence: null, acknowledgment: null, window: null, sack: [], again: false };
    return {
      ...common,
      flags: tcp.flags,
      window: tcp.window,
      ...this.#numbersOf(record.from, flow, tcp, common.length),
    };
  }

  #numbersOf(from: HostId, flow: Flow, tcp: ParsedTcp, length: number) {
    const own = this.#countingOf(flow, from);
    const other = this.#countingOf(flow, from === 'a' ? 'b' : 'a');
    const isSyn = (tcp.flags & TCP_FLAGS.syn) !== 0;
    const space = length + (isSyn ? 1 : 0) + ((tcp.flags & TCP_FLAGS.fin) !== 0 ? 1 : 0);
    // A new SYN with another number: the two ports are used a second time.
    if (isSyn && own.initial !== tcp.sequence) Object.assign(own, { initial: tcp.sequence, sent: null });
    const end = advance(tcp.sequence, space);
    const again = space > 0 && own.sent !== null && !before(own.sent, end);
    if (own.sent === null || before(own.sent, end)) own.sent = end;
    return {
      sequence: relative(own, tcp.sequence),
      acknowledgment: (tcp.flags & TCP_FLAGS.ack) === 0 ? null : relative(other, tcp.acknowledgment),
      sack: sackOf(tcp).map(({ left, right }) => ({ left: relative(other, left), right: relative(other, right) })),
      again,
    };
  }

  /** The flow of a later fragment: it has no ports, but the first one of its datagram had (RFC 791 §2.3). */
  #fragmented(from: HostId, packet: Packet): Flow | undefined {
    const { ip } = packet;
    if (ip?.layer !== 'ipv4') return undefined;
    const key = `${from}${ip.protocol}.${ip.identification}`;
    if (ip.fragmentOffset > 0) return this.#fragments.get(key);
    if (ip.moreFragments) this.#fragments.set(key, this.#flowOf(from, packet));
    return undefined;
  }

  #noteConnection(flow: Flow, { from, connection }: PacketRecord): void {
    if (connection === null) return;
    const key = `${flow.id}${from}`;
    const known = this.#connections.get(key) ?? [];
    if (!known.includes(connection)) this.#connections.set(key, [...known, connection]);
  }

  #countingOf(flow: Flow, host: HostId): Counting {
    const key = `${flow.id}${host}`;
    const known = this.#counting.get(key);
    if (known) return known;
    const counting: Counting = { initial: null, sent: null };
    this.#counting.set(key, counting);
    return counting;
  }

  #flowOf(from: HostId, packet: Packet): Flow {
    const { ip } = packet;
    const [source, destination] = [
      { address: ip?.source ?? '', port: portOf(packet, 'source') },
      { address: ip?.destination ?? '', port: portOf(packet, 'destination') },
    ];
    const [a, b] = from === 'a' ? [source, destination] : [destination, source];
    const protocol = protocolOf(packet);
    const key = `${protocol} ${a.address}:${a.port} ${b.address}:${b.port}`;
    const known = this.#flows.get(key);
    if (known) return known;
    const flow: Flow = { id: this.#flows.size, protocol, a, b, opener: from };
    this.#flows.set(key, flow);
    return flow;
  }
}

function relative({ initial }: Counting, sequence: number): number {
  return initial === null ? sequence : distance(initial, sequence);
}

function sackOf({ options }: ParsedTcp): readonly SackBlock[] {
  return options.flatMap((option) => (option.kind === 'sack' ? option.blocks : []));
}

function protocolOf({ transport }: Packet): Flow['protocol'] {
  if (transport?.layer === 'tcp' || transport?.layer === 'udp') return transport.layer;
  return transport ? 'icmp' : 'ip';
}

/** Later fragments have no ports; where the first one was never seen, all of them between two hosts are one flow. */
function portOf({ transport }: Packet, which: 'source' | 'destination'): number {
  if (transport?.layer !== 'tcp' && transport?.layer !== 'udp') return 0;
  return which === 'source' ? transport.sourcePort : transport.destinationPort;
}

function fragmentOf({ ip }: Packet): PacketFacts['fragment'] {
  if (ip?.layer !== 'ipv4' || (ip.fragmentOffset === 0 && !ip.moreFragments)) return null;
  return { offset: ip.fragmentOffset, more: ip.moreFragments };
}
