import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { endpoint } from '#protocol/address.ts';
import type { DemoAddress } from '#protocol/demos.ts';
import type { Endpoint, Transport } from '#protocol/wire.ts';
import type { ClientClaim } from './wire/claims.ts';
import type { Journal } from './wire/journal.ts';
import { observeSocket } from './wire/serve-tcp.ts';

/** A connection that never came to be. */
interface FailedAttempt {
  readonly transport: Transport;
  readonly server: Endpoint;
  /** errno name. */
  readonly code: string;
  readonly terminal: number;
}

/** How the terminal's own sockets reach the journal, where no demo at the other end sees them. */
export function terminalWire(journal: Journal, demos: readonly DemoAddress[]) {
  return {
    failed: ({ transport, server, code, terminal }: FailedAttempt): void => {
      const demo = demos.find((known) => known.transport === transport && known.port === server.port)?.id ?? null;
      journal.failed({ transport, demo, observer: 'client', client: endpoint('', 0), server, terminal }, code);
    },
    client: (claim: ClientClaim): void => journal.claim(claim),
    observe: (socket: Socket, as: { observer: 'server' | 'client'; terminal: number }): Duplex => {
      const local = endpoint(socket.localAddress, socket.localPort);
      const remote = endpoint(socket.remoteAddress, socket.remotePort);
      const ends = as.observer === 'server' ? { client: remote, server: local } : { client: local, server: remote };
      return observeSocket(socket, journal, { transport: 'tcp', demo: null, ...as, ...ends });
    },
  };
}
