/** What a program's port remembers of one socket. A value: a change makes a new one. */
import type { SocketId } from '../../stack/calls.ts';

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
