/** One host, and a peer whose every segment the test writes by hand. Sequence numbers count from each end's SYN. */
import { serializeIcmp } from '#packets/icmp.ts';
import { plainIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { parseIpPacket } from '#packets/packet.ts';
import { serializeTcp, TCP_FLAGS, type TcpOption } from '#packets/tcp.ts';
import type { Answer, Call } from '../calls.ts';
import type { HostState } from '../host-state.ts';
import type { Notice } from '../notices.ts';
import type { TcpOptions } from '../options.ts';
import { createHost, DEFAULT_TCP_OPTIONS, type HostEvent, step, type TcpView, viewOf } from '../stack.ts';
import { ADDRESSES, CLIENT, flagNames, LISTENER, pattern, SERVER } from './two-hosts.ts';

/** A segment that the host has sent. */
export interface HostSegment {
  readonly at: number;
  readonly flags: string;
  /** From the SYN on, which is 0. */
  readonly seq: number;
  readonly ack: number;
  readonly length: number;
  /** As on the wire. */
  readonly window: number;
  readonly options: readonly TcpOption[];
  readonly rule: string;
}

/** A segment of the peer. */
export interface PeerSegment {
  readonly flags?: string;
  readonly seq?: number;
  readonly ack?: number | null;
  readonly length?: number;
  readonly window?: number;
  readonly options?: readonly TcpOption[];
  /** The peer's port. */
  readonly port?: number;
}

const PEER_ISS = 1_000_000;
const PEER_PORT = 6000;
const HOST_PORT = 7;
const BITS: Readonly<Record<string, number>> = {
  FIN: TCP_FLAGS.fin,
  SYN: TCP_FLAGS.syn,
  RST: TCP_FLAGS.rst,
  PSH: TCP_FLAGS.psh,
  ACK: TCP_FLAGS.ack,
};

/** The host under test, and the pen of its peer. */
export class ByHand {
  now = 0;
  deadline: number | null = null;
  host: HostState;
  readonly notices: Notice[] = [];
  readonly discards: string[] = [];
  /** Everything that was sent. */
  readonly sent: HostSegment[] = [];
  readonly packets: Uint8Array[] = [];
  #seen = 0;
  /** By the peer's port. */
  readonly #iss = new Map<number, number>();
  #localPort = HOST_PORT;
  /** What the peer acknowledges, and sends next, where a segment does not say. */
  ack = 1;
  seq = 1;
  window = 65_535;

  constructor(tcp: Partial<TcpOptions> = {}, mtu = 1500) {
    const options = { ...DEFAULT_TCP_OPTIONS, timestamps: false, sack: false, windowScale: false, ...tcp };
    this.host = createHost({ address: ADDRESSES.a, mtu, ttl: 64, secret: 7, tcp: options });
  }

  step(event: HostEvent): Answer | null {
    const done = step(this.host, this.now, event);
    this.host = done.state;
    this.deadline = done.deadline;
    this.notices.push(...done.notices);
    if (done.discard) this.discards.push(done.discard.reason);
    for (const { bytes, because } of done.packets) this.#read(bytes, because.rule);
    return done.answer;
  }

  #read(bytes: Uint8Array, rule: string): void {
    this.packets.push(bytes);
    const { transport, payload } = parseIpPacket(bytes);
    if (transport?.layer !== 'tcp') return;
    const flags = flagNames(transport.flags);
    if (flags.startsWith('SYN')) this.#iss.set(transport.destinationPort, transport.sequence);
    this.#localPort = transport.sourcePort;
    this.sent.push({
      at: this.now,
      flags,
      seq: (transport.sequence - (this.#iss.get(transport.destinationPort) ?? 0)) >>> 0,
      ack: flags.includes('ACK') ? (transport.acknowledgment - PEER_ISS) >>> 0 : 0,
      length: payload.end - payload.start,
      window: transport.window,
      options: transport.options,
      rule,
    });
  }

  call(call: Call): Answer {
    return this.step({ event: 'call', call }) ?? { ok: false, error: 'EINVAL' };
  }

  /** The peer sends; by default an ACK of everything that `ack` says. */
  inject({
    flags = 'ACK',
    seq = this.seq,
    ack = this.ack,
    length = 0,
    window = this.window,
    options = [],
    port = PEER_PORT,
  }: PeerSegment = {}): void {
    const bits = flags.split('+').reduce((sum, name) => sum + (BITS[name] ?? 0), 0);
    const header = {
      sourcePort: port,
      destinationPort: this.#localPort,
      sequence: (PEER_ISS + seq) >>> 0,
      acknowledgment: ack === null ? 0 : ((this.#iss.get(port) ?? 0) + ack) >>> 0,
      flags: bits,
      window,
      urgentPointer: 0,
      options,
    };
    this.deliver(6, serializeTcp(header, pattern(length, seq), { source: ADDRESSES.b, destination: ADDRESSES.a }));
  }

  deliver(protocol: number, payload: Uint8Array): void {
    const header = plainIpv4({ source: ADDRESSES.b, destination: ADDRESSES.a, protocol });
    this.step({ event: 'packet', bytes: serializeIpv4(header, payload) });
  }

  /** An ICMP error about a packet of the host. */
  icmp(type: number, code: number, about: Uint8Array, nextHopMtu = 0): void {
    const body = new Uint8Array(4 + about.length);
    body[2] = nextHopMtu >> 8;
    body[3] = nextHopMtu & 0xff;
    body.set(about, 4);
    this.deliver(1, serializeIcmp({ type, code, body }));
  }

  /** Lets time pass; the host's timers run when they are due. */
  run(us: number): void {
    const until = this.now + us;
    while (this.deadline !== null && this.deadline <= until) {
      this.now = Math.max(this.now, this.deadline);
      this.step({ event: 'timer' });
    }
    this.now = until;
  }

  /** What was sent since it was asked the last time. */
  news(): readonly HostSegment[] {
    const news = this.sent.slice(this.#seen);
    this.#seen = this.sent.length;
    return news;
  }

  /** The same in short: `ACK 1:1461 ack 1`. */
  brief(): readonly string[] {
    return this.news().map(
      ({ flags, seq, length, ack }) => `${flags} ${seq}${length > 0 ? `:${seq + length}` : ''} ack ${ack}`,
    );
  }

  rules(): readonly string[] {
    return this.news().map(({ rule }) => rule);
  }

  send(length: number): number {
    const answer = this.call({ call: 'tcp.send', socket: SERVER, bytes: pattern(length) });
    return answer.ok ? answer.value : -1;
  }

  receive(max = 1 << 20): number {
    const answer = this.call({ call: 'tcp.receive', socket: SERVER, max });
    return answer.ok ? answer.value : -1;
  }

  view(): TcpView {
    const view = viewOf(this.host).find(({ state }) => state !== 'LISTEN');
    if (view === undefined) throw new Error('there is no connection');
    return view;
  }

  state(): string {
    return viewOf(this.host).find(({ state }) => state !== 'LISTEN')?.state ?? 'CLOSED';
  }

  told(name: Notice['notice']): readonly Notice[] {
    return this.notices.filter(({ notice }) => notice === name);
  }
}

/** The host listens on port 7. */
export function listening(tcp: Partial<TcpOptions> = {}, mtu = 1500): ByHand {
  const hand = new ByHand(tcp, mtu);
  hand.call({ call: 'tcp.listen', socket: LISTENER, port: HOST_PORT, backlog: 4 });
  return hand;
}

/** The host has accepted a connection of the peer. */
export function established(tcp: Partial<TcpOptions> = {}, syn: PeerSegment = {}): ByHand {
  const hand = listening(tcp);
  hand.inject({ flags: 'SYN', seq: 0, ack: null, options: [{ kind: 'mss', octets: 1460 }], ...syn });
  hand.inject();
  hand.call({ call: 'tcp.accept', socket: LISTENER, as: SERVER });
  hand.news();
  return hand;
}

/** The host has sent its SYN to the peer. */
export function synSent(tcp: Partial<TcpOptions> = {}): ByHand {
  const hand = new ByHand(tcp);
  hand.call({ call: 'tcp.connect', socket: CLIENT, to: { address: ADDRESSES.b, port: PEER_PORT } });
  hand.news();
  return hand;
}
