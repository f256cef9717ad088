/** A bound UDP socket. Replaced, never written. */
import type { SocketAddress, SocketId } from './calls.ts';

/** Addresses are dotted decimal. */
export interface UdpSocket {
  readonly socket: SocketId;
  readonly port: number;
  /** The one peer of a connected socket. */
  readonly peer: SocketAddress | null;
}
