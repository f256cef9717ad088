import { Duplex } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import type { Endpoint } from '#protocol/wire.ts';
import type { DemoConnection } from '../demo.ts';

/** A connection without a network: the test decides what comes, at which chunking, and when the client reads. */
export class FakeConnection extends Duplex implements DemoConnection {
  readonly client: Endpoint = { address: '127.0.0.1', port: 50_000 };
  readonly server: Endpoint = { address: '127.0.0.1', port: 7 };
  /** Each write as the demo made it (writes made under one cork count as one). */
  readonly writes: Buffer[] = [];
  /** Reason of the RST, or `null`. */
  resetReason: string | null = null;
  /** Whether the demo has sent its FIN. */
  finished = false;
  #reading = true;
  #blocked: (() => void) | null = null;

  constructor() {
    super({ allowHalfOpen: true });
  }

  get queuedBytes(): number {
    return this.writableLength;
  }

  /** Everything that the client has taken. */
  get received(): Buffer {
    return Buffer.concat(this.writes);
  }

  get lines(): string[] {
    return this.received.toString('utf8').split('\r\n').slice(0, -1);
  }

  /** The client sends; resolves when the demo has had the time to read it. */
  async receive(bytes: Uint8Array | string): Promise<void> {
    this.push(typeof bytes === 'string' ? Buffer.from(bytes) : bytes);
    await turn();
  }

  /** The client sends its FIN. */
  async receiveFin(): Promise<void> {
    this.push(null);
    await turn();
  }

  /** The client reads nothing any more: what is written waits. */
  stopReading(): void {
    this.#reading = false;
  }

  /** The client takes the write that waits, and reads on. */
  async readOn(): Promise<void> {
    this.#reading = true;
    await this.takeOne();
  }

  /** The client takes the write that waits, and no more. */
  async takeOne(): Promise<void> {
    const taken = this.#blocked;
    this.#blocked = null;
    taken?.();
    await turn();
  }

  lendTo(reader: (this: DemoConnection, lent: Buffer) => void): void {
    this.on('data', reader);
  }

  reset(reason: string): void {
    this.resetReason = reason;
    this.destroy();
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#accept(chunk, done);
  }

  override _writev(chunks: { chunk: Buffer; encoding: BufferEncoding }[], done: () => void): void {
    this.#accept(Buffer.concat(chunks.map(({ chunk }) => chunk)), done);
  }

  override _final(done: () => void): void {
    this.finished = true;
    done();
  }

  #accept(bytes: Buffer, done: () => void): void {
    const take = (): void => {
      this.writes.push(bytes);
      done();
    };
    if (this.#reading) take();
    else this.#blocked = take;
  }
}
