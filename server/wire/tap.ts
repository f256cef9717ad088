import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import type { Direction, Endpoint } from '#protocol/wire.ts';
import type { ConversationRecord } from './conversation.ts';
import type { Journal } from './journal.ts';
import { LendingSocket } from './lending-socket.ts';
import { CopyMemory, isLent, keep } from './lent-memory.ts';
import { MAX_SMALL_WRITE_BYTES } from './limits.ts';

type Done = (error?: Error | null) => void;

/** Reads octets that are only lent to it. */
type TapReader = (this: Tap, lent: Buffer) => void;

/** Copies of what is lent and written at once; one for all taps, for it is free again when the kernel has the octets. */
const copies = new CopyMemory();

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
  #borrower: TapReader | null = null;
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
    if (socket instanceof LendingSocket) socket.borrower = this.#take;
    else
      socket.pause().on('data', (chunk: Buffer) => {
        if (!this.#take(chunk)) socket.pause();
      });
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

  /**
   * Has `reader` called with what comes, instead of a `data` listener, and costs no memory a read: the octets are only
   * lent, for the length of the call. Writing them to a tap is safe; whoever keeps them otherwise copies them.
   */
  lendTo(reader: TapReader): void {
    this.#borrower = reader;
    this.on('data', reader);
  }

  /**
   * As any Writable's. While nothing waits, an ordinary chunk goes to the socket without this stream's bookkeeping; what
   * comes while the socket holds some of it waits here, as usual.
   */
  override write(chunk: unknown, encoding?: BufferEncoding | Done, done?: Done): boolean {
    const plain = encoding === undefined && done === undefined;
    if (plain && chunk instanceof Buffer && this.#canPass(chunk)) {
      this.#pass(chunk);
      return true;
    }
    const kept = keep(chunk);
    return typeof encoding === 'string' ? super.write(kept, encoding, done) : super.write(kept, encoding ?? done);
  }

  override end(chunk?: unknown, encoding?: BufferEncoding | (() => void), done?: () => void): this {
    const kept = keep(chunk);
    return typeof encoding === 'string' ? super.end(kept, encoding, done) : super.end(kept, encoding ?? done);
  }

  override _read(): void {
    if (this.#reading) return;
    this.#reading = true;
    this.socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: Done): void {
    this.#goOn(this.#send(chunk), done);
  }

  override _writev(chunks: { chunk: Buffer; encoding: BufferEncoding }[], done: Done): void {
    this.socket.cork();
    let room = true;
    for (const { chunk } of chunks) room = this.#send(chunk);
    this.socket.uncork();
    this.#goOn(room, done);
  }

  /** Whether a chunk may go straight to the socket: nothing waits before it, here or there. */
  #canPass(chunk: Buffer): boolean {
    return (
      this.writable &&
      this.writableLength === 0 &&
      this.writableCorked === 0 &&
      this.socket.writableLength === 0 &&
      (isLent(chunk) || chunk.length < this.writableHighWaterMark)
    );
  }

  #pass(chunk: Buffer): void {
    const copied = isLent(chunk) && chunk.length > MAX_SMALL_WRITE_BYTES;
    this.#send(copied ? copies.copy(chunk) : keep(chunk));
    if (copied && this.socket.writableLength > 0) copies.giveAway();
  }

  /**
   * Records a chunk and gives it to the socket. Answers whether the socket wants more. A write of nothing sends nothing
   * over TCP; `node:http` ends its answers with one.
   */
  #send(chunk: Buffer): boolean {
    if (this.#recording && chunk.length > 0) this.#journal.data(this.#record, this.#outgoing, chunk);
    return this.socket.write(chunk);
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

  /** Records what has come and hands it on. Answers whether to read on. */
  readonly #take = (octets: Buffer): boolean => {
    if (this.#recording) this.#journal.data(this.#record, this.#incoming, octets);
    try {
      if (!this.#lend(octets) && !this.push(keep(octets))) this.#reading = false;
    } catch {
      // Whoever reads has a bug: it costs this connection, and no other.
      this.reset('demo-failed');
    }
    return this.#reading;
  };

  /** Hands octets to the reader that borrows, unless others come first or it is not the only one that reads. */
  #lend(octets: Buffer): boolean {
    const reader = this.#borrower;
    const turn = reader !== null && this.readableFlowing && this.readableLength === 0;
    if (!turn || this.listenerCount('data') !== 1) return false;
    reader.call(this, octets);
    return true;
  }

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
