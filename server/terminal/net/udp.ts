import { createSocket, type Socket } from 'node:dgram';
import type { Program } from '../command.ts';
import { codeOf, Interrupted } from '../errors.ts';
import { ConnectError } from './connect.ts';
import { isOurs, type Target } from './target.ts';

/** A UDP socket that is connected to one address: it gets that peer's datagrams only, and its ICMP errors. */
export interface UdpLink {
  readonly socket: Socket;
  readonly target: Target;
  /** Sends one datagram; resolves with `null`, or with the errno name of what the system said. */
  send(octets: Uint8Array): Promise<string | null>;
  /** Errors that came later, as ECONNREFUSED does: an ICMP "port unreachable" (RFC 1122 §4.1.3.3). */
  onError(heard: (code: string) => void): void;
}

/**
 * Opens a UDP socket to a target. Nothing goes over the wire yet. The socket is closed when the program ends.
 * @param localPort port to bind; the system chooses one by default
 * @throws ConnectError (EADDRINUSE, ENETUNREACH, …), or Interrupted
 */
export async function openUdp(program: Program, target: Target, localPort?: number): Promise<UdpLink> {
  const { address, port, family } = target;
  if (program.signal.aborted) throw new Interrupted();
  const socket = createSocket(family === 6 ? 'udp6' : 'udp4');
  program.own(() => socket.close());
  try {
    await connected(socket, port, address, localPort);
  } catch (error) {
    if (program.signal.aborted) throw new Interrupted();
    throw failed(program, target, codeOf(error), error);
  }
  if (program.signal.aborted) throw new Interrupted();
  claim(program, socket, target);
  let heard: (code: string) => void = () => undefined;
  socket.on('error', (error) => {
    failed(program, target, codeOf(error), error);
    heard(codeOf(error));
  });
  return {
    socket,
    target,
    send: (octets) => sendOne(program, socket, target, octets),
    onError(listener) {
      heard = listener;
    },
  };
}

function connected(socket: Socket, port: number, address: string, localPort?: number): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    const connect = () => {
      socket.connect(port, address, () => {
        socket.off('error', reject);
        resolve();
      });
    };
    if (localPort === undefined) connect();
    else socket.bind(localPort, connect);
  });
}

/** Tells the journal, and makes the error. */
function failed(program: Program, target: Target, code: string, cause: unknown): ConnectError {
  const { address, port } = target;
  program.host.wire.failed({ transport: 'udp', server: { address, port }, code, terminal: program.terminal });
  return new ConnectError(code, target, cause);
}

function claim(program: Program, socket: Socket, target: Target): void {
  if (!isOurs(program, target)) return;
  const client = socket.address();
  program.host.wire.client?.({
    transport: 'udp',
    client: { address: client.address, port: client.port },
    server: { address: target.address, port: target.port },
    terminal: program.terminal,
  });
}

function sendOne(program: Program, socket: Socket, target: Target, octets: Uint8Array): Promise<string | null> {
  return new Promise((resolve) => {
    socket.send(octets, (error) => {
      if (error === null) return resolve(null);
      failed(program, target, codeOf(error), error);
      resolve(codeOf(error));
    });
  });
}
