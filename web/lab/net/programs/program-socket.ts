/** What a program's port remembers of one socket. A value: a change makes a new one. */
import type { SocketId } from '../../stack/calls.ts';

/** One socket of a program. Sizes in octets. */
export interface ProgramSocket {
  readonly kind: 'server' | 'stream' | 'datagram';
  readonly host: SocketId;
  readonly connected: boolean;
  /** Of a connection that the program asked for; else 0. */
  readonly localPort: number;
  /** Written by the program and not taken by the host yet. */
  readonly pending: readonly Uint8Array[];
  readonly pendingBytes: number;
  /** The program wants a FIN after what is pending. */
  readonly ending: boolean;
  /** Whether what arrives is handed to the program as it comes. */
  readonly flowing: boolean;
  /** The program has been told of the peer's FIN. */
  readonly ended: boolean;
}

/** A socket with which nothing has been done. */
export function newSocket(kind: ProgramSocket['kind'], host: SocketId): ProgramSocket {
  return {
    kind,
    host,
    connected: false,
    localPort: 0,
    pending: [],
    pendingBytes: 0,
    ending: false,
    flowing: false,
    ended: false,
  };
}

/** What is left to be written when the host was offered it piece by piece; `take` says how many octets of one it took. */
export function afterOffering(
  socket: ProgramSocket,
  take: (bytes: Uint8Array) => number,
): Pick<ProgramSocket, 'pending' | 'pendingBytes'> {
  let { pendingBytes } = socket;
  for (const [index, bytes] of socket.pending.entries()) {
    const taken = take(bytes);
    pendingBytes -= taken;
    if (taken < bytes.length)
      return { pending: [bytes.subarray(taken), ...socket.pending.slice(index + 1)], pendingBytes };
  }
  return { pending: [], pendingBytes };
}

/** A process that ends loses its connections: those are reset, as far as they are connections. */
export function endingCall(
  kind: ProgramSocket['kind'],
  how: 'close' | 'reset',
): 'udp.close' | 'tcp.close' | 'tcp.abort' {
  if (kind === 'datagram') return 'udp.close';
  return kind === 'stream' && how === 'reset' ? 'tcp.abort' : 'tcp.close';
}
