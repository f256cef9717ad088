/** A socket in LISTEN. RFC 9293 §3.10.1. Replaced, never written. */
import type { SocketId } from '../calls.ts';
import type { TcpOptions } from '../options.ts';

/** Connections that may wait for `accept` on one listener, whatever was asked for. */
export const MAX_BACKLOG = 4096;

/** It has a connection number, as a connection has, so that its states can be told. */
export interface Listener {
  readonly connection: number;
  readonly socket: SocketId;
  readonly port: number;
  readonly backlog: number;
  readonly options: TcpOptions;
  /** In SYN-RECEIVED, by connection number. */
  readonly halfOpen: readonly number[];
  /** Established and not accepted, the oldest first. */
  readonly waiting: readonly number[];
}
