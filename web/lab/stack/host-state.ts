/** All that a host knows. A step writes to it; `snapshot` makes a copy that no later step touches. */
import { ipv4Number } from '#packets/address.ts';
import type { SocketId } from './calls.ts';
import { MAX_MTU, MIN_MTU } from './fragment.ts';
import { hash } from './hash.ts';
import type { HostOptions } from './options.ts';
import type { Reassembly } from './reassembly.ts';
import { takeOptions } from './take-options.ts';
import type { Listener } from './tcp/listener.ts';
import type { Tcb } from './tcp/tcb.ts';
import type { UdpSocket } from './udp-socket.ts';

/** Sockets and connections of one host; more are refused with ENOBUFS, or their SYN is dropped. */
export const MAX_ENDPOINTS = 16_384;

/** What a socket number means. `connection` is a key of `connections` or `listeners`. */
export type Socket =
  | { readonly kind: 'connection'; readonly connection: number }
  | { readonly kind: 'listener'; readonly connection: number }
  | { readonly kind: 'udp'; readonly udp: UdpSocket };

/** The dynamic ports of RFC 6335 §6. */
const FIRST_EPHEMERAL_PORT = 49_152;
const EPHEMERAL_PORTS = 65_536 - FIRST_EPHEMERAL_PORT;

/** Opaque to who steps a host; the stack's own modules write to it. */
export class HostState {
  options: HostOptions;
  /** Its address in 32 bits. */
  readonly address: number;
  /** Whose value a Tcb carries belongs to this state alone and may be written; any other is copied first. */
  epoch: object = {};
  sockets: Map<SocketId, Socket> = new Map();
  /** By connection number. */
  connections: Map<number, Tcb> = new Map();
  listeners: Map<number, Listener> = new Map();
  /** Connection number by both ends, see `endsKey`. */
  byEnds: Map<string, number> = new Map();
  /** Listener's connection number by port. */
  byPort: Map<number, number> = new Map();
  udpByPort: Map<number, SocketId> = new Map();
  reassemblies: Map<string, Reassembly> = new Map();
  nextConnection = 1;
  /** Connection number that the last packet was for. */
  lastFound = 0;
  nextEphemeral: number;
  nextIdentification: number;
  /** The earliest deadline of all connections, and whose it is. */
  deadline = Number.POSITIVE_INFINITY;
  deadlineOf = 0;

  constructor(options: HostOptions) {
    const address = ipv4Number(options.address);
    if (address === null) throw new RangeError(`${JSON.stringify(options.address)} is no IPv4 address`);
    this.address = address;
    this.options = { ...options, mtu: possibleMtu(options.mtu), tcp: takeOptions(options.tcp) };
    this.nextEphemeral = hash(options.secret, 1) % EPHEMERAL_PORTS;
    this.nextIdentification = hash(options.secret, 2) & 0xffff;
  }

  setMtu(mtu: number): void {
    this.options = { ...this.options, mtu: possibleMtu(mtu) };
  }

  /** The identification of the next packet (RFC 791 §3.2). */
  identification(): number {
    this.nextIdentification = (this.nextIdentification + 1) & 0xffff;
    return this.nextIdentification;
  }

  /** An ephemeral port for which `isFree` holds, or `null`. RFC 6056 §3.3.1, with a counter in place of dice. */
  ephemeralPort(isFree: (port: number) => boolean): number | null {
    for (let tries = 0; tries < EPHEMERAL_PORTS; tries += 1) {
      const port = FIRST_EPHEMERAL_PORT + this.nextEphemeral;
      this.nextEphemeral = (this.nextEphemeral + 1) % EPHEMERAL_PORTS;
      if (isFree(port)) return port;
    }
    return null;
  }
}

function possibleMtu(mtu: number): number {
  return Math.min(MAX_MTU, Math.max(MIN_MTU, Math.floor(mtu) || MIN_MTU));
}

/** A host with no sockets. Throws a RangeError when its address is none; its MTU is put between 68 and 65,535. */
export function createHost(options: HostOptions): HostState {
  return new HostState(options);
}

/** An independent copy: both may be stepped on. Costs a copy of the tables; octets are shared. */
export function snapshot(state: HostState): HostState {
  const copy = new HostState(state.options);
  Object.assign(copy, state, {
    epoch: {},
    sockets: new Map(state.sockets),
    connections: new Map(state.connections),
    listeners: new Map(state.listeners),
    byEnds: new Map(state.byEnds),
    byPort: new Map(state.byPort),
    udpByPort: new Map(state.udpByPort),
    reassemblies: new Map(state.reassemblies),
  });
  state.epoch = {};
  return copy;
}
