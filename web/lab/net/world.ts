/** Lets one thing happen after the other: packets arrive, timers fire, programs take their turns. */
import type { Answer } from '../stack/calls.ts';
import { type HostEvent, type HostState, type HostStep, numbersOf, type OutgoingPacket, step } from '../stack/stack.ts';
import type { SimTime } from '../stack/time.ts';
import { MAX_SAMPLED_CONNECTIONS, MAX_SAMPLES } from './limits.ts';
import type { HostId, LinkSettings } from './link-settings.ts';
import type { Item, Moment } from './moment.ts';
import type { Arrival, PacketRecord } from './packet-record.ts';
import { MAX_CALLS_A_TURN } from './programs/limits.ts';
import type { PortEffects } from './programs/program-port.ts';
import type { ProgramCall, Turn } from './programs/turn.ts';
import type { RunRecord } from './record.ts';
import type { RunEvent } from './run-event.ts';
import type { RunSetup } from './run-setup.ts';
import { differs, sampleOf } from './sample.ts';

const US_A_MS = 1000;

/** The other end of the wire. */
function other(host: HostId): HostId {
  return host === 'a' ? 'b' : 'a';
}

/** Works on one moment, and writes down what happens in it. */
export class World {
  readonly #setup: RunSetup;
  readonly #record: RunRecord;
  moment: Moment;

  constructor(setup: RunSetup, record: RunRecord, moment: Moment) {
    this.#setup = setup;
    this.#record = record;
    this.moment = moment;
  }

  /** When something happens next; `null`: never again. */
  nextAt(): SimTime | null {
    const { agenda, deadlines, waiting, now } = this.moment;
    if (waiting) return now;
    return earliest(agenda.nextAt(), earliest(deadlines.a, deadlines.b));
  }

  /** Lets the next thing happen. A program's turn is begun only: `moment.waiting` says whose, `answer` ends it. */
  tick(): void {
    const { moment } = this;
    const at = this.nextAt();
    if (at === null || moment.waiting) return;
    moment.now = Math.max(moment.now, at);
    moment.tick += 1;
    if (moment.agenda.nextAt() === at) {
      const item = moment.agenda.take();
      if (item) this.#happen(item);
      return;
    }
    const host = moment.deadlines.a === at ? 'a' : 'b';
    this.#step(host, { event: 'timer' }, null);
  }

  /** The program that was waited for has answered. */
  answer(calls: readonly ProgramCall[]): void {
    const { moment } = this;
    const turn = moment.waiting;
    if (!turn) return;
    moment.waiting = null;
    moment.turns += 1;
    const port = moment.ports[turn.host][turn.program];
    const effects = this.#effects(turn.host, turn.program);
    for (const call of calls.slice(0, MAX_CALLS_A_TURN)) port?.apply(call, effects);
    if (calls.length <= MAX_CALLS_A_TURN) return;
    const text = `more than ${MAX_CALLS_A_TURN} calls in answer to one event`;
    port?.apply({ call: 'fail', text, line: null }, effects);
  }

  #happen(item: Item): void {
    switch (item.item) {
      case 'arrival':
        this.#arrive(item.packet, item.copy);
        return;
      case 'loss':
        this.#lose(item.packet);
        return;
      case 'turn':
        this.#wait({ ...item, now: this.moment.now });
        return;
      case 'pull':
        this.moment.ports[item.host][item.program]?.pull(item.socket, this.#effects(item.host, item.program));
        return;
      case 'timer':
        if (!this.moment.ports[item.host][item.program]?.takeTimer(item.timer)) return;
        this.#wait({ ...item, now: this.moment.now, event: { event: 'timer', timer: item.timer } });
        return;
    }
  }

  #wait({ host, program, now, event }: Turn): void {
    if (this.moment.ports[host][program]?.stopped) return;
    this.moment.waiting = { host, program, now, event };
  }

  #lose(id: number): void {
    const packet = this.#record.packets[id];
    if (!packet?.lost || packet.lost.at !== this.moment.now) return;
    this.moment.inFlight.delete(id);
    this.#log({ kind: 'lost', at: this.moment.now, host: packet.from, packet: id });
  }

  /** A copy that was delayed or taken away by hand has another entry, or none. */
  #arrive(id: number, copy: number): void {
    const { moment } = this;
    const packet = this.#record.packets[id];
    const arrival = packet?.arrivals[copy];
    if (!packet || !arrival || arrival.done || arrival.at !== moment.now) return;
    const host = other(packet.from);
    this.#log({ kind: 'arrived', at: moment.now, host, packet: id, copy });
    this.#markOvertaken(packet);
    const { discard } = this.#step(host, { event: 'packet', bytes: arrival.damaged ?? packet.bytes }, null);
    this.changeArrival(id, copy, { done: true, discarded: discard?.reason ?? null });
  }

  /** Replaces what is known of a copy. */
  readonly changeArrival = (id: number, copy: number, change: Partial<Arrival>): void => {
    const packet = this.#record.packets[id];
    if (!packet) return;
    const arrivals = packet.arrivals.map((arrival, index) => (index === copy ? { ...arrival, ...change } : arrival));
    this.#record.packets[id] = { ...packet, arrivals };
    if (arrivals.every(({ done }) => done)) this.moment.inFlight.delete(id);
  };

  #markOvertaken(arrived: PacketRecord): void {
    for (const id of this.moment.inFlight) {
      const packet = this.#record.packets[id];
      if (!packet || packet.from !== arrived.from || packet.id >= arrived.id || packet.lost || packet.overtaken)
        continue;
      if (packet.arrivals.every(({ done }) => !done)) this.#record.packets[id] = { ...packet, overtaken: true };
    }
  }

  /** A host's interface takes what its direction of the wire takes. */
  readonly setWire = (from: HostId, settings: LinkSettings): void => {
    const link = this.moment.links[from];
    const isOther = link.settings.mtu !== settings.mtu;
    link.settings = settings;
    if (isOther) this.#step(from, { event: 'mtu', mtu: settings.mtu }, null);
  };

  #step(host: HostId, event: HostEvent, program: number | null): HostStep<HostState> {
    const { moment } = this;
    const result = step(moment.hosts[host], moment.now, event);
    moment.hosts[host] = result.state;
    moment.deadlines[host] = result.deadline;
    if (event.event === 'call' && program !== null && result.answer)
      this.#log({ kind: 'call', at: moment.now, host, program, call: event.call, answer: result.answer });
    for (const packet of result.packets) this.#transmit(host, packet);
    this.#sample(host);
    this.#tell(host, result);
    return result;
  }

  #tell(host: HostId, { notices }: HostStep<HostState>): void {
    const { moment } = this;
    for (const notice of notices) {
      if (notice.notice === 'state') {
        const { connection, socket, from, to, because } = notice;
        this.#log({ kind: 'state', at: moment.now, host, connection, socket, from, to, because });
        continue;
      }
      const socket = 'socket' in notice ? notice.socket : null;
      const program = moment.ports[host].findIndex((port) => socket !== null && port.owns(socket));
      this.#log({ kind: 'notice', at: moment.now, host, program, notice });
      moment.ports[host][program]?.notice(notice, this.#effects(host, program));
    }
  }

  #transmit(from: HostId, { bytes, because, connection }: OutgoingPacket): void {
    const { moment } = this;
    const { packets } = this.#record;
    const id = packets.length;
    const fate = moment.links[from].send(moment.now, bytes.length, moment.rules.deedsFor(from, bytes));
    const arrivals = fate.arrivals.map(({ at, flippedBit }) => {
      return {
        at,
        damaged: flippedBit === null ? null : withBitFlipped(bytes, flippedBit),
        done: false,
        discarded: null,
      };
    });
    const { departedAt, lost } = fate;
    packets.push({
      id,
      from,
      sentAt: moment.now,
      departedAt,
      bytes,
      because,
      connection,
      arrivals,
      lost,
      overtaken: false,
    });
    this.#log({ kind: 'sent', at: moment.now, host: from, packet: id });
    moment.inFlight.add(id);
    moment.keptBytes += bytes.length;
    if (lost) moment.agenda.add(lost.at, { item: 'loss', packet: id });
    for (const [copy, { at }] of arrivals.entries()) moment.agenda.add(at, { item: 'arrival', packet: id, copy });
  }

  #log(event: RunEvent): void {
    this.#record.events.push(event);
    this.#record.ticks.push(this.moment.tick);
  }

  #sample(host: HostId): void {
    const histories = this.#record.histories[host];
    for (const numbers of numbersOf(this.moment.hosts[host])) {
      const known = histories.get(numbers.connection);
      if (!known && histories.size >= MAX_SAMPLED_CONNECTIONS) continue;
      const samples = known ?? [];
      if (!known) histories.set(numbers.connection, samples);
      const last = samples.at(-1);
      if (last && !differs(last, numbers)) continue;
      if (samples.length < MAX_SAMPLES) samples.push(sampleOf(this.moment.now, numbers));
    }
  }

  #effects(host: HostId, program: number): PortEffects {
    const { agenda } = this.moment;
    const { now } = this.moment;
    return {
      call: (call): Answer => {
        const { answer } = this.#step(host, { event: 'call', call }, program);
        return answer ?? { ok: false, error: 'EINVAL' };
      },
      tell: (event) => agenda.add(now, { item: 'turn', host, program, event }),
      pullLater: (socket) => agenda.add(now, { item: 'pull', host, program, socket }),
      timer: (timer, afterMs) => {
        const us = Math.round(Math.max(0, afterMs) * US_A_MS);
        agenda.add(now + us, { item: 'timer', host, program, timer });
      },
      print: (text, failed, line) => this.#log({ kind: 'output', at: now, host, program, text, failed, line }),
      resolve: (name) => this.#resolve(host, name),
    };
  }

  #resolve(host: HostId, name: string | null): string | null {
    const { hosts } = this.#setup;
    if (name === null) return hosts[other(host)].address;
    for (const { name: known, address } of [hosts.a, hosts.b]) if (name === known || name === address) return address;
    return /^\d+\.\d+\.\d+\.\d+$/.test(name) ? name : null;
  }
}

function earliest(a: SimTime | null, b: SimTime | null): SimTime | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

function withBitFlipped(bytes: Uint8Array, bit: number): Uint8Array {
  const copy = bytes.slice();
  const at = bit >> 3;
  copy[at] = (copy[at] ?? 0) ^ (0x80 >> (bit & 7));
  return copy;
}
