/** A host: one IPv4 interface with ICMP, UDP and TCP on it. Pure: time, calls and packets are handed in. */
import type { Because } from './because.ts';
import type { Answer, Call, SocketId } from './calls.ts';
import type { Notice } from './notices.ts';

/** A packet that a host hands to its interface. */
export interface OutgoingPacket {
  /** A whole IPv4 packet. */
  readonly bytes: Uint8Array;
  readonly because: Because;
  /** The connection it belongs to; `null` of ICMP, UDP, and a RST of no connection. */
  readonly connection: number | null;
  readonly socket: SocketId | null;
}

/** What can happen to a host. */
export type HostEvent =
  /** An IPv4 packet came off the wire, whole or damaged. */
  | { readonly event: 'packet'; readonly bytes: Uint8Array }
  /** The deadline that the last step asked for has come. Harmless when it comes early or twice. */
  | { readonly event: 'timer' }
  /** The interface takes packets of another length from now on, in octets. */
  | { readonly event: 'mtu'; readonly mtu: number }
  | { readonly event: 'call'; readonly call: Call };

/** What the host ignored or refused of what came in, and by which rule: `checksum`, `not-for-us`, `paws` … */
export interface Discard {
  readonly reason: string;
}

/** What a step led to. */
export interface HostStep<State> {
  /** The state after it. The one before is not used again, unless it was kept by `snapshot`. */
  readonly state: State;
  readonly packets: readonly OutgoingPacket[];
  readonly notices: readonly Notice[];
  /** Of a `call`; `null` otherwise. */
  readonly answer: Answer | null;
  /** When the host wants a `timer` event next; `null`: never. */
  readonly deadline: number | null;
  /** Why a packet had no effect; `null` when it had. */
  readonly discard: Discard | null;
}
