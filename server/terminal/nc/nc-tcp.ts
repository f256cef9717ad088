import type { Duplex } from 'node:stream';
import type { Program } from '../command.ts';
import { sentenceOf } from '../errors.ts';
import { isLoopback } from '../net/address.ts';
import { ConnectError, type Connection, openTcp } from '../net/connect.ts';
import { createInputReader, finish, type InputReader, send, show } from '../net/conversation.ts';
import type { Target } from '../net/target.ts';
import type { NcRequest } from './nc-options.ts';
import { carry, type NcPeer } from './nc-peer.ts';

/** With `-w 0` nc waits for nothing, but loopback answers within `connect()` itself; here that takes a moment to be heard. */
const AT_ONCE_MS = 200;

/** Where nc connects to, in its own words: the address too, when a name was typed. */
export function ncName({ host, address }: Target): string {
  return host === address ? host : `${host} (${address})`;
}

/** A TCP stream as nc's peer: what comes is shown. */
function tcpPeer(program: Program, stream: Duplex): NcPeer {
  let arrived: () => void = () => undefined;
  const incoming = show(program, stream, () => arrived());
  return {
    ended: incoming.ended,
    gone: incoming.gone,
    send: (octets) => send(stream, octets),
    shutdown: () => void finish(stream),
    onArrival(listener) {
      arrived = listener;
    },
  };
}

/** Talks over one connection to the end, then closes it. */
export async function converse(
  program: Program,
  request: NcRequest,
  stream: Duplex,
  input: InputReader,
): Promise<void> {
  const end = await carry(program, request, tcpPeer(program, stream), input);
  if (end === 'end') await finish(stream);
  else program.errors.line(`[${sentenceOf(end)} (${end})]`, 'dim');
  stream.destroy();
}

/** Connects to the first target that answers. */
async function connectToOne(
  program: Program,
  request: NcRequest,
  targets: readonly Target[],
): Promise<Connection | null> {
  for (const target of targets) {
    const connection = await attempt(program, request, target);
    if (connection !== null) return connection;
  }
  return null;
}

async function attempt(program: Program, request: NcRequest, target: Target): Promise<Connection | null> {
  const { timeoutMs, localPort } = request;
  try {
    const patienceMs = timeoutMs === 0 && isLoopback(target.address) ? AT_ONCE_MS : timeoutMs;
    const connection = await openTcp(program, target, { timeoutMs: patienceMs, localPort });
    if (request.verbose) {
      program.errors.line(`Connection to ${ncName(target)} ${target.port} port [tcp/*] succeeded!`, 'good');
    }
    return connection;
  } catch (error) {
    if (!(error instanceof ConnectError)) throw error;
    // A scan without -v only answers by its exit code, as the real one does.
    if (request.verbose || !request.scan) program.errors.line(failure(target, error.code, timeoutMs));
    return null;
  }
}

function failure(target: Target, code: string, timeoutMs: number | undefined): string {
  const where = `nc: connect to ${ncName(target)} port ${target.port} (tcp)`;
  if (code === 'ETIMEDOUT' && timeoutMs !== undefined) return `${where} timed out: Operation now in progress`;
  return `${where} failed: ${sentenceOf(code)}`;
}

/** `nc host port…` over TCP; `targetsOf` gives the addresses for a port. */
export async function ncConnect(
  program: Program,
  request: NcRequest,
  targetsOf: (port: number) => readonly Target[],
): Promise<number> {
  const input = createInputReader(program.input);
  let status = 1;
  for (const port of request.ports) {
    const connection = await connectToOne(program, request, targetsOf(port));
    if (connection === null) continue;
    status = 0;
    if (request.scan) await leave(connection.stream);
    else await converse(program, request, connection.stream, input);
  }
  return status;
}

/** Ends a connection that was only looked at. */
async function leave(stream: Duplex): Promise<void> {
  // What may come now, an error too, is not ours to show.
  stream.on('error', () => stream.destroy());
  await finish(stream);
  stream.destroy();
}
