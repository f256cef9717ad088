import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Scheduler } from '../../chat/scheduler.ts';
import type { DemoConnection } from '../demo.ts';
import { REQUEST_WITHIN_MS } from './limits.ts';

/** Ends connections on which no request is completed in time: a server that does not listen runs no timeouts of its own. */
export class ConnectionGuard {
  readonly #scheduler: Scheduler;
  /** What calls a connection's deadline off. */
  readonly #deadlines = new Map<object, () => void>();

  constructor(server: Server, scheduler: Scheduler) {
    this.#scheduler = scheduler;
    server.on('request', (request, response) => this.#serve(request, response));
    server.on('upgrade', ({ socket }) => this.#stop(socket));
  }

  watch(connection: DemoConnection): void {
    this.#wait(connection);
    connection.once('close', () => this.#stop(connection));
  }

  #serve({ socket }: IncomingMessage, response: ServerResponse): void {
    if (!this.#deadlines.has(socket)) return;
    this.#deadlines.get(socket)?.();
    response.once('finish', () => {
      if (this.#deadlines.has(socket)) this.#wait(socket as unknown as DemoConnection);
    });
  }

  #wait(connection: DemoConnection): void {
    this.#deadlines.get(connection)?.();
    const callOff = this.#scheduler.later(REQUEST_WITHIN_MS, () => connection.reset('request-timeout'));
    this.#deadlines.set(connection, callOff);
  }

  #stop(connection: object): void {
    this.#deadlines.get(connection)?.();
    this.#deadlines.delete(connection);
  }
}
