import { sumOctets } from '../../../server/packets/checksum.ts';
import {
  type Answer,
  type Call,
  createHost,
  DEFAULT_TCP_OPTIONS,
  type HostEvent,
  type HostState,
  type Notice,
  step,
} from '../../../web/lab/stack/stack.ts';

const ADDRESSES = { a: '10.0.0.1', b: '10.0.0.2' } as const;
type Side = keyof typeof ADDRESSES;
const PORT = 7;
const LISTENER = 1;
const FIRST_CLIENT = 10;
const CHUNK = new Uint8Array(64 * 1024).map((_, at) => at * 31);
const WIRE_US = 10;
/** Packets that have arrived are forgotten in lots of this size. */
const LOT = 4096;

/** What a transfer took, in seconds of a core: whatever else the machine does meanwhile is not counted. */
export interface Transfer {
  readonly coreSeconds: number;
  readonly packets: number;
  readonly octets: number;
}

/** Sends `octets` over each of `connections` connections from A to B through both stacks, on a wire that loses nothing. */
export function transfer(connections: number, octets: number): Transfer {
  const bench = new Hosts(connections, octets);
  const before = process.cpuUsage();
  bench.run();
  const coreSeconds = secondsSince(before);
  if (bench.received !== connections * octets) throw new Error(`${bench.received} octets have arrived`);
  return { coreSeconds, packets: bench.packets, octets: bench.received };
}

class Hosts {
  received = 0;
  packets = 0;
  #now = 0;
  readonly #hosts: Record<Side, HostState>;
  readonly #deadlines: Record<Side, number | null> = { a: null, b: null };
  readonly #sent: number[];
  readonly #octets: number;
  #accepted = 0;
  #wire: { readonly to: Side; readonly at: number; readonly bytes: Uint8Array }[] = [];
  #arrived = 0;

  constructor(connections: number, octets: number) {
    // An MSS of 1460: no timestamps.
    const tcp = { ...DEFAULT_TCP_OPTIONS, timestamps: false };
    const host = (side: Side, secret: number) =>
      createHost({ address: ADDRESSES[side], mtu: 1500, ttl: 64, secret, tcp });
    this.#hosts = { a: host('a', 1), b: host('b', 2) };
    this.#sent = Array<number>(connections).fill(0);
    this.#octets = octets;
  }

  run(): void {
    this.#call('b', { call: 'tcp.listen', socket: LISTENER, port: PORT, backlog: this.#sent.length });
    for (const nth of this.#sent.keys())
      this.#call('a', { call: 'tcp.connect', socket: FIRST_CLIENT + nth, to: { address: ADDRESSES.b, port: PORT } });
    while (this.received < this.#sent.length * this.#octets) this.#next();
  }

  #next(): void {
    const packet = this.#wire[this.#arrived];
    const timer = Math.min(
      this.#deadlines.a ?? Number.POSITIVE_INFINITY,
      this.#deadlines.b ?? Number.POSITIVE_INFINITY,
    );
    if (packet === undefined || timer < packet.at) {
      if (timer === Number.POSITIVE_INFINITY) throw new Error('nothing happens any more');
      this.#now = Math.max(this.#now, timer);
      this.#step(this.#deadlines.a === timer ? 'a' : 'b', { event: 'timer' });
      return;
    }
    this.#arrived += 1;
    if (this.#arrived === LOT) {
      this.#wire = this.#wire.slice(LOT);
      this.#arrived = 0;
    }
    this.#now = packet.at;
    this.#step(packet.to, { event: 'packet', bytes: packet.bytes });
  }

  #call(side: Side, call: Call): Answer | null {
    return this.#step(side, { event: 'call', call });
  }

  #step(side: Side, event: HostEvent): Answer | null {
    const done = step(this.#hosts[side], this.#now, event);
    this.#hosts[side] = done.state;
    this.#deadlines[side] = done.deadline;
    const to = side === 'a' ? 'b' : 'a';
    for (const { bytes } of done.packets) this.#wire.push({ to, at: this.#now + WIRE_US, bytes });
    this.packets += done.packets.length;
    for (const notice of done.notices) this.#told(side, notice);
    return done.answer;
  }

  #told(side: Side, notice: Notice): void {
    if (notice.notice === 'acceptable') {
      this.#accepted += 1;
      this.#call('b', { call: 'tcp.accept', socket: LISTENER, as: LISTENER + this.#accepted });
    } else if (notice.notice === 'readable' && side === 'b') {
      const answer = this.#call('b', { call: 'tcp.receive', socket: notice.socket, max: CHUNK.length });
      if (answer?.ok) this.received += answer.value;
    } else if (notice.notice === 'connected' || notice.notice === 'writable') this.#fill(notice.socket);
    else if (notice.notice === 'failed') throw new Error(notice.error);
  }

  #fill(socket: number): void {
    const nth = socket - FIRST_CLIENT;
    for (;;) {
      const left = this.#octets - (this.#sent[nth] ?? 0);
      if (left === 0) return;
      const bytes = left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
      const answer = this.#call('a', { call: 'tcp.send', socket, bytes });
      const taken = answer?.ok ? answer.value : 0;
      this.#sent[nth] = (this.#sent[nth] ?? 0) + taken;
      if (taken < bytes.length) return;
    }
  }
}

/** The least that any stack does with the octets of a segment: packs them, sums them up twice, and hands them out. */
export function copyAndSum(octets: number, mss: number): Transfer {
  const before = process.cpuUsage();
  let kept = 0;
  let packets = 0;
  for (let at = 0; at < octets; at += mss) {
    const packet = new Uint8Array(mss + 40);
    const from = at % (CHUNK.length - mss);
    packet.set(CHUNK.subarray(from, from + mss), 40);
    kept += sumOctets(packet, 20, packet.length);
    kept += sumOctets(packet, 20, packet.length);
    kept += packet.slice(40).length;
    packets += 1;
  }
  // What was computed is used, or it would not be computed.
  return { coreSeconds: secondsSince(before), packets, octets: kept < 0 ? 0 : octets };
}

function secondsSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
