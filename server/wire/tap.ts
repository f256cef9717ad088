import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Direction, Endpoint } from '#protocol/wire.ts';
import type { ConversationRecord } from './conversation.ts';
import type { Journal } from './journal.ts';

type Done = (error?: Error | null) => void;

/** The errno name of an error, or `fallback`. */
export function codeOf(error: unknown, fallback = 'unknown'): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? code : fallback;
}

/**
 * A Duplex around a socket that writes the socket's life into the journal. Whatever sits on it (a demo, HTTP, TLS)
 * reads and writes the tap and never the socket, so nothing goes by unseen. It does not read before it is read from:
 * backpressure reaches the other end's TCP window.
 */
export class Tap extends Duplex {
  readonly socket: Socket;
  readonly client: Endpoint;
  readonly server: Endpoint;
  readonly #journal: Journal;
  readonly #record: ConversationRecord;
  readonly #incoming: Direction;
  readonly #outgoing: Direction;
  #reading = false;
  #recording = true;
  #afterDrain: Done | null = null;

  constructor(socket: Socket, journal: Journal, record: ConversationRecord) {
    super({ allowHalfOpen: true, decodeStrings: true });
    this.socket = socket;
    this.#journal = journal;
    this.#record = record;
    this.client = record.start.client;
    this.server = record.start.server;
    const serverSide = record.start.observer === 'server';
    this.#incoming = serverSide ? 'to-server' : 'to-client';
    this.#outgoing = serverSide ? 'to-client' : 'to-server';
    socket.on('end', this.#onEnd);
    socket.on('drain', this.#onDrain);
    socket.on('error', this.#onError);
    socket.on('close', this.#onClose);
  }

  /** Octets written and not yet taken by the kernel. What the socket still holds, this stream counts, too. */
  get queuedBytes(): number {
    return Math.max(this.writableLength, this.socket.writableLength);
  }

  get remoteAddress(): string | undefined {
    return this.socket.remoteAddress;
  }

  get remotePort(): number | undefined {
    return this.socket.remotePort;
  }

  get localAddress(): string | undefined {
    return this.socket.localAddress;
  }

  get localPort(): number | undefined {
    return this.socket.localPort;
  }

  /** As `net.Socket`'s: HTTP asks it of whatever it is served on, to let idle connections go. */
  setTimeout(timeoutMs: number, callback?: () => void): this {
    this.socket.setTimeout(timeoutMs);
    if (this.socket.listenerCount('timeout') === 0) this.socket.on('timeout', this.#onTimeout);
    if (callback) this.once('timeout', callback);
    return this;
  }

  setNoDelay(on?: boolean): this {
    this.socket.setNoDelay(on);
    return this;
  }

  setKeepAlive(on?: boolean, initialDelayMs?: number): this {
    this.socket.setKeepAlive(on, initialDelayMs);
    return this;
  }

  /** Ends the connection with a RST and records `reason` as its code. */
  reset(reason: string): void {
    if (this.destroyed) return;
    if (this.#recording) this.#journal.reset(this.#record, this.#outgoing, reason);
    this.socket.resetAndDestroy();
    this.destroy();
  }

  /** Stops recording; the connection lives on. */
  detach(): void {
    if (!this.#recording) return;
    this.#journal.detached(this.#record);
    this.#recording = false;
  }

  override _read(): void {
    if (!this.#reading) {
      this.#reading = true;
      this.socket.on('data', this.#onData);
    } else if (this.socket.isPaused()) this.socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#recordWrite(chunk);
    this.#goOn(this.socket.write(chunk), done);
  }

  override _writev(chunks: { chunk: Buffer; encoding: BufferEncoding }[], done: Done): void {
    this.socket.cork();
    let room = true;
    for (const { chunk } of chunks) {
      this.#recordWrite(chunk);
      room = this.socket.write(chunk);
    }
    this.socket.uncork();
    this.#goOn(room, done);
  }

  /** A write of nothing sends nothing over TCP; `node:http` ends its answers with one. */
  #recordWrite(chunk: Buffer): void {
    if (this.#recording && chunk.length > 0) this.#journal.data(this.#record, this.#outgoing, chunk);
  }

  /** `write` answers false for a chunk above the high-water mark even when the kernel has taken it whole. */
  #goOn(room: boolean, done: Done): void {
    if (room || this.socket.writableLength === 0) done();
    else this.#afterDrain = done;
  }

  override _final(done: Done): void {
    this.socket.end(() => {
      if (this.#recording) this.#journal.halfClosed(this.#record, this.#outgoing);
      done();
    });
  }

  override _destroy(error: Error | null, done: Done): void {
    this.socket.destroy();
    done(error);
  }

  readonly #onData = (chunk: Buffer): void => {
    if (this.#recording) this.#journal.data(this.#record, this.#incoming, chunk);
    try {
      if (!this.push(chunk)) this.socket.pause();
    } catch {
      // Whoever reads has a bug: it costs this connection, and no other.
      this.reset('demo-failed');
    }
  };

  readonly #onEnd = (): void => {
    if (this.#recording) this.#journal.halfClosed(this.#record, this.#incoming);
    this.push(null);
  };

  readonly #onTimeout = (): void => {
    this.emit('timeout');
  };

  readonly #onDrain = (): void => {
    const done = this.#afterDrain;
    this.#afterDrain = null;
    done?.();
  };

  readonly #onError = (error: Error): void => {
    const code = codeOf(error);
    if (this.#recording) {
      if (code === 'ECONNRESET') this.#journal.reset(this.#record, this.#incoming, code);
      else this.#journal.error(this.#record, code);
    }
    this.destroy(error);
  };

  readonly #onClose = (): void => {
    if (this.#recording) this.#journal.closed(this.#record);
    this.destroy();
  };
}
