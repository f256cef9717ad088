import type { IncomingMessage, ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { normalizePath, type Plugin, type ViteDevServer } from 'vite';
import type { Config } from '../../server/config.ts';
import type { Playground, PlaygroundOptions } from '../../server/playground.ts';

/** What of `server/playground.ts` is called. */
interface PlaygroundModule {
  startPlayground(config: Config, options: PlaygroundOptions): Promise<Playground>;
}

/** How the subprotocols of Vite's own WebSockets begin: `vite-hmr`, `vite-ping`. */
const VITE_PROTOCOL = 'vite-';

const UNAVAILABLE = 'HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n';

/** Ports as usual, loopback only; the page itself is Vite's. */
const DEVELOPMENT_CONFIG: Config = {
  host: null,
  port: { port: 0, named: false },
  ephemeralPorts: false,
  demoPorts: new Map(),
  allow: new Set(),
  relays: [],
  dataFolder: null,
  xmppTest: false,
  xmppUpstream: null,
  keyLogFile: null,
  openBrowser: false,
  json: false,
};

/** Where things are. */
interface Places {
  /** The server's files, and the one to start. */
  readonly folder: string;
  readonly entry: string;
  readonly lessons: string;
}

/**
 * Runs the playground in Vite's own process during `npm run dev`, and starts it anew whenever one of its files
 * changes. Vite keeps the upgrades that are not ours: its hot reload. A page that holds the structure of a lesson keeps it
 * through a hot reload, so there it is loaded anew as a whole; the words of lessons are replaced in place.
 */
export function playgroundInDevelopment(where: Places): Plugin {
  return {
    name: 'porthole:development',
    apply: 'serve',
    configureServer(server) {
      if (!server.httpServer) return;
      const development = new Development(server, where);
      server.httpServer.on('upgrade', (request, socket, head) => void development.upgrade(request, socket, head));
      server.httpServer.once('close', () => void development.stop());
      server.middlewares.use('/api', (request, response) => {
        request.url = request.originalUrl ?? request.url ?? '';
        void development.request(request, response);
      });
      return development.restart();
    },
    hotUpdate({ file }) {
      if (this.environment.name !== 'client' || !isWithin(where.lessons, file) || !file.endsWith('.ts')) return;
      this.environment.hot.send({ type: 'full-reload' });
      return [];
    },
  };
}

function isWithin(folder: string, file: string): boolean {
  return normalizePath(file).startsWith(`${normalizePath(folder)}/`);
}

class Development {
  readonly #server: ViteDevServer;
  readonly #where: Places;
  #playground: Playground | null = null;
  #restarting: Promise<void> = Promise.resolve();

  constructor(server: ViteDevServer, where: Places) {
    this.#server = server;
    this.#where = where;
    server.watcher.add(where.folder);
    server.watcher.on('change', (file) => {
      if (isWithin(where.folder, file) && !file.endsWith('.test.ts')) void this.restart();
    });
  }

  get gateway(): Playground['gateway'] | undefined {
    return this.#playground?.gateway;
  }

  /** Answers a request of the API; one that comes during a restart waits for it. */
  async request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    await this.#restarting;
    if (this.gateway) this.gateway.request(request, response);
    else response.writeHead(503).end('the playground does not run: see the terminal of npm run dev');
  }

  /**
   * Takes an upgrade that is not Vite's. One that comes during a restart waits for it and is always answered: a browser
   * opens no other WebSocket to this port meanwhile (RFC 6455 §4.1).
   */
  async upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    if (request.headers['sec-websocket-protocol']?.startsWith(VITE_PROTOCOL)) return;
    await this.#restarting;
    if (!this.gateway?.upgrade(request, socket, head)) socket.end(UNAVAILABLE);
  }

  /** One after the other: two saved files must not start two playgrounds. */
  restart(): Promise<void> {
    this.#restarting = this.#restarting.then(() => this.#restart());
    return this.#restarting;
  }

  async stop(): Promise<void> {
    await this.#playground?.close();
    this.#playground = null;
  }

  async #restart(): Promise<void> {
    const { logger } = this.#server.config;
    try {
      await this.stop();
      // Vite may learn of the change later than we do.
      this.#server.environments.ssr.moduleGraph.invalidateAll();
      const { startPlayground } = (await this.#server.ssrLoadModule(
        normalizePath(this.#where.entry),
      )) as PlaygroundModule;
      this.#playground = await startPlayground(DEVELOPMENT_CONFIG, {
        version: 'development',
        dataFolder: join(tmpdir(), 'porthole-development'),
        pageFolder: null,
        warn: (sentence) => logger.warn(sentence),
      });
      logger.info('playground started', { timestamp: true });
    } catch (error) {
      logger.error(`the playground does not start: ${error instanceof Error ? error.stack : String(error)}`);
    }
  }
}
