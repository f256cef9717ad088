import { createSocket, type Socket as UdpSocket } from 'node:dgram';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { networkInterfaces } from 'node:os';
import { freePort } from '../../testing/free-port.ts';
import { createLookout, type Lookout } from './lookout.ts';

/** How long a test waits for something before it fails, in milliseconds. */
const PATIENCE_MS = 5_000;

/** A TCP server of a test, with what its clients sent. */
export interface TestServer {
  readonly port: number;
  /** Octets of each connection in the order of accepting, as text of one character an octet. */
  readonly received: readonly string[];
  /** How each connection ended: `fin`, `reset`, or nothing yet. */
  readonly ends: readonly (string | undefined)[];
  readonly sockets: readonly Socket[];
  /** Waits until all that a connection (from 1) has sent is `wanted`. */
  gets(wanted: string, count?: number): Promise<void>;
  /** Waits until the `count`th connection (from 1) has closed. */
  closed(count?: number): Promise<void>;
  close(): Promise<void>;
}

/** Serves `serve` on a free port of 127.0.0.1 or another loopback address. Half-close is up to `serve`. */
export async function startServer(serve: (socket: Socket) => void, host = '127.0.0.1'): Promise<TestServer> {
  const received: string[] = [];
  const ends: (string | undefined)[] = [];
  const sockets: Socket[] = [];
  const closings: Promise<void>[] = [];
  const lookout = createLookout(PATIENCE_MS);
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const index = sockets.push(socket) - 1;
    received[index] = '';
    socket.on('data', (octets: Buffer) => {
      received[index] += octets.toString('latin1');
      lookout.look();
    });
    socket.on('end', () => {
      ends[index] = 'fin';
    });
    socket.on('error', () => {
      ends[index] = 'reset';
    });
    closings.push(new Promise((resolve) => socket.once('close', () => resolve())));
    serve(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    ...{ port: (server.address() as AddressInfo).port, received, ends, sockets },
    gets: (wanted, count = 1) => getsAll(lookout, wanted, () => received[count - 1]),
    closed: async (count = 1) => closings[count - 1],
    close: () => closeAll(server, sockets),
  };
}

async function getsAll(lookout: Lookout, wanted: string, received: () => string | undefined): Promise<void> {
  await lookout.until(
    () => received() === wanted || undefined,
    () => `waited for ${JSON.stringify(wanted)}, got ${JSON.stringify(received())}`,
  );
}

function closeAll(server: Server, sockets: readonly Socket[]): Promise<void> {
  for (const socket of sockets) socket.destroy();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** Whether this machine has ::1. */
export function hasIpv6(): boolean {
  return Object.values(networkInterfaces()).some((all) => all?.some(({ address }) => address === '::1'));
}

/** Echoes, and ends when the client ends. */
export function echo(socket: Socket): void {
  socket.on('data', (octets) => socket.write(octets));
  socket.on('end', () => socket.end());
}

/** A UDP echo on a free port, with the datagrams that came. */
export async function startUdpEcho(): Promise<{ port: number; received: string[]; socket: UdpSocket }> {
  const received: string[] = [];
  const socket = createSocket('udp4');
  socket.on('message', (octets, peer) => {
    received.push(octets.toString('latin1'));
    socket.send(octets, peer.port, peer.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return { port: socket.address().port, received, socket };
}

/** A TCP port of 127.0.0.1 that nobody listens on. */
export const closedPort = freePort;
