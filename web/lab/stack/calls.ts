/** The socket calls of a host, by their POSIX names; addresses are dotted decimal, ports numbers. */
import type { TcpOptions } from './options.ts';

/** Names a socket on its host. The caller chooses it, a number not used before. */
export type SocketId = number;

/** One end. */
export interface SocketAddress {
  readonly address: string;
  readonly port: number;
}

/** What a program may ask of its host. Nothing blocks: what takes time is told by notices. */
export type Call =
  /** `port` 0: an ephemeral one. `backlog`: connections that wait for `accept`, half-open ones included. */
  | {
      readonly call: 'tcp.listen';
      readonly socket: SocketId;
      readonly port: number;
      readonly backlog: number;
      readonly options?: Partial<TcpOptions>;
    }
  /** Takes the oldest established connection off the backlog; it is called `as` from now on. */
  | { readonly call: 'tcp.accept'; readonly socket: SocketId; readonly as: SocketId }
  /** `port` 0, or left out: an ephemeral one of ours. */
  | {
      readonly call: 'tcp.connect';
      readonly socket: SocketId;
      readonly to: SocketAddress;
      readonly port?: number;
      readonly options?: Partial<TcpOptions>;
    }
  /** Takes as many octets as the send buffer has room for; the answer says how many. `push` marks the last (PSH). */
  | { readonly call: 'tcp.send'; readonly socket: SocketId; readonly bytes: Uint8Array }
  /** Takes up to `max` octets out of the receive buffer, which opens the window. */
  | { readonly call: 'tcp.receive'; readonly socket: SocketId; readonly max: number }
  /** No more will be sent: FIN after what is queued. Receiving goes on (half-close). */
  | { readonly call: 'tcp.shutdown'; readonly socket: SocketId }
  /** Both directions: FIN after what is queued; what arrives from now on is answered with RST (RFC 9293 §3.6.1). */
  | { readonly call: 'tcp.close'; readonly socket: SocketId }
  /** RST at once; what is queued is lost (RFC 9293 §3.9.1 ABORT). */
  | { readonly call: 'tcp.abort'; readonly socket: SocketId }
  /** Changes options of a living connection: nagle, delayedAck, keepAlive … */
  | { readonly call: 'tcp.set'; readonly socket: SocketId; readonly options: Partial<TcpOptions> }
  | { readonly call: 'udp.bind'; readonly socket: SocketId; readonly port: number }
  /** Remembers one peer: only its datagrams come in, and its ICMP errors are told. */
  | { readonly call: 'udp.connect'; readonly socket: SocketId; readonly to: SocketAddress }
  | {
      readonly call: 'udp.send';
      readonly socket: SocketId;
      readonly bytes: Uint8Array;
      readonly to?: SocketAddress;
      readonly dontFragment?: boolean;
    }
  | { readonly call: 'udp.close'; readonly socket: SocketId }
  /** An ICMP echo request (RFC 792). */
  | {
      readonly call: 'ping';
      readonly to: string;
      readonly identifier: number;
      readonly sequence: number;
      readonly bytes: Uint8Array;
    };

/** Error codes of calls and notices, by their POSIX names. */
export type SocketError =
  | 'EADDRINUSE'
  | 'EBADF'
  | 'EISCONN'
  | 'ENOTCONN'
  | 'EINVAL'
  | 'EPIPE'
  | 'EMSGSIZE'
  | 'EAGAIN'
  | 'ECONNREFUSED'
  | 'ECONNRESET'
  | 'ECONNABORTED'
  | 'ETIMEDOUT'
  | 'EHOSTUNREACH'
  | 'ENOBUFS';

/** What a call answers at once. */
export type Answer =
  | {
      readonly ok: true;
      /** Octets taken by `tcp.send`; the port of `tcp.listen`, `tcp.connect` and `udp.bind`; else 0. */
      readonly value: number;
      /** Of `tcp.receive`; empty otherwise. */
      readonly bytes: Uint8Array;
      /** Of `tcp.receive`: the peer has sent its FIN and everything before it has been read. Of `tcp.accept`: false. */
      readonly end: boolean;
      /** Of `tcp.accept`: who connected. */
      readonly peer: SocketAddress | null;
    }
  | { readonly ok: false; readonly error: SocketError };
