import { createServer, type Server, type Socket } from 'node:net';
import type { Endpoint } from '#protocol/wire.ts';

/** Connections of the learner's client that may wait for their stage. */
const MAX_WAITING = 32;

/** A port on which the learner's client is waited for. */
export class Arrivals {
  readonly #servers: readonly Server[];
  readonly #waiting: Socket[] = [];
  #tell: () => void = () => {};
  readonly endpoint: Endpoint;

  private constructor(servers: readonly Server[], endpoint: Endpoint) {
    this.#servers = servers;
    this.endpoint = endpoint;
    for (const server of servers) server.on('connection', (socket) => this.#arrived(socket));
  }

  /** Listens on loopback. Rejects when the port can't be had. @param port 0: any */
  static async listen(port: number): Promise<Arrivals> {
    const server = createServer({ allowHalfOpen: true, pauseOnConnect: true });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, '127.0.0.1', resolve);
    });
    const bound = server.address();
    const got = typeof bound === 'object' && bound ? bound.port : port;
    return new Arrivals([server], { address: '127.0.0.1', port: got });
  }

  /** How many wait for a stage. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Calls back when somebody came. */
  onArrival(tell: () => void): void {
    this.#tell = tell;
  }

  /** The one that waits longest. */
  next(): Socket | undefined {
    const socket = this.#waiting.shift();
    socket?.resume();
    return socket;
  }

  /** Stops listening and drops who still waits. */
  async close(): Promise<void> {
    for (const socket of this.#waiting.splice(0)) socket.destroy();
    await Promise.all(this.#servers.map((server) => new Promise((closed) => server.close(closed))));
  }

  #arrived(socket: Socket): void {
    socket.on('error', () => socket.destroy());
    if (this.#waiting.length >= MAX_WAITING) {
      socket.destroy();
      return;
    }
    this.#waiting.push(socket);
    this.#tell();
  }
}
