import type { IncomingMessage, RequestListener } from 'node:http';
import type { Duplex } from 'node:stream';
import type { DemoAddress, Machine } from '#protocol/demos.ts';
import type { SocketRow } from '#protocol/wire.ts';
import type { DemoWebSocketService } from '../demos/demo.ts';
import type { CheckDesk } from './check-api.ts';
import { DemoSockets } from './demo-sockets.ts';
import type { FileDesk } from './file-api.ts';
import { createHttpApp } from './http-app.ts';
import type { OpenLineChat } from './line-chat.ts';
import type { PacketSource } from './packet-feed.ts';
import type { ProgressFile } from './progress-file.ts';
import type { RelayDesk } from './relay-api.ts';
import { SocketWatch } from './socket-watch.ts';
import { type Terminals, Upgrades } from './upgrades.ts';
import { type JournalReader, WireHub } from './wire-hub.ts';

/** Everything the gateway is handed; it knows no demo and no socket of theirs. */
export interface GatewayOptions {
  readonly pageFolder: string | null;
  readonly hostNames: ReadonlySet<string>;
  readonly journal: JournalReader;
  readonly demos: () => readonly DemoAddress[];
  readonly machine: () => Promise<Machine>;
  readonly progress: ProgressFile;
  readonly relays: RelayDesk;
  readonly checks: CheckDesk;
  readonly terminals: Terminals;
  readonly openLineChat: OpenLineChat;
  readonly files: FileDesk;
  /** Reads the rows of our ports, or `null` where the table can't be read. */
  readonly sockets: ((asked: ReadonlySet<number>) => Promise<SocketRow[]>) | null;
  readonly socketPollMs: number;
  readonly packets: PacketSource;
  /** WebSockets that demos want, by path. */
  readonly demoSockets: ReadonlyMap<string, DemoWebSocketService>;
}

/** A connection that the page's HTTP server is handed. */
export interface GatewayConnection extends Duplex {
  /** Stops recording the connection: it carries the journal itself from here on. */
  detach?(): void;
}

/** The one way in for browsers. */
export interface Gateway {
  /** Serves one accepted connection: HTTP, and the upgrade to one of our WebSockets. */
  connection(connection: GatewayConnection): void;
  /** Answers one HTTP request that another server has read (Vite's, in development). */
  readonly request: RequestListener;
  /** Takes an upgrade if its path is ours; returns whether it was. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): boolean;
  close(): Promise<void>;
}

/** Puts the gateway together. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const now = (): number => Date.now();
  const sockets = new SocketWatch({ read: options.sockets, intervalMs: options.socketPollMs, now });
  const hub = new WireHub({ journal: options.journal, demos: options.demos, sockets, packets: options.packets });
  const demoSockets = new DemoSockets(options.demoSockets);
  const upgrades = new Upgrades({ ...options, hub, demoSockets, now });
  const app = await createHttpApp(options);
  app.server.on('upgrade', (request: IncomingMessage, socket: GatewayConnection, head: Buffer) => {
    upgrades.accept(request, socket, head, () => socket.detach?.());
  });
  return {
    connection: (connection) => void app.server.emit('connection', connection),
    request: (request, response) => void app.server.emit('request', request, response),
    upgrade: (request, socket, head) => {
      if (!upgrades.owns(request.url)) return false;
      upgrades.accept(request, socket, head);
      return true;
    },
    close: async () => {
      hub.close();
      upgrades.close();
      await app.close();
    },
  };
}
