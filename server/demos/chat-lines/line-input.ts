import type { DemoConnection } from '../demo.ts';
import { LineReader } from './line-reader.ts';
import { TelnetFilter } from './telnet-filter.ts';

/** What becomes of the lines of one client. */
export interface LineConsumer {
  /** Whether the next line may be taken now. After `false`, `LineInput.readOn` is to be called once it may. */
  mayTake(): boolean;
  /** Takes a line. `cut`: it was longer than MAX_LINE_BYTES, and this is its beginning. */
  take(line: string, cut: boolean): void;
  /** The client has sent its FIN, and all its lines have been taken. */
  finished(): void;
}

/** What one client sends, as lines. Reads no more than it can hand on: the rest stays in the client's TCP. */
export class LineInput {
  readonly #connection: DemoConnection;
  readonly #consumer: LineConsumer;
  readonly #reader = new LineReader();
  readonly #telnet: TelnetFilter;
  /** What has been read and may not be taken yet; meanwhile the connection is paused. */
  #held: Buffer | null = null;
  #stopped = false;

  constructor(connection: DemoConnection, consumer: LineConsumer) {
    this.#connection = connection;
    this.#consumer = consumer;
    this.#telnet = new TelnetFilter((bytes) => {
      if (connection.writable) connection.write(bytes);
    });
    connection.on('data', (chunk: Buffer) => this.#receive(chunk));
    connection.on('end', () => this.#finish());
  }

  /** Goes on after `mayTake` answered `false`. Harmless otherwise. */
  readOn(): void {
    const held = this.#held;
    if (!held) return;
    this.#held = null;
    this.#takeLines(held);
    if (!this.#held) this.#connection.resume();
  }

  /** From now on, whatever comes is thrown away. */
  stop(): void {
    this.#stopped = true;
    this.#held = null;
    this.#connection.resume();
  }

  #receive(chunk: Buffer): void {
    if (!this.#stopped) this.#takeLines(this.#telnet.strip(chunk));
  }

  /** Asks even when nothing is left of a chunk: the answers to a flood of telnet options have to be read, too. */
  #takeLines(bytes: Buffer): void {
    let at = 0;
    do {
      if (!this.#consumer.mayTake()) {
        this.#hold(bytes.subarray(at));
        return;
      }
      at = this.#reader.read(bytes, at);
      if (this.#reader.line !== null) this.#consumer.take(this.#reader.line, this.#reader.cut);
    } while (at < bytes.length && !this.#stopped);
  }

  #hold(bytes: Buffer): void {
    this.#held = bytes;
    this.#connection.pause();
  }

  /** A paused stream does not end, so nothing is held here. A last line without its end is a line, too. */
  #finish(): void {
    if (this.#stopped) return;
    const rest = this.#reader.rest();
    if (rest !== null) this.#consumer.take(rest, false);
    if (!this.#stopped) this.#consumer.finished();
  }
}
