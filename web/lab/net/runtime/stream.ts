/** Node's net.Socket on the lab's TCP. https://nodejs.org/api/net.html#class-netsocket */
import type { ProgramEvent } from '../programs/turn.ts';
import { ChunkDecoder } from './chunk-decoder.ts';
import { chunksOf } from './chunks.ts';
import { type Addressee, type Desk, SystemError } from './desk.ts';
import { Emitter, type Listener } from './emitter.ts';
import { octetsOf, type Writable } from './octets.ts';
import { portOf } from './port-number.ts';

type Callback = () => void;

/** Above so many octets that wait, `write` answers false, as Node's streams do. */
const HIGH_WATER_BYTES = 16 * 1024;

/**
 * Options of a socket, or of what a server accepts. `allowHalfOpen`: it is not ended when the peer ends. Default:
 * false.
 */
export interface StreamOptions {
  readonly allowHalfOpen?: boolean;
}

/** Where to connect to. */
export interface ConnectOptions {
  readonly port: number;
  /** Left out: the other host. */
  readonly host?: string;
}

/** What `net.connect` gives. */
export class Stream extends Emitter implements Addressee {
  readonly allowHalfOpen: boolean;
  connecting = false;
  destroyed = false;
  writableEnded = false;
  readableEnded = false;
  bytesRead = 0;
  bytesWritten = 0;
  remoteAddress: string | undefined;
  remotePort: number | undefined;
  readonly remoteFamily = 'IPv4';
  localPort: number | undefined;
  readonly #desk: Desk;
  #socket: number;
  readonly #decoder = new ChunkDecoder();
  #flowing: boolean | null = null;
  #waitingBytes = 0;
  #needsDrain = false;
  #written: Callback[] = [];
  #idleMs = 0;
  #idleTimer: number | null = null;

  /** `accepted`: the host's number of a connection that a listener got. */
  constructor(desk: Desk, options: StreamOptions = {}, accepted: number | null = null) {
    super();
    this.#desk = desk;
    this.allowHalfOpen = options.allowHalfOpen ?? false;
    if (accepted === null) this.#socket = desk.open(this);
    else {
      this.#socket = accepted;
      desk.adopt(accepted, this);
    }
  }

  get readyState(): string {
    if (this.connecting) return 'opening';
    if (this.destroyed) return 'closed';
    return this.writableEnded ? 'readOnly' : 'open';
  }

  connect(to: number | ConnectOptions, ...rest: (string | Callback)[]): this {
    const { port, host } = typeof to === 'number' ? { port: to, host: undefined } : to;
    const name = host ?? rest.find((each) => typeof each === 'string');
    const listener = rest.find((each) => typeof each === 'function');
    if (typeof listener === 'function') this.once('connect', listener);
    this.connecting = true;
    this.remotePort = port;
    this.remoteAddress = name;
    this.#desk.post({ call: 'connect', socket: this.#socket, port: portOf(port), host: name ?? null });
    return this;
  }

  override on(event: string, listener: Listener): this {
    super.on(event, listener);
    if (event === 'data' && this.#flowing === null) this.resume();
    return this;
  }

  /** True: write on; false: better wait for 'drain'. */
  write(data: Writable, ...rest: unknown[]): boolean {
    if (this.writableEnded || this.destroyed) {
      this.#desk.later(() => this.emit('error', new SystemError('EPIPE', 'write', ': the socket was ended')));
      return false;
    }
    const bytes = octetsOf(data, rest[0]);
    const callback = rest.find((each) => typeof each === 'function');
    if (callback) this.#written.push(callback as Callback);
    this.bytesWritten += bytes.length;
    this.#waitingBytes += bytes.length;
    this.#desk.post({ call: 'write', socket: this.#socket, bytes });
    this.#needsDrain ||= this.#waitingBytes >= HIGH_WATER_BYTES;
    return this.#waitingBytes < HIGH_WATER_BYTES;
  }

  end(...args: unknown[]): this {
    const [data, encoding] = args;
    const callback = args.find((each) => typeof each === 'function');
    if (callback) this.once('finish', callback as Callback);
    if (this.writableEnded || this.destroyed) return this;
    if (typeof data === 'string' || data instanceof Uint8Array) this.write(data, encoding);
    this.writableEnded = true;
    this.#desk.post({ call: 'end', socket: this.#socket });
    this.#desk.later(() => this.emit('finish'));
    return this;
  }

  destroy(error?: unknown): this {
    return this.#destroy('close', error);
  }

  /** Ends the connection with RST. */
  resetAndDestroy(): this {
    return this.#destroy('reset');
  }

  pause(): this {
    this.#flowing = false;
    this.#desk.post({ call: 'pause', socket: this.#socket });
    return this;
  }

  resume(): this {
    this.#flowing = true;
    this.#desk.post({ call: 'resume', socket: this.#socket });
    return this;
  }

  isPaused(): boolean {
    return this.#flowing === false;
  }

  setNoDelay(on = true): this {
    this.#desk.post({ call: 'no-delay', socket: this.#socket, on });
    return this;
  }

  setKeepAlive(on = false, idleMs = 0): this {
    this.#desk.post({ call: 'keep-alive', socket: this.#socket, on, idleMs });
    return this;
  }

  setEncoding(encoding: string): this {
    this.#decoder.choose(encoding);
    return this;
  }

  /** 'timeout' after so many milliseconds without traffic; 0: never. */
  setTimeout(ms: number, listener?: Callback): this {
    if (listener) this.once('timeout', listener);
    this.#idleMs = ms;
    this.#restartIdle();
    return this;
  }

  pipe<T extends { write(data: Writable): boolean; end(): unknown; on(event: string, listener: Callback): unknown }>(
    to: T,
  ): T {
    this.on('data', (data: Writable) => {
      if (!to.write(data)) this.pause();
    });
    to.on('drain', () => this.resume());
    this.on('end', () => to.end());
    return to;
  }

  address(): { address: string | undefined; port: number | undefined; family: string } {
    return { address: undefined, port: this.localPort, family: 'IPv4' };
  }

  ref(): this {
    return this;
  }
  unref(): this {
    return this;
  }

  /** `for await (const chunk of socket)`. */
  [Symbol.asyncIterator](): AsyncGenerator<unknown, void> {
    return chunksOf(this);
  }

  tell(event: ProgramEvent): void {
    this.#restartIdle();
    switch (event.event) {
      case 'connect':
        this.connecting = false;
        this.localPort = event.localPort;
        this.emit('connect');
        this.emit('ready');
        return;
      case 'data':
        this.#receive(event.bytes);
        return;
      case 'end':
        this.#endOfData();
        return;
      case 'drain':
        this.#drained();
        return;
      case 'error':
        this.emit('error', new SystemError(event.code, event.syscall, this.#where()));
        return;
      case 'close':
        this.#close(false);
    }
  }

  #receive(bytes: Uint8Array): void {
    this.bytesRead += bytes.length;
    const chunk = this.#decoder.decode(bytes);
    if (chunk !== null) this.emit('data', chunk);
  }

  #endOfData(): void {
    const rest = this.#decoder.rest();
    if (rest !== null) this.emit('data', rest);
    this.readableEnded = true;
    this.emit('end');
    if (!this.allowHalfOpen && !this.writableEnded) this.end();
  }

  #drained(): void {
    this.#waitingBytes = 0;
    for (const callback of this.#written.splice(0)) callback();
    if (!this.#needsDrain) return;
    this.#needsDrain = false;
    this.emit('drain');
  }

  #destroy(call: 'close' | 'reset', error?: unknown): this {
    if (this.destroyed) return this;
    this.#desk.post({ call, socket: this.#socket });
    this.destroyed = true;
    this.#desk.later(() => {
      if (error !== undefined) this.emit('error', error);
      this.#close(error !== undefined);
    });
    return this;
  }

  #close(hadError: boolean): void {
    this.destroyed = true;
    this.#desk.close(this.#socket);
    if (this.#idleTimer !== null) this.#desk.clearTimer(this.#idleTimer);
    this.#idleTimer = null;
    this.emit('close', hadError);
  }

  #restartIdle(): void {
    if (this.#idleTimer !== null) this.#desk.clearTimer(this.#idleTimer);
    this.#idleTimer = null;
    if (this.#idleMs > 0 && !this.destroyed)
      this.#idleTimer = this.#desk.setTimer(this.#idleMs, () => this.emit('timeout'));
  }

  #where(): string {
    return this.remotePort === undefined ? '' : ` ${this.remoteAddress ?? 'the other host'}:${this.remotePort}`;
  }
}
