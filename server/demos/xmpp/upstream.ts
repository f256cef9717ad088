/** In place of our own server: the way to another one, whose conversations are on record here. */
import { connect, type Socket } from 'node:net';
import type { Demo, DemoConnection } from '../demo.ts';

/** Where the other server listens. */
export interface Upstream {
  readonly host: string;
  readonly port: number;
}

/** How long the other server may take to accept, in milliseconds. */
const CONNECT_WITHIN_MS = 10_000;

/** TCP on 5222, carried octet by octet to `upstream` and back. What it says after STARTTLS stays between the two ends. */
export function createXmppUpstream(upstream: Upstream): Demo {
  return {
    id: 'xmpp',
    port: 5222,
    transports: ['tcp'],
    start: () => ({ connection: (connection) => carry(connection, upstream) }),
  };
}

function carry(client: DemoConnection, { host, port }: Upstream): void {
  const server = connect({ host, port, noDelay: true, allowHalfOpen: true, timeout: CONNECT_WITHIN_MS });
  server.once('connect', () => server.setTimeout(0));
  server.once('timeout', () => {
    client.reset('upstream-timeout');
    server.destroy();
  });
  server.on('error', (error: NodeJS.ErrnoException) => client.reset(reasonOf(error, server)));
  client.on('close', () => server.destroy());
  server.on('close', () => {
    if (!client.writableEnded) client.reset('upstream-closed');
  });
  // Each waits while the other end is full, and a FIN on one side becomes one on the other.
  client.pipe(server);
  server.pipe(client);
}

/** Before it is connected the server was not there; after that, it broke the connection. */
function reasonOf({ code }: NodeJS.ErrnoException, server: Socket): string {
  if (server.bytesRead > 0 || server.bytesWritten > 0) return 'upstream-reset';
  return code === 'ECONNREFUSED' ? 'upstream-refused' : 'upstream-unreachable';
}
