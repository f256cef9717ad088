import { createSocket, type RemoteInfo, type Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { CheckRun } from '#protocol/check.ts';
import { Arrivals } from '../arrivals.ts';
import type { Challenge } from '../challenge.ts';
import type { CheckClock } from '../clock.ts';
import { RunningCheck } from '../running-check.ts';
import { QuietClock } from './quiet-clock.ts';

const HOST = '127.0.0.1';

/** What a check by a test says: whether it passed, and else where and why not. */
export interface Verdict {
  readonly passed: boolean;
  readonly failedStage: string | null;
  readonly code: string | null;
  readonly sentence: string;
  readonly run: CheckRun;
}

/** Checks a TCP server of this process; `serve` is also handed what stops it listening. */
export async function checkedServer(
  challenge: Challenge,
  serve: (socket: Socket, stopListening: () => void) => void,
  seed = 1,
  clock: CheckClock = new QuietClock(),
): Promise<Verdict> {
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    serve(socket, () => server.close());
  }).listen(0, HOST);
  await once(server, 'listening');
  try {
    return await verdictOn(challenge, portOf(server.address()), { seed, clock });
  } finally {
    server.close();
    for (const socket of sockets) socket.destroy();
  }
}

/** Checks a UDP server of this process. */
export async function checkedDatagrams(
  challenge: Challenge,
  serve: (socket: UdpSocket, bytes: Buffer, from: RemoteInfo) => void,
  seed = 1,
): Promise<Verdict> {
  const socket = createSocket('udp4').bind(0, HOST);
  await once(socket, 'listening');
  socket.on('message', (bytes, from) => serve(socket, bytes, from));
  try {
    return await verdictOn(challenge, socket.address().port, { seed });
  } finally {
    socket.close();
  }
}

/** Checks a client of this process: `visit` is called once for each stage, with the port to connect to. */
export async function checkedClient(challenge: Challenge, visit: (port: number) => void, seed = 1): Promise<Verdict> {
  const arrivals = await Arrivals.listen(0);
  for (const _ of challenge.stages) visit(arrivals.endpoint.port);
  return verdictOn(challenge, arrivals.endpoint.port, { arrivals, seed });
}

/** Checks whatever listens on this port. */
export async function verdictOn(
  challenge: Challenge,
  port: number,
  { seed = 1, arrivals = null, clock = new QuietClock() }: VerdictOptions = {},
): Promise<Verdict> {
  const target = { port, addresses: [HOST], chosen: arrivals ? HOST : null };
  const check = new RunningCheck({ id: 1, challenge, target, arrivals, clock, seed });
  await check.done;
  const run = check.report;
  const failed = run.stages.find(({ state }) => state === 'failed');
  return {
    passed: run.state === 'passed',
    failedStage: failed?.id ?? null,
    code: failed?.failure?.code ?? null,
    sentence: failed?.failure?.sentence.en ?? '',
    run,
  };
}

interface VerdictOptions {
  readonly seed?: number;
  readonly arrivals?: Arrivals | null;
  readonly clock?: CheckClock;
}

function portOf(address: ReturnType<ReturnType<typeof createServer>['address']>): number {
  if (typeof address === 'object' && address) return address.port;
  throw new Error('it does not listen');
}
