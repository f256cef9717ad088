/**
 * One seeded run of two hosts over a bad wire, with everything checked that must hold on any wire: what is delivered is
 * a prefix of what was sent and in the end all of it, no connection is stuck, checksums are right, memory is bounded.
 */

import { ipv4Number } from '#packets/address.ts';
import { parseIpPacket } from '#packets/packet.ts';
import { verifyChecksums } from '#packets/verify.ts';
import { hash } from '../hash.ts';
import { BadWire } from './bad-wire.ts';
import { Chance } from './random.ts';
import { chooseSettings, type SoakSettings } from './soak-settings.ts';
import {
  ADDRESSES,
  CLIENT,
  type Fate,
  LISTENER,
  pattern,
  SERVER,
  type Sent,
  type Side,
  TwoHosts,
} from './two-hosts.ts';

const HOUR_US = 3600_000_000;
const MAX_EVENTS = 400_000;
const PORT = 7;
const CLIENT_PORT = 5000;

/** What a run did. */
export interface SoakResult {
  readonly packets: number;
  readonly octets: number;
  readonly lost: number;
  readonly retransmissions: number;
  /** Of everything that was sent, in order. */
  readonly digest: number;
}

/** Throws, with the seed, at the first promise that is broken. */
export function soak(seed: number): SoakResult {
  const run = new Soak(seed);
  try {
    return run.run();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`seed ${seed}: ${reason}; ${JSON.stringify(run.settings)}`, { cause: error });
  }
}

interface Program {
  readonly side: Side;
  readonly socket: number;
  readonly sends: Uint8Array;
  readonly expects: Uint8Array;
  sent: number;
  received: number;
  ended: boolean;
  /** Reads only now and then. */
  readonly lazy: boolean;
  readonly closes: boolean;
}

class Soak {
  readonly settings: SoakSettings;
  readonly #chance: Chance;
  readonly #wire: BadWire;
  readonly #two: TwoHosts;
  #programs: Program[] = [];
  /** B's, until it has accepted. */
  #down: Program | null = null;
  #digest = 0;
  #failure: string | null = null;

  constructor(seed: number) {
    this.#chance = new Chance(seed);
    this.settings = chooseSettings(this.#chance);
    this.#wire = new BadWire(this.#chance, this.settings);
    const { a, b, mtu } = this.settings;
    const secrets = this.#chance.happens(0.5)
      ? ([this.#wrapping('b'), this.#wrapping('a')] as const)
      : ([seed, seed + 1] as const);
    this.#two = new TwoHosts({ a, b, mtu, secrets, fate: this.#fate });
  }

  /** A secret with which the first sequence number lies shortly before 2³². */
  #wrapping(peer: Side): number {
    const [local, remote] = peer === 'b' ? [CLIENT_PORT, PORT] : [PORT, CLIENT_PORT];
    for (let secret = this.#chance.below(1e6); ; secret += 1)
      if (hash(secret, 3, ipv4Number(ADDRESSES[peer]) ?? 0, local, remote) > 2 ** 32 - 60_000) return secret;
  }

  readonly #fate: Fate = (sent) => {
    this.#checkPacket(sent);
    return this.#wire.carry(sent, this.#two);
  };

  #checkPacket({ packet, at }: Sent): void {
    const { bytes } = packet;
    if (bytes.length > this.settings.mtu) this.#fail(`a packet of ${bytes.length} octets`);
    for (const { field, verdict } of verifyChecksums(bytes, parseIpPacket(bytes)))
      if (verdict !== 'good') this.#fail(`${field} is ${verdict}`);
    this.#digest = hash(this.#digest, at, bytes.length);
    for (let index = 0; index + 4 <= Math.min(60, bytes.length); index += 4)
      this.#digest = hash(
        this.#digest,
        ((bytes[index] ?? 0) << 24) |
          ((bytes[index + 1] ?? 0) << 16) |
          ((bytes[index + 2] ?? 0) << 8) |
          (bytes[index + 3] ?? 0),
      );
  }

  #fail(reason: string): void {
    this.#failure ??= reason;
  }

  run(): SoakResult {
    const two = this.#two;
    two.onNotice = (side, notice) => {
      if (notice.notice === 'failed') this.#fail(`${side} failed: ${notice.error}`);
      if (notice.notice === 'acceptable') this.#serve();
      const program = this.#programs.find((each) => each.side === side);
      if (program === undefined) return;
      if (notice.notice === 'connected' || notice.notice === 'writable') this.#write(program);
      if (notice.notice === 'readable' && !program.lazy) this.#read(program);
    };
    two.call('b', { call: 'tcp.listen', socket: LISTENER, port: PORT, backlog: 8 });
    const [up, down] = [this.#data(1), this.#data(2)];
    this.#programs = [this.#program('a', CLIENT, up, down)];
    this.#down = this.#program('b', SERVER, down, up);
    two.call('a', { call: 'tcp.connect', socket: CLIENT, port: CLIENT_PORT, to: { address: ADDRESSES.b, port: PORT } });
    for (let events = 0; ; events += 1) {
      if (this.#failure !== null) throw new Error(this.#failure);
      if (events > MAX_EVENTS) throw new Error('it never ends');
      this.#checkMemory();
      if (!two.next(1000 * HOUR_US)) break;
    }
    return this.#verdict(up.length + down.length);
  }

  #data(seed: number): Uint8Array {
    return pattern(
      this.#chance.pick(
        0,
        1,
        this.#chance.below(3_000),
        this.#chance.below(60_000),
        this.#chance.below(this.settings.mtu > 500 ? 250_000 : 20_000),
      ),
      seed,
    );
  }

  #program(side: Side, socket: number, sends: Uint8Array, expects: Uint8Array): Program {
    const lazy = this.#chance.happens(0.3);
    const program = {
      side,
      socket,
      sends,
      expects,
      sent: 0,
      received: 0,
      ended: false,
      lazy,
      closes: this.#chance.happens(0.5),
    };
    if (lazy) this.#readNowAndThen(program);
    return program;
  }

  #readNowAndThen(program: Program): void {
    this.#two.later(this.#chance.below(300_000) + 1_000, () => {
      this.#read(program);
      if (!program.ended) this.#readNowAndThen(program);
    });
  }

  #serve(): void {
    const program = this.#down;
    if (program === null) return;
    this.#down = null;
    this.#programs.push(program);
    this.#two.call('b', { call: 'tcp.accept', socket: LISTENER, as: SERVER });
    this.#write(program);
  }

  #write(program: Program): void {
    const { side, socket, sends } = program;
    while (program.sent < sends.length) {
      const most = this.#chance.pick(sends.length < 3_000 ? 10 : 2_000, 2_000, 70_000);
      const bytes = sends.subarray(program.sent, program.sent + 1 + this.#chance.below(most));
      const answer = this.#two.call(side, { call: 'tcp.send', socket, bytes });
      if (!answer.ok) {
        this.#fail(`send: ${answer.error}`);
        return;
      }
      program.sent += answer.value;
      if (answer.value < bytes.length) return;
    }
    this.#two.call(side, { call: 'tcp.shutdown', socket });
  }

  #read(program: Program): void {
    const { side, socket, expects } = program;
    if (program.ended || !this.#programs.includes(program)) return;
    const max = program.lazy
      ? 1 + this.#chance.below(this.#chance.pick(expects.length < 3_000 ? 100 : 5_000, 5_000, 300_000))
      : 1 << 20;
    const answer = this.#two.call(side, { call: 'tcp.receive', socket, max });
    if (!answer.ok) {
      this.#fail(`receive: ${answer.error}`);
      return;
    }
    for (const [index, octet] of answer.bytes.entries())
      if (octet !== expects[program.received + index])
        this.#fail(`octet ${program.received + index} of ${side} is wrong`);
    program.received += answer.bytes.length;
    program.ended = answer.end;
    // A close of both directions when all has been read and written is no different from a half-close.
    if (program.ended && program.closes && program.sent === program.sends.length)
      this.#two.call(side, { call: 'tcp.close', socket });
  }

  #checkMemory(): void {
    for (const side of ['a', 'b'] as const) {
      const { receiveBufferBytes, sendBufferBytes } = { ...this.#two.hosts[side].options.tcp };
      for (const tcb of this.#two.hosts[side].connections.values()) {
        let waiting = 0;
        for (const { bytes } of tcb.outOfOrder) waiting += bytes.length;
        // Rounding the window to its scale may admit a little more than the buffer.
        if (tcb.receiveQueue.length + waiting > receiveBufferBytes + 2 ** tcb.rcvScale)
          this.#fail('the receive buffer overflows');
        if (tcb.sendQueue.length > sendBufferBytes) this.#fail('the send buffer overflows');
      }
    }
  }

  #verdict(octets: number): SoakResult {
    if (this.#failure !== null) throw new Error(this.#failure);
    for (const { side, received, expects, ended } of this.#programs) {
      if (received !== expects.length) throw new Error(`${side} has ${received} of ${expects.length} octets`);
      if (!ended) throw new Error(`${side} was not told the end`);
    }
    for (const side of ['a', 'b'] as const) {
      const open = this.#two.views(side).filter(({ state }) => state !== 'LISTEN');
      if (open.length > 0) throw new Error(`${side} is left in ${open.map(({ state }) => state).join()}`);
    }
    const retransmissions = this.#two.sent.filter(({ packet }) => packet.because.rule.includes('retransm')).length;
    return { packets: this.#two.sent.length, octets, lost: this.#wire.lost, retransmissions, digest: this.#digest };
  }
}
