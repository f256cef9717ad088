/** TCP connections of a lab host, for programs that wait. */
import type { Notice, SocketId, TcpOptions, TcpView } from '../../web/lab/stack/stack.ts';
import type { RealTimeHost } from './real-time-host.ts';

/** Octets taken from the receive buffer at a time. */
const READ_OCTETS = 256 * 1024;

/** What wakes who waits for a socket. */
class Bell {
  #waiting: (() => void)[] = [];

  ring(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }

  rung(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }
}

/** One connection: its reads and writes wait until they are done. */
export class LabConnection {
  readonly socket: SocketId;
  /** Name of the error that ended it; `null`: none has. */
  error: string | null = null;
  connected = false;
  readonly #host: RealTimeHost;
  readonly #bell = new Bell();

  constructor(host: RealTimeHost, socket: SocketId) {
    this.#host = host;
    this.socket = socket;
    host.listen(socket, (notice) => this.#hear(notice));
  }

  /** Opens a connection, and waits until it stands. Throws when it is refused. */
  static async connect(host: RealTimeHost, address: string, port: number, options: Partial<TcpOptions> = {}) {
    const connection = LabConnection.open(host, address, port, options);
    await connection.established();
    return connection;
  }

  /** Begins to open a connection. */
  static open(host: RealTimeHost, address: string, port: number, options: Partial<TcpOptions> = {}): LabConnection {
    const connection = new LabConnection(host, host.newSocket());
    const call = { call: 'tcp.connect', socket: connection.socket, to: { address, port }, options } as const;
    const answer = host.call(call);
    if (!answer.ok) throw new Error(answer.error);
    return connection;
  }

  async established(): Promise<void> {
    while (!this.connected && this.error === null) await this.#bell.rung();
    if (this.error !== null) throw new Error(this.error);
  }

  get view(): TcpView | undefined {
    return this.#host.views().find(({ socket }) => socket === this.socket);
  }

  /** Waits until all octets are in the send buffer. */
  async write(bytes: Uint8Array): Promise<void> {
    let at = 0;
    while (at < bytes.length) {
      const answer = this.#host.call({ call: 'tcp.send', socket: this.socket, bytes: bytes.subarray(at) });
      if (!answer.ok && answer.error !== 'EAGAIN') throw new Error(this.error ?? answer.error);
      at += answer.ok ? answer.value : 0;
      if (at < bytes.length) await this.#bell.rung();
    }
  }

  /** The next octets; `null`: the peer has ended. Throws when the connection has failed. */
  async read(): Promise<Uint8Array | null> {
    for (;;) {
      const answer = this.#host.call({ call: 'tcp.receive', socket: this.socket, max: READ_OCTETS });
      if (answer.ok && answer.bytes.length > 0) return answer.bytes;
      if (answer.ok && answer.end) return null;
      if (this.error !== null) throw new Error(this.error);
      if (!answer.ok && answer.error !== 'EAGAIN') throw new Error(answer.error);
      await this.#bell.rung();
    }
  }

  /** All octets until the end. */
  async readAll(): Promise<Buffer> {
    const parts: Uint8Array[] = [];
    for (let part = await this.read(); part !== null; part = await this.read()) parts.push(part);
    return Buffer.concat(parts);
  }

  shutdown(): void {
    this.#host.call({ call: 'tcp.shutdown', socket: this.socket });
  }

  close(): void {
    this.#host.call({ call: 'tcp.close', socket: this.socket });
  }

  abort(): void {
    this.#host.call({ call: 'tcp.abort', socket: this.socket });
  }

  #hear(notice: Notice): void {
    if (notice.notice === 'connected') this.connected = true;
    if (notice.notice === 'failed') this.error = notice.error;
    this.#bell.ring();
  }
}

/** A port on which connections are waited for. Throws when the port is taken. */
export class LabListener {
  readonly #host: RealTimeHost;
  readonly #socket: SocketId;
  readonly #bell = new Bell();

  constructor(host: RealTimeHost, port: number, backlog = 128, options: Partial<TcpOptions> = {}) {
    this.#host = host;
    this.#socket = host.newSocket();
    host.listen(this.#socket, () => this.#bell.ring());
    const answer = host.call({ call: 'tcp.listen', socket: this.#socket, port, backlog, options });
    if (!answer.ok) throw new Error(answer.error);
  }

  async accept(): Promise<LabConnection> {
    for (;;) {
      const connection = new LabConnection(this.#host, this.#host.newSocket());
      const answer = this.#host.call({ call: 'tcp.accept', socket: this.#socket, as: connection.socket });
      if (answer.ok) return connection;
      if (answer.error !== 'EAGAIN') throw new Error(answer.error);
      await this.#bell.rung();
    }
  }

  /** Serves every connection that comes; what a server throws ends its connection only. */
  serve(server: (connection: LabConnection) => Promise<void>): void {
    const next = async (): Promise<void> => {
      const connection = await this.accept();
      server(connection).catch(() => connection.abort());
      return next();
    };
    void next();
  }

  close(): void {
    this.#host.call({ call: 'tcp.close', socket: this.#socket });
  }
}
