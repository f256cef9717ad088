import { connect, type Socket } from 'node:net';
import type { Endpoint } from '#protocol/wire.ts';
import type { Arrivals } from './arrivals.ts';
import type { CheckClock } from './clock.ts';
import { DatagramPeer } from './datagram-peer.ts';
import type { Dice } from './dice.ts';
import { CheckFailure, type FailureCode } from './failure.ts';
import { ARRIVAL_MS, CONNECT_MS, MAX_PEERS } from './limits.ts';
import { Peer } from './peer.ts';
import type { Transcript } from './transcript.ts';
import { Waits } from './waits.ts';
import type { Facts } from './words.ts';

/** Where the learner's server is: a name may have several addresses, and the first that accepts is kept. */
export interface Target {
  readonly port: number;
  readonly addresses: readonly string[];
  /** The address that accepted. */
  chosen: string | null;
}

/** What a stage's sockets are opened with. */
export interface BenchOptions {
  readonly target: Target;
  /** Where the learner's client arrives; `null` where the learner writes the server. */
  readonly arrivals: Arrivals | null;
  readonly clock: CheckClock;
  readonly dice: Dice;
  readonly transcript: Transcript;
}

/** The checker's side of one stage: opens sockets, and closes them all when the stage is over. */
export class Bench {
  readonly clock: CheckClock;
  readonly dice: Dice;
  readonly #options: BenchOptions;
  readonly #waits: Waits;
  readonly #open: { close(): void; closed?(): Promise<void> }[] = [];

  constructor(options: BenchOptions) {
    this.#options = options;
    this.clock = options.clock;
    this.dice = options.dice;
    this.#waits = new Waits(options.clock);
  }

  /** Where the learner's server is, as far as it is known. */
  get endpoint(): Endpoint {
    const { chosen, addresses, port } = this.#options.target;
    return { address: chosen ?? addresses[0] ?? '127.0.0.1', port };
  }

  /** Connects to the learner's server. */
  async connect(): Promise<Peer> {
    const { target } = this.#options;
    let failure: CheckFailure | null = null;
    for (const address of target.chosen === null ? target.addresses : [target.chosen]) {
      const outcome = await this.#connectTo(address);
      if (outcome instanceof CheckFailure) {
        failure ??= outcome;
        continue;
      }
      target.chosen = address;
      return this.#peer(outcome);
    }
    throw failure ?? new CheckFailure('refused', { port: target.port });
  }

  /** So many connections, one after the other. */
  async connectAll(count: number): Promise<Peer[]> {
    const peers: Peer[] = [];
    for (let number = 0; number < count; number += 1) peers.push(await this.connect());
    return peers;
  }

  /** A UDP socket that talks to the learner's server. */
  async datagrams(): Promise<DatagramPeer> {
    const { clock, transcript } = this.#options;
    const peer = await DatagramPeer.open({ number: this.#nextNumber(), target: this.endpoint, clock, transcript });
    this.#open.push(peer);
    return peer;
  }

  /** Waits for the learner's client. */
  async accept(): Promise<Peer> {
    const { arrivals } = this.#options;
    if (!arrivals) throw new Error('nobody is expected');
    arrivals.onArrival(() => this.#waits.tell());
    await this.#waits.until(() => arrivals.waiting > 0, ARRIVAL_MS);
    const socket = arrivals.next();
    if (!socket) throw new CheckFailure('nobody-came', { port: this.endpoint.port, seconds: ARRIVAL_MS / 1_000 });
    return this.#peer(socket);
  }

  /** Lets time pass. */
  pause(ms: number): Promise<void> {
    return this.#waits.pause(ms);
  }

  /** The stage failed. */
  fail(code: FailureCode, facts: Facts = {}): never {
    throw new CheckFailure(code, facts);
  }

  /** Closes every socket and ends every wait. */
  async close(): Promise<void> {
    this.#waits.close();
    for (const peer of this.#open) peer.close();
    await Promise.all(this.#open.map((peer) => peer.closed?.()));
  }

  #peer(socket: Socket): Peer {
    const { clock, transcript } = this.#options;
    const peer = new Peer({ number: this.#nextNumber(), socket, clock, transcript });
    this.#open.push(peer);
    return peer;
  }

  #nextNumber(): number {
    if (this.#open.length >= MAX_PEERS) throw new Error('this stage opens too many sockets');
    return this.#open.length + 1;
  }

  async #connectTo(address: string): Promise<Socket | CheckFailure> {
    const { port, chosen } = this.#options.target;
    const socket = connect({ host: address, port, allowHalfOpen: true });
    let code: string | null = null;
    let connected = false;
    socket.once('connect', () => {
      connected = true;
      this.#waits.tell();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      code ??= error.code ?? error.message;
      this.#waits.tell();
    });
    await this.#waits.until(() => connected || code !== null, CONNECT_MS);
    if (connected) return socket;
    socket.destroy();
    const facts = { port, address, errno: code ?? '', seconds: CONNECT_MS / 1_000 };
    if (code === null) return new CheckFailure('not-accepted', facts);
    // Accepted and reset before the connection was reported.
    if (code === 'ECONNRESET') return new CheckFailure('reset', { sent: '0 B' });
    if (code === 'ECONNREFUSED') return new CheckFailure(chosen === null ? 'refused' : 'refused-later', facts);
    return new CheckFailure('unreachable', facts);
  }
}
