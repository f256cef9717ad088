/** Node's net.Server on the lab's TCP. https://nodejs.org/api/net.html#class-netserver */
import { DEFAULT_BACKLOG } from '../programs/limits.ts';
import type { ProgramEvent } from '../programs/turn.ts';
import { BoundSocket } from './bound-socket.ts';
import { type Desk, SystemError } from './desk.ts';
import { portOf } from './port-number.ts';
import { Stream, type StreamOptions } from './stream.ts';

/** What `net.createServer` gives. */
export class Listener extends BoundSocket {
  listening = false;
  readonly #options: StreamOptions;

  constructor(desk: Desk, options: StreamOptions) {
    super(desk);
    this.#options = options;
  }

  /** `listen(port, host?, backlog?, callback?)` or `listen({ port, backlog? }, callback?)`; the host is always this one. */
  listen(to: number | { readonly port: number; readonly backlog?: number }, ...rest: unknown[]): this {
    const options = typeof to === 'number' ? { port: to } : to;
    const backlog = rest.find((each) => typeof each === 'number') ?? options.backlog ?? DEFAULT_BACKLOG;
    const callback = rest.find((each) => typeof each === 'function');
    if (callback) this.once('listening', callback as () => void);
    this.desk.post({ call: 'listen', socket: this.socket, port: portOf(options.port), backlog: backlog as number });
    return this;
  }

  override close(callback?: () => void): this {
    this.listening = false;
    return super.close(callback);
  }

  tell(event: ProgramEvent): void {
    switch (event.event) {
      case 'listening':
        this.port = event.port;
        this.listening = true;
        this.emit('listening');
        return;
      case 'connection': {
        const stream = new Stream(this.desk, this.#options, event.socket);
        stream.remoteAddress = event.address;
        stream.remotePort = event.port;
        stream.localPort = this.port;
        this.emit('connection', stream);
        return;
      }
      case 'error':
        this.emit('error', new SystemError(event.code, event.syscall, `: port ${this.port}`));
    }
  }
}
