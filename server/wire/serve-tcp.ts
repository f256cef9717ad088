import { createServer, type Server, type Socket } from 'node:net';
import { boundEndpoint, endpoint } from '#protocol/address.ts';
import type { Endpoint } from '#protocol/wire.ts';
import type { ConversationStart } from './conversation.ts';
import type { Journal } from './journal.ts';
import { LendingSocket } from './lending-socket.ts';
import { LISTEN_BACKLOG, MAX_CONNECTIONS } from './limits.ts';
import { Tap } from './tap.ts';

/** What to listen on and whom to hand connections to. */
export interface TcpService {
  readonly journal: Journal;
  /** Demo id that the journal writes beside each conversation. */
  readonly demo: string;
  readonly host: string;
  /** 0 asks the system for an ephemeral port. */
  readonly port: number;
  /** Connections held at once; MAX_CONNECTIONS when nothing is said. */
  readonly maxConnections?: number;
  /** Serves one connection. What it throws resets that connection only. */
  readonly connection: (tap: Tap) => void;
}

/** A service that listens. */
export interface Listening {
  readonly endpoint: Endpoint;
  /** Stops listening and closes every connection. Closing twice is harmless. */
  close(): Promise<void>;
}

/** Wraps a connected socket in a tap and opens its conversation. */
export function observeSocket(socket: Socket, journal: Journal, start: ConversationStart): Tap {
  const tap = new Tap(socket, journal, journal.open(start));
  tap.on('error', alreadyRecorded);
  return tap;
}

/** Listens, taps every connection and hands it on. Rejects with the system's error when the port can't be had. */
export async function serveTcp(service: TcpService): Promise<Listening> {
  const open = new Set<Socket>();
  const forget = function (this: Socket): void {
    open.delete(this);
  };
  const maxConnections = service.maxConnections ?? MAX_CONNECTIONS;
  const options = { allowHalfOpen: true, noDelay: true, pauseOnConnect: true };
  const take = (socket: Socket): void => {
    if (open.size >= maxConnections) {
      socket.destroy();
      return;
    }
    open.add(socket);
    socket.on('close', forget);
    serve(observeSocket(socket, service.journal, accepted(socket, service.demo, bound)), service);
  };
  const server = createServer(options, take);
  await listen(server, service.host, service.port);
  LendingSocket.acceptFrom(server, take);
  const bound = boundEndpoint(server.address());
  return {
    endpoint: bound,
    close: () => close(server, open),
  };
}

/** The tap has written the error into the journal; without a listener it would end the process. */
function alreadyRecorded(): void {}

/** Addresses that stand for all of the machine's. */
const ANY = ['0.0.0.0', '::'];

/** Ten thousand idle connections are many: where it is known, they share the server's end. */
function accepted(socket: Socket, demo: string, bound: Endpoint): ConversationStart {
  const client = endpoint(socket.remoteAddress, socket.remotePort);
  const server = ANY.includes(bound.address) ? endpoint(socket.localAddress, socket.localPort) : bound;
  return { transport: 'tcp', demo, observer: 'server', client, server };
}

function serve(tap: Tap, service: TcpService): void {
  try {
    service.connection(tap);
  } catch {
    tap.reset('demo-failed');
  }
}

function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, backlog: LISTEN_BACKLOG, ipv6Only: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

async function close(server: Server, open: ReadonlySet<Socket>): Promise<void> {
  const closed = Array.from(open, (socket) => new Promise((resolve) => socket.once('close', resolve)));
  for (const socket of open) socket.destroy();
  await Promise.all([...closed, new Promise((resolve) => server.close(resolve))]);
}
