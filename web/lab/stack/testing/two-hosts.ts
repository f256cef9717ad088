/** Two hosts and a wire between them, on a virtual clock: reads like the scenario. */
import { parseIpPacket } from '#packets/packet.ts';
import type { ParsedTcp } from '#packets/tcp.ts';
import type { Answer, Call, SocketId } from '../calls.ts';
import type { OutgoingPacket } from '../host.ts';
import type { HostState } from '../host-state.ts';
import type { Notice } from '../notices.ts';
import type { TcpOptions } from '../options.ts';
import { createHost, DEFAULT_TCP_OPTIONS, step, type TcpView, viewOf } from '../stack.ts';
import { Agenda } from './agenda.ts';

/** Which of the two. */
export type Side = 'a' | 'b';

/** Their addresses. */
export const ADDRESSES = { a: '10.0.0.1', b: '10.0.0.2' } as const;

/** A packet as it was sent. `tcp` is `null` where it is none. */
export interface Sent {
  readonly at: number;
  readonly from: Side;
  readonly packet: OutgoingPacket;
  readonly tcp: ParsedTcp | null;
  /** Octets of payload. */
  readonly length: number;
  /** Such as `SYN+ACK`. */
  readonly flags: string;
}

/** What becomes of a packet: when its copies arrive, after how many microseconds, and what of. Empty: it is lost. */
export type Fate = (sent: Sent, nth: number) => readonly { readonly afterUs: number; readonly bytes?: Uint8Array }[];

/** How the two hosts and their wire are; a clean wire of 10 ms otherwise. */
export interface Scenario {
  readonly delayUs?: number;
  readonly fate?: Fate;
  readonly a?: Partial<TcpOptions>;
  readonly b?: Partial<TcpOptions>;
  readonly mtu?: number;
  readonly secrets?: readonly [number, number];
}

interface Flying {
  readonly at: number;
  readonly order: number;
  readonly to: Side;
  readonly bytes: Uint8Array;
}

const FLAG_NAMES = ['FIN', 'SYN', 'RST', 'PSH', 'ACK', 'URG'];

/** Names of control bits, PSH left out. */
export function flagNames(flags: number): string {
  return FLAG_NAMES.filter((_, bit) => bit !== 3 && flags & (1 << bit)).join('+');
}

/** Both hosts, the wire, and the clock. */
export class TwoHosts {
  now = 0;
  readonly delayUs: number;
  readonly hosts: Record<Side, HostState>;
  readonly deadlines: Record<Side, number | null> = { a: null, b: null };
  readonly sent: Sent[] = [];
  readonly notices: { readonly at: number; readonly side: Side; readonly notice: Notice }[] = [];
  readonly discards: { readonly at: number; readonly side: Side; readonly reason: string }[] = [];
  /** Called for what a program would be told. */
  onNotice: (side: Side, notice: Notice) => void = () => undefined;
  fate: Fate;
  readonly #flying = new Agenda<Flying>();
  #order = 0;
  /** Events without any time in between. */
  #atThisTime = 0;
  #plans: { readonly at: number; readonly act: () => void }[] = [];

  constructor({ delayUs = 10_000, fate, a = {}, b = {}, mtu = 1500, secrets = [1, 2] }: Scenario = {}) {
    this.delayUs = delayUs;
    this.fate = fate ?? (() => [{ afterUs: this.delayUs }]);
    const host = (address: string, secret: number, tcp: Partial<TcpOptions>) =>
      createHost({ address, mtu, ttl: 64, secret, tcp: { ...DEFAULT_TCP_OPTIONS, ...tcp } });
    this.hosts = { a: host(ADDRESSES.a, secrets[0], a), b: host(ADDRESSES.b, secrets[1], b) };
  }

  call(side: Side, call: Call): Answer {
    return this.#step(side, { event: 'call', call }) ?? { ok: false, error: 'EINVAL' };
  }

  /** Hands a packet to a host at once. */
  deliver(side: Side, bytes: Uint8Array): void {
    this.#step(side, { event: 'packet', bytes });
  }

  #step(side: Side, event: Parameters<typeof step>[2]): Answer | null {
    const done = step(this.hosts[side], this.now, event);
    this.hosts[side] = done.state;
    this.deadlines[side] = done.deadline;
    if (done.discard) this.discards.push({ at: this.now, side, reason: done.discard.reason });
    for (const packet of done.packets) this.#send(side, packet);
    for (const notice of done.notices) {
      this.notices.push({ at: this.now, side, notice });
      this.onNotice(side, notice);
    }
    return done.answer;
  }

  #send(from: Side, packet: OutgoingPacket): void {
    const { transport, payload } = parseIpPacket(packet.bytes);
    const tcp = transport?.layer === 'tcp' ? transport : null;
    const flags = tcp === null ? '' : flagNames(tcp.flags);
    const sent = { at: this.now, from, packet, tcp, length: payload.end - payload.start, flags };
    this.sent.push(sent);
    for (const { afterUs, bytes = packet.bytes } of this.fate(sent, this.sent.length)) {
      this.#order += 1;
      this.#flying.add({ at: this.now + afterUs, order: this.#order, to: from === 'a' ? 'b' : 'a', bytes });
    }
  }

  /** Has something done after a while. */
  later(us: number, act: () => void): void {
    this.#plans.push({ at: this.now + us, act });
    this.#plans.sort((a, b) => a.at - b.at);
  }

  /** What happens next: a packet arrives, or a timer is due. Answers whether anything did. */
  next(until = Number.POSITIVE_INFINITY): boolean {
    const first = this.#flying.first();
    const timers = (['a', 'b'] as const).map((side) => ({
      side,
      at: this.deadlines[side] ?? Number.POSITIVE_INFINITY,
    }));
    const timer = timers.reduce((x, y) => (y.at < x.at ? y : x));
    const plan = this.#plans[0] ?? null;
    const at = Math.min(first?.at ?? Number.POSITIVE_INFINITY, timer.at, plan?.at ?? Number.POSITIVE_INFINITY);
    if (at > until || at === Number.POSITIVE_INFINITY) return false;
    this.#atThisTime = at > this.now ? 0 : this.#atThisTime + 1;
    if (this.#atThisTime > 1e5) throw new Error(`time stands still at ${at} µs`);
    this.now = Math.max(this.now, at);
    if (plan?.at === at) {
      this.#plans.shift();
      plan.act();
    } else if (first !== null && first.at <= timer.at) {
      this.#flying.removeFirst();
      this.#step(first.to, { event: 'packet', bytes: first.bytes });
    } else this.#step(timer.side, { event: 'timer' });
    return true;
  }

  /** Lets time pass. */
  run(us: number): void {
    const until = this.now + us;
    while (this.next(until));
    this.now = until;
  }

  /** Until nothing more happens, for `us` at most. */
  settle(us = 3600_000_000): void {
    const until = this.now + us;
    while (this.next(until));
  }

  /** Runs until it holds. Throws when it does not within an hour. */
  until(holds: () => boolean): void {
    const until = this.now + 3600_000_000;
    while (!holds()) if (!this.next(until)) throw new Error(`it never came, by ${this.now} µs`);
  }

  views(side: Side): readonly TcpView[] {
    return viewOf(this.hosts[side]);
  }

  /** The connection that a socket names. */
  view(side: Side, socket: SocketId): TcpView {
    const view = this.views(side).find((each) => each.socket === socket);
    if (view === undefined) throw new Error(`host ${side} has no socket ${socket}`);
    return view;
  }

  state(side: Side, socket: SocketId): string {
    return this.views(side).find((each) => each.socket === socket)?.state ?? 'CLOSED';
  }

  /** Segments of one side since the `since`th packet, as `SYN`, `ACK`, `ACK 100` (octets). */
  segments(from: Side, since = 0): string[] {
    return this.sent
      .slice(since)
      .filter((each) => each.from === from && each.tcp !== null)
      .map(({ flags, length }) => (length > 0 ? `${flags} ${length}` : flags));
  }

  /** The rules by which one side sent. */
  rules(from: Side, since = 0): string[] {
    return this.sent
      .slice(since)
      .filter((each) => each.from === from)
      .map(({ packet }) => packet.because.rule);
  }

  /** What a side was told, by name. */
  told(side: Side): string[] {
    return this.notices
      .filter((each) => each.side === side && each.notice.notice !== 'state')
      .map(({ notice }) => notice.notice);
  }

  /** The states that a side went through, `LISTEN>SYN-RECEIVED`. */
  states(side: Side): string[] {
    return this.notices.flatMap(({ side: at, notice }) =>
      at === side && notice.notice === 'state' ? [`${notice.from}>${notice.to}`] : [],
    );
  }
}

/** B's listening socket. */
export const LISTENER = 1;
/** A's end of the first connection. */
export const CLIENT = 10;
/** B's end of the first connection. */
export const SERVER = 20;

/** B listens on port 7, A has connected, B has accepted. */
export function connected(scenario: Scenario = {}): TwoHosts {
  const two = new TwoHosts(scenario);
  two.call('b', { call: 'tcp.listen', socket: LISTENER, port: 7, backlog: 8 });
  two.call('a', { call: 'tcp.connect', socket: CLIENT, to: { address: ADDRESSES.b, port: 7 } });
  two.until(() => two.notices.some(({ notice }) => notice.notice === 'acceptable'));
  two.call('b', { call: 'tcp.accept', socket: LISTENER, as: SERVER });
  return two;
}

/** Octets that show where they belong. */
export function pattern(length: number, seed = 0): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0; at < length; at += 1) bytes[at] = (at * 31 + (at >> 8) * 7 + seed) & 0xff;
  return bytes;
}

/** `tcp.send`. Answers how many octets were taken; throws when it is refused. */
export function send(two: TwoHosts, side: Side, socket: SocketId, bytes: Uint8Array): number {
  const answer = two.call(side, { call: 'tcp.send', socket, bytes });
  if (!answer.ok) throw new Error(answer.error);
  return answer.value;
}

/** `tcp.receive`. Throws when it is refused. */
export function receive(
  two: TwoHosts,
  side: Side,
  socket: SocketId,
  max = 1 << 20,
): { bytes: Uint8Array; end: boolean } {
  const answer = two.call(side, { call: 'tcp.receive', socket, max });
  if (!answer.ok) throw new Error(answer.error);
  return answer;
}
