import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';

/** A TCP client that reads like the scenario. It reads all the time, unless `stopReading` was called. */
export class TcpClient {
  readonly socket: Socket;
  readonly #chunks: Buffer[] = [];
  #bytes = 0;
  #changed: () => void = () => {};
  #finished = false;
  #closed = false;
  /** Errno name of what ended the connection, or `null`. */
  errorCode: string | null = null;

  private constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#bytes += chunk.length;
      this.#changed();
    });
    socket.on('end', () => {
      this.#finished = true;
      this.#changed();
    });
    socket.on('error', (error: NodeJS.ErrnoException) => {
      this.errorCode = error.code ?? 'unknown';
    });
    socket.on('close', () => {
      this.#closed = true;
      this.#changed();
    });
  }

  /** Connects to a port of 127.0.0.1. The client's FIN is its own affair: see `finish`. */
  static async connect(port: number): Promise<TcpClient> {
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true, noDelay: true });
    await once(socket, 'connect');
    return new TcpClient(socket);
  }

  /** Everything received so far. */
  get received(): Buffer {
    return Buffer.concat(this.#chunks, this.#bytes);
  }

  /** Octets received so far. */
  get receivedBytes(): number {
    return this.#bytes;
  }

  get text(): string {
    return this.received.toString('utf8');
  }

  /** Complete lines received so far, without their ends. */
  get lines(): string[] {
    return this.text.split('\r\n').slice(0, -1);
  }

  send(bytes: Uint8Array | string): this {
    this.socket.write(bytes);
    return this;
  }

  /** Sends `bytes` and waits until the system has taken them. */
  async sendAll(bytes: Uint8Array | string): Promise<void> {
    if (!this.socket.write(bytes)) await once(this.socket, 'drain');
  }

  /** Sends a FIN: nothing more will come from this end. */
  finish(): this {
    this.socket.end();
    return this;
  }

  /** Sends a RST. */
  reset(): void {
    this.socket.resetAndDestroy();
  }

  stopReading(): this {
    this.socket.pause();
    return this;
  }

  readOn(): this {
    this.socket.resume();
    return this;
  }

  /** Waits until `met` holds; it is looked at whenever something came. Throws when the connection closed before. */
  async until(met: () => boolean): Promise<this> {
    while (!met()) {
      if (this.#closed) throw new Error(`closed (${this.errorCode}) with ${JSON.stringify(this.text.slice(-500))}`);
      await this.#next();
    }
    return this;
  }

  /** Waits for a line that is or matches `wanted`. */
  line(wanted: string | RegExp): Promise<this> {
    return this.until(() =>
      this.lines.some((line) => (typeof wanted === 'string' ? line === wanted : wanted.test(line))),
    );
  }

  /** Waits for the server's FIN; answers everything received. */
  async finished(): Promise<Buffer> {
    await this.until(() => this.#finished);
    return this.received;
  }

  /** Waits until the connection is closed, in whichever way. */
  async closed(): Promise<void> {
    while (!this.#closed) await this.#next();
  }

  /** Waits for whatever ends the connection: Node tells of a RST that comes right behind data as of an end. */
  async over(): Promise<void> {
    while (!this.#closed && !this.#finished) await this.#next();
  }

  close(): void {
    this.socket.destroy();
  }

  async #next(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#changed = resolve;
    });
    // Whatever else this turn of the event loop brings is looked at together.
    await turn();
  }
}
