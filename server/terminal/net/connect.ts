import { connect, type Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Program } from '../command.ts';
import { codeOf, Interrupted } from '../errors.ts';
import { isOurs, type Target } from './target.ts';

/** A connection that stands. */
export interface Connection {
  /** What to read and write: the socket, or the tap around it. */
  readonly stream: Duplex;
  readonly socket: Socket;
  readonly target: Target;
}

/** A connection that did not come to be; `code` is an errno name. It is in the journal already. */
export class ConnectError extends Error {
  readonly code: string;
  readonly target: Target;
  constructor(code: string, target: Target, cause: unknown) {
    super(`connect ${code}`, { cause });
    this.code = code;
    this.target = target;
  }
}

/** How to connect, where it is not as usual. */
export interface ConnectOptions {
  /** Local port to bind; the system chooses one by default. */
  readonly localPort?: number | undefined;
  /** Gives up with ETIMEDOUT after so many milliseconds; by default the system decides. */
  readonly timeoutMs?: number | undefined;
}

/**
 * Connects to the checked address of a target, and journals a failure. Half-close is up to the caller.
 * The socket is closed when the program ends.
 * @throws ConnectError, or Interrupted
 */
export function openTcp(program: Program, target: Target, options: ConnectOptions = {}): Promise<Connection> {
  const { address, family, port } = target;
  if (program.signal.aborted) return Promise.reject(new Interrupted());
  // Asked now: a `nc -l` of ours listens no more once it has accepted.
  const ours = isOurs(program, target);
  const socket = connect({ host: address, port, family, allowHalfOpen: true, ...localPort(options) });
  const release = program.own(() => socket.destroy());
  socket.once('close', release);
  return new Promise((resolve, reject) => {
    const cancelTimeout = afterTimeout(program, options, () => fail('ETIMEDOUT', null));
    let failed = false;
    const fail = (code: string, cause: unknown) => {
      if (failed) return;
      failed = true;
      cancelTimeout();
      release();
      if (program.signal.aborted) return reject(new Interrupted());
      program.host.wire.failed({ transport: 'tcp', server: { address, port }, code, terminal: program.terminal });
      reject(new ConnectError(code, target, cause));
    };
    const onError = (error: Error) => fail(codeOf(error), error);
    socket.on('error', onError);
    socket.once('connect', () => {
      cancelTimeout();
      socket.off('error', onError);
      resolve({ stream: tapped(program, socket, target, ours), socket, target });
    });
  });
}

function localPort({ localPort: port }: ConnectOptions): { localPort?: number } {
  return port === undefined ? {} : { localPort: port };
}

function afterTimeout(program: Program, { timeoutMs }: ConnectOptions, fire: () => void): () => void {
  return timeoutMs === undefined ? () => undefined : program.effects.timer(timeoutMs, fire);
}

/** A server of ours journals the connection itself; any other is journalled here. */
function tapped(program: Program, socket: Socket, target: Target, ours: boolean): Duplex {
  const { wire } = program.host;
  const { terminal } = program;
  if (!ours) return wire.observe(socket, { observer: 'client', terminal });
  const client = { address: socket.localAddress ?? '', port: socket.localPort ?? 0 };
  const server = { address: target.address, port: target.port };
  wire.client?.({ transport: 'tcp', client, server, terminal });
  return socket;
}
