/**
 * Follows every TCP connection and UDP flow of a capture at once, and says of each packet where it belongs and what follows
 * from those before it. A connection begins with its SYN, a flow with its first datagram. Bounded.
 */
import type { Packet } from './packet.ts';
import { TCP_FLAGS } from './tcp.ts';
import { type SegmentMark, TcpFollower } from './tcp-follow.ts';

/** Flows followed at once; the oldest is let go. */
export const MAX_FLOWS = 1_000;

/** One end of a flow. */
export interface FlowEnd {
  readonly address: string;
  readonly port: number;
}

/** One packet, understood. */
export interface FlowPacket {
  /** Numbers the flows of one follower, from 1. */
  readonly flow: number;
  readonly transport: 'tcp' | 'udp';
  readonly client: FlowEnd;
  readonly server: FlowEnd;
  readonly from: 'client' | 'server';
  /** Names of the control bits that are set, as `syn`; none of UDP. */
  readonly flags: readonly string[];
  /** Octets of payload. */
  readonly length: number;
  /** Counted from the beginning of the connection; `null` where that was not seen, and of UDP. */
  readonly sequence: number | null;
  /** The same of the acknowledgment number; `null`, too, without ACK. */
  readonly acknowledgment: number | null;
  readonly marks: readonly SegmentMark[];
  /** Whether the server has sent anything in this flow, up to this packet. */
  readonly answered: boolean;
}

interface Flow {
  readonly number: number;
  readonly client: FlowEnd;
  readonly server: FlowEnd;
  readonly tcp: TcpFollower;
  /** Sequence number of the client's SYN; `null` where it was not seen. */
  readonly initial: number | null;
  answered: boolean;
}

const FLAG_NAMES = Object.keys(TCP_FLAGS) as readonly (keyof typeof TCP_FLAGS)[];

/** Follows the flows of one capture. */
export class FlowFollower {
  readonly #isServerPort: (port: number) => boolean;
  readonly #flows = new Map<string, Flow>();
  #last = 0;

  /** @param isServerPort tells who is the server of a flow whose beginning was not seen */
  constructor(isServerPort: (port: number) => boolean) {
    this.#isServerPort = isServerPort;
  }

  /** Takes the next packet; `null` when it has no ports. */
  follow({ ip, transport, payload }: Packet): FlowPacket | null {
    if (!ip || (transport?.layer !== 'tcp' && transport?.layer !== 'udp')) return null;
    const source = { address: ip.source, port: transport.sourcePort };
    const destination = { address: ip.destination, port: transport.destinationPort };
    const flags = transport.layer === 'tcp' ? transport.flags : 0;
    const opening = transport.layer === 'tcp' && (flags & SYN_ACK) === TCP_FLAGS.syn ? transport.sequence : null;
    const flow = this.#flowOf(transport.layer, source, destination, flags, opening);
    const fromClient = isSame(source, flow.client);
    if (!fromClient) flow.answered = true;
    const length = payload.end - payload.start;
    const followed = transport.layer === 'tcp' ? flow.tcp.follow(transport, length, fromClient) : null;
    return {
      flow: flow.number,
      transport: transport.layer,
      client: flow.client,
      server: flow.server,
      from: fromClient ? 'client' : 'server',
      flags: FLAG_NAMES.filter((name) => (flags & TCP_FLAGS[name]) !== 0),
      length,
      sequence: followed?.relativeSequence ?? null,
      acknowledgment: followed?.relativeAcknowledgment ?? null,
      marks: followed?.marks ?? [],
      answered: flow.answered,
    };
  }

  #flowOf(transport: string, source: FlowEnd, destination: FlowEnd, flags: number, opening: number | null): Flow {
    const ends = [keyOf(source), keyOf(destination)].sort();
    const key = `${transport} ${ends.join(' ')}`;
    const known = this.#flows.get(key);
    // Another SYN between the same ends begins another connection, unless it is the same one again.
    if (known && (opening === null || known.initial === opening)) return known;
    const [client, server] = this.#isFromServer(source, destination, flags, opening)
      ? [destination, source]
      : [source, destination];
    this.#last += 1;
    const flow = { number: this.#last, client, server, tcp: new TcpFollower(), initial: opening, answered: false };
    this.#flows.delete(key);
    this.#flows.set(key, flow);
    const [oldest] = this.#flows.keys();
    if (this.#flows.size > MAX_FLOWS && oldest !== undefined) this.#flows.delete(oldest);
    return flow;
  }

  /** Of the first packet that is seen of a flow. */
  #isFromServer(source: FlowEnd, destination: FlowEnd, flags: number, opening: number | null): boolean {
    if (opening !== null) return false;
    if ((flags & SYN_ACK) === SYN_ACK) return true;
    return this.#isServerPort(source.port) && !this.#isServerPort(destination.port);
  }
}

const SYN_ACK = TCP_FLAGS.syn | TCP_FLAGS.ack;

function isSame(a: FlowEnd, b: FlowEnd): boolean {
  return a.port === b.port && a.address === b.address;
}

function keyOf({ address, port }: FlowEnd): string {
  return `${address} ${port}`;
}
