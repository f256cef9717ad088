/** What the file descriptors of a script stand for. */
import type { TcpOptions } from '../../../web/lab/stack/options.ts';
import type { SocketAddress, SocketId } from '../../../web/lab/stack/stack.ts';
import type { WrittenStream } from './written-stream.ts';

/** What every socket has. */
interface Common {
  nonBlocking: boolean;
  /** Name of the error that SO_ERROR, or the next call, tells. */
  error: string | null;
  /** Bound to; `null`: not bound. */
  port: number | null;
  /** Values of options that change nothing here, to be answered as they were set. */
  readonly stored: Map<string, number>;
  /** Readable, writable and error events so far, for edge-triggered polls. */
  edges: number;
}

/** A socket of TCP. */
export interface TcpDescriptor extends Common {
  readonly kind: 'tcp';
  /** `null` until it listens or connects. */
  id: SocketId | null;
  stage: 'new' | 'listening' | 'connecting' | 'connected' | 'failed';
  /** A `connect` that went on in the background has told that it is connected. */
  connectTold: boolean;
  options: Partial<TcpOptions>;
  /** SO_LINGER with 0 seconds: close is a reset. */
  resetOnClose: boolean;
  readShut: boolean;
  writeShut: boolean;
  /** Octets read so far. */
  readOctets: number;
  /** Sequence number of the peer's SYN; `null` while it is not known. */
  irs: number | null;
  readonly written: WrittenStream;
  /** TCP_CORK or TCP_NOPUSH is set. */
  corked: boolean;
  /** What is held back by a cork or MSG_MORE. */
  held: Uint8Array[];
  /** When it is let go; `null`: nothing is held back, or for as long as it takes. */
  heldUntilUs: number | null;
}

/** A socket of UDP. */
export interface UdpDescriptor extends Common {
  readonly kind: 'udp';
  id: SocketId | null;
  peer: SocketAddress | null;
  readonly datagrams: { readonly from: SocketAddress; readonly bytes: Uint8Array }[];
}

/** One descriptor that an epoll watches. */
export interface Watch {
  events: number;
  /** `edges` of the descriptor when it was last told of, and what was told. */
  toldEdges: number;
  told: number;
}

/** An epoll, and what it watches. */
export interface EpollDescriptor {
  readonly kind: 'epoll';
  readonly watched: Map<number, Watch>;
}

/** What a number in a script may stand for. */
export type Descriptor = TcpDescriptor | UdpDescriptor | EpollDescriptor;

/** Datagrams that wait to be read; more are dropped, as a kernel does. */
export const MAX_WAITING_DATAGRAMS = 1_000;
