/** Taps on real connections, at the server's end, with a client that the test holds. */
import { once } from 'node:events';
import { connect, createServer, type Socket } from 'node:net';
import { boundEndpoint } from '#protocol/address.ts';
import { Journal } from '../journal.ts';
import { observeSocket, serveTcp } from '../serve-tcp.ts';
import type { Tap } from '../tap.ts';

/** Both ends of one connection. */
export interface Tapped {
  readonly journal: Journal;
  readonly tap: Tap;
  readonly client: Socket;
  close(): Promise<void>;
}

const START = { transport: 'tcp', demo: 'test', observer: 'server' } as const;
const HOST = '127.0.0.1';

/** How a tap reads: as a service's does, or from a socket like any other (a terminal's, and all of them on Windows). */
export const WAYS = {
  'a connection of a service': tapService,
  'an ordinary socket': tapOrdinary,
} as const;

/** A connection that a service has accepted. */
async function tapService(): Promise<Tapped> {
  const journal = new Journal();
  const taps: Tap[] = [];
  const connection = (tap: Tap): void => void taps.push(tap);
  const listening = await serveTcp({ journal, demo: 'test', host: HOST, port: 0, connection });
  const client = await dial(listening.endpoint.port);
  return { journal, client, tap: await first(taps), close: closing(client, () => listening.close()) };
}

/** A connection whose socket Node made, the usual way. */
async function tapOrdinary(): Promise<Tapped> {
  const journal = new Journal();
  const taps: Tap[] = [];
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const ends = { client: { address: HOST, port: 1 }, server: { address: HOST, port: 2 } };
    taps.push(observeSocket(socket, journal, { ...START, ...ends }));
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  const client = await dial(boundEndpoint(server.address()).port);
  const tap = await first(taps);
  const stop = (): Promise<void> => {
    tap.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { journal, client, tap, close: closing(client, stop) };
}

async function dial(port: number): Promise<Socket> {
  const client = connect({ port, host: HOST, allowHalfOpen: true, noDelay: true });
  client.on('error', () => {});
  await once(client, 'connect');
  return client;
}

async function first(taps: readonly Tap[]): Promise<Tap> {
  while (!taps[0]) await new Promise((resolve) => setImmediate(resolve));
  return taps[0];
}

function closing(client: Socket, stop: () => Promise<void>): () => Promise<void> {
  return async () => {
    client.destroy();
    await stop();
  };
}
