/** What a host tells its programs, and what it tells who watches. */

import type { TcpState } from '#packets/tcp-state.ts';
import type { Because } from './because.ts';
import type { SocketAddress, SocketError, SocketId } from './calls.ts';

/** Told as it happens; a program is not asked for an answer. */
export type Notice =
  /** A connection waits on the backlog of a listener. */
  | { readonly notice: 'acceptable'; readonly socket: SocketId }
  | { readonly notice: 'connected'; readonly socket: SocketId }
  /** Octets are there that were not before, or the end is (a FIN). */
  | { readonly notice: 'readable'; readonly socket: SocketId }
  /** The send buffer has room again, after a `tcp.send` that took less than it was given. */
  | { readonly notice: 'writable'; readonly socket: SocketId }
  /** Everything sent and the FIN are acknowledged, and the peer's FIN has come; or TIME-WAIT began. No more will come. */
  | { readonly notice: 'closed'; readonly socket: SocketId }
  /** The connection is gone: refused, reset, timed out, unreachable. */
  | { readonly notice: 'failed'; readonly socket: SocketId; readonly error: SocketError }
  | { readonly notice: 'datagram'; readonly socket: SocketId; readonly from: SocketAddress; readonly bytes: Uint8Array }
  /** An ICMP error about a datagram of ours; the socket lives on. */
  | { readonly notice: 'datagram-failed'; readonly socket: SocketId; readonly error: SocketError }
  | {
      readonly notice: 'pong';
      readonly from: string;
      readonly identifier: number;
      readonly sequence: number;
      readonly bytes: Uint8Array;
    }
  /** For who watches: a TCP endpoint went from one state to another. `socket` is `null` before it is accepted. */
  | {
      readonly notice: 'state';
      readonly socket: SocketId | null;
      readonly connection: number;
      readonly from: TcpState;
      readonly to: TcpState;
      readonly because: Because;
    };
