/** The table of file descriptors, and what the host tells of the sockets behind them. */
import type { Notice, SocketId } from '../../../web/lab/stack/stack.ts';
import {
  type Descriptor,
  type EpollDescriptor,
  MAX_WAITING_DATAGRAMS,
  type TcpDescriptor,
  type UdpDescriptor,
} from './descriptor.ts';
import { WrittenStream } from './written-stream.ts';

/** Most descriptors of one script. */
const MAX_DESCRIPTORS = 1_024;

/** Of one running script. */
export class Descriptors {
  readonly #open = new Map<number, Descriptor>();
  /** Also of sockets that the program has closed: their segments go on. */
  readonly #bySocket = new Map<SocketId, TcpDescriptor | UdpDescriptor>();
  #nextSocket = 1;

  get(number: number): Descriptor | undefined {
    return this.#open.get(number);
  }

  /** Gives a descriptor the number that the script expects; `false` when it is taken, or there are too many. */
  add(number: number, descriptor: Descriptor): boolean {
    if (this.#open.has(number) || this.#open.size >= MAX_DESCRIPTORS) return false;
    this.#open.set(number, descriptor);
    return true;
  }

  /** The lowest number that is free. */
  free(): number {
    let number = 3;
    while (this.#open.has(number)) number += 1;
    return number;
  }

  remove(number: number): void {
    this.#open.delete(number);
  }

  /** A new socket of the host for a descriptor. */
  assignSocket(descriptor: TcpDescriptor | UdpDescriptor): SocketId {
    const id = this.#nextSocket;
    this.#nextSocket += 1;
    descriptor.id = id;
    this.#bySocket.set(id, descriptor);
    return id;
  }

  ofSocket(id: SocketId | null): TcpDescriptor | UdpDescriptor | undefined {
    return id === null ? undefined : this.#bySocket.get(id);
  }

  /** All TCP sockets that are open, by number. */
  *tcp(): Generator<TcpDescriptor> {
    for (const descriptor of this.#open.values()) if (descriptor.kind === 'tcp') yield descriptor;
  }

  *udp(): Generator<UdpDescriptor> {
    for (const descriptor of this.#open.values()) if (descriptor.kind === 'udp') yield descriptor;
  }

  /** Takes note of what the host tells. */
  hear(notice: Notice): void {
    if (notice.notice === 'state' || notice.notice === 'pong') return;
    const descriptor = this.#bySocket.get(notice.socket);
    if (!descriptor) return;
    descriptor.edges += 1;
    if (notice.notice === 'datagram' && descriptor.kind === 'udp') {
      if (descriptor.datagrams.length < MAX_WAITING_DATAGRAMS) descriptor.datagrams.push(notice);
    } else if (notice.notice === 'datagram-failed') descriptor.error = notice.error;
    else if (descriptor.kind === 'tcp') hearTcp(descriptor, notice);
  }
}

function hearTcp(descriptor: TcpDescriptor, notice: Notice): void {
  if (notice.notice === 'connected') descriptor.stage = 'connected';
  else if (notice.notice === 'failed') {
    descriptor.stage = 'failed';
    descriptor.error = notice.error;
  }
}

/** A TCP socket as `socket` makes it. */
export function newTcp(nonBlocking: boolean): TcpDescriptor {
  return {
    kind: 'tcp',
    id: null,
    stage: 'new',
    nonBlocking,
    error: null,
    port: null,
    stored: new Map(),
    edges: 0,
    connectTold: false,
    options: {},
    resetOnClose: false,
    readShut: false,
    writeShut: false,
    readOctets: 0,
    irs: null,
    written: new WrittenStream(),
    corked: false,
    held: [],
    heldUntilUs: null,
  };
}

/** A socket of UDP that has no port yet. */
export function newUdp(nonBlocking: boolean): UdpDescriptor {
  return {
    kind: 'udp',
    id: null,
    nonBlocking,
    error: null,
    port: null,
    stored: new Map(),
    edges: 0,
    peer: null,
    datagrams: [],
  };
}

/** An epoll that watches nothing yet. */
export function newEpoll(): EpollDescriptor {
  return { kind: 'epoll', watched: new Map() };
}
