import { once } from 'node:events';
import type { Socket } from 'node:net';
import type { CheckClock } from './clock.ts';
import { CheckFailure } from './failure.ts';
import { ANSWER_MS, MAX_LINE_BYTES, MAX_UNREAD_BYTES, PAUSE_MS, QUIET_MS } from './limits.ts';
import { octetCount, quoted } from './quote.ts';
import type { Transcript } from './transcript.ts';
import { Waits } from './waits.ts';

/** Largest piece handed to a socket at once, in octets: a reader that stops is noticed soon. */
const WRITE_BYTES = 64 * 1024;

/** More than was asked for by so much is a flood, in octets. */
const FLOOD_BYTES = 256 * 1024;

/** What a peer is made with. */
export interface PeerOptions {
  /** From 1, in the order they were opened. */
  readonly number: number;
  readonly socket: Socket;
  readonly clock: CheckClock;
  readonly transcript: Transcript;
}

/** The checker's end of one TCP connection. What the other end does wrong is thrown as a CheckFailure. */
export class Peer {
  readonly #number: number;
  readonly #socket: Socket;
  readonly #transcript: Transcript;
  readonly #waits: Waits;
  #unread: Buffer[] = [];
  #unreadBytes = 0;
  #sentBytes = 0;
  #ended: 'no' | 'fin' | 'reset' = 'no';
  #blocked = false;
  #answered = false;

  constructor({ number, socket, clock, transcript }: PeerOptions) {
    this.#number = number;
    this.#socket = socket;
    this.#transcript = transcript;
    this.#waits = new Waits(clock);
    socket.setNoDelay(true);
    socket.on('data', (chunk: Buffer) => this.#received(chunk));
    socket.on('end', () => this.#over('fin'));
    socket.on('error', () => this.#over('reset'));
    socket.on('drain', () => this.#drained());
    socket.on('close', () => this.#waits.tell());
    transcript.add(number, 'connected');
  }

  /** Octets that came and were not taken yet. */
  get unreadBytes(): number {
    return this.#unreadBytes;
  }

  /** Whether the other end has finished or reset the connection. */
  get isOver(): boolean {
    return this.#ended !== 'no';
  }

  /** Sends, and waits until the other end has made room for it. */
  async send(bytes: Uint8Array | string): Promise<void> {
    const octets = Buffer.from(bytes as Uint8Array);
    for (let at = 0; at < octets.length && !this.isOver; at += WRITE_BYTES) {
      this.push(octets.subarray(at, at + WRITE_BYTES));
      const read = await this.#waits.until(() => !this.#blocked || this.isOver, ANSWER_MS);
      if (!read) throw new CheckFailure('not-read', { sent: octetCount(this.#sentBytes) });
    }
  }

  /** Sends without waiting for room. */
  push(bytes: Uint8Array | string): void {
    const octets = Buffer.from(bytes as Uint8Array);
    this.#sentBytes += octets.length;
    this.#transcript.add(this.#number, 'sent', octets);
    if (this.#socket.writable && !this.#socket.write(octets)) this.#blocked = true;
  }

  /** Sends pieces of these lengths, with a pause before each but the first, so that they are read apart. */
  async sendPieces(bytes: Uint8Array | string, lengths: readonly number[], pauseMs = PAUSE_MS): Promise<void> {
    const octets = Buffer.from(bytes as Uint8Array);
    let at = 0;
    for (const length of lengths) {
      if (at > 0) await this.#waits.pause(pauseMs);
      await this.send(octets.subarray(at, at + length));
      at += length;
    }
  }

  /** Waits for exactly these octets. */
  async expect(expected: Uint8Array | string): Promise<void> {
    const wanted = Buffer.from(expected as Uint8Array);
    const failure = await this.#waitFor(wanted.length);
    const got = this.#take(wanted.length);
    const differs = got.findIndex((octet, at) => octet !== wanted[at]);
    if (differs >= 0) throw await this.#orFlood(different(wanted, got, differs));
    if (failure) throw failure;
  }

  /** Waits for so many octets, whatever they are. */
  async take(length: number): Promise<Buffer> {
    const failure = await this.#waitFor(length);
    if (failure) throw failure;
    return this.#take(length);
  }

  /** Waits for a line; without its LF and, before it, CR. */
  async line(): Promise<string> {
    const length = await this.#lineLength();
    return this.#take(length)
      .toString('utf8')
      .replace(/\r?\n$/, '');
  }

  /** Waits for a line and compares it. `asked` is what it answers, for the sentence. */
  async expectLine(expected: string, asked: string): Promise<void> {
    const got = await this.line();
    if (got === expected) return;
    throw new CheckFailure('wrong-line', { asked: quoted(asked), expected: quoted(expected), got: quoted(got) });
  }

  /** Waits for a line of one of the other end's messages, whose octets are kept with its end. */
  async rawLine(): Promise<Buffer> {
    return this.#take(await this.#lineLength());
  }

  /** Listens for QUIET_MS; what came in that time, taken. */
  async listen(): Promise<Buffer> {
    await this.#waits.pause(QUIET_MS);
    this.#transcript.add(this.#number, 'waited', undefined, QUIET_MS);
    return this.#take(this.#unreadBytes);
  }

  /** Listens for QUIET_MS; anything that comes is too much. */
  async expectNothingMore(): Promise<void> {
    const more = await this.listen();
    if (more.length > FLOOD_BYTES) throw this.#flood(more.length);
    if (more.length > 0) throw new CheckFailure('too-much', { count: octetCount(more.length), got: quoted(more) });
  }

  /** Sends a FIN: nothing more will come from this end. */
  finish(): void {
    this.#transcript.add(this.#number, 'fin-sent');
    if (!this.#socket.destroyed) this.#socket.end();
  }

  /** Waits for the other end's FIN, with nothing before it. A RST is no FIN. */
  async expectFin(): Promise<void> {
    const ended = await this.#waits.until(() => this.isOver || this.#unreadBytes > 0, ANSWER_MS);
    if (this.#unreadBytes > 0) {
      const more = this.#take(this.#unreadBytes);
      throw new CheckFailure('too-much', { count: octetCount(more.length), got: quoted(more) });
    }
    if (!ended) throw new CheckFailure('stays-open', { seconds: ANSWER_MS / 1_000 });
    if (this.#ended === 'reset') throw new CheckFailure('reset', { sent: octetCount(this.#sentBytes), got: '0 B' });
  }

  /** Waits for whatever ends the connection; false when nothing does. What comes before it is dropped. */
  async over(): Promise<boolean> {
    return this.#waits.until(() => {
      this.#take(this.#unreadBytes);
      return this.isOver;
    }, ANSWER_MS);
  }

  /** Sends a RST. */
  reset(): void {
    this.#transcript.add(this.#number, 'reset-sent');
    this.#socket.resetAndDestroy();
  }

  /** Leaves what comes in the system's buffers. */
  stopReading(): void {
    this.#socket.pause();
  }

  /** Lets time pass. */
  pause(ms: number): Promise<void> {
    return this.#waits.pause(ms);
  }

  /** Ends every wait and the connection. Closing twice is harmless. */
  close(): void {
    this.#waits.close();
    this.#socket.destroy();
  }

  /** Ends the connection and waits until it is gone. */
  async closed(): Promise<void> {
    if (this.#socket.closed) return;
    const gone = once(this.#socket, 'close');
    this.close();
    await gone;
  }

  async #lineLength(): Promise<number> {
    let length = 0;
    const found = (): boolean => {
      length = this.#joined().indexOf(0x0a) + 1;
      return length > 0;
    };
    await this.#waits.until(() => found() || this.isOver || this.#unreadBytes > MAX_LINE_BYTES, ANSWER_MS);
    if (found()) return length;
    if (this.#unreadBytes > MAX_LINE_BYTES) throw this.#flood();
    const rest = this.#unreadBytes;
    if (rest > 0) throw new CheckFailure('no-line-end', { got: quoted(this.#take(rest)) });
    throw this.#shortage(1);
  }

  /** `null`, or why so many octets did not come. */
  async #waitFor(length: number): Promise<CheckFailure | null> {
    await this.#waits.until(() => this.#unreadBytes >= length || this.isOver, ANSWER_MS);
    if (this.#unreadBytes > MAX_UNREAD_BYTES) return this.#flood();
    return this.#unreadBytes >= length ? null : this.#shortage(length);
  }

  #shortage(wanted: number): CheckFailure {
    const got = this.#unreadBytes;
    const facts = {
      gotBytes: got,
      got: octetCount(got),
      wanted: octetCount(wanted),
      sent: octetCount(this.#sentBytes),
      seconds: ANSWER_MS / 1_000,
    };
    if (this.#ended === 'reset') return new CheckFailure('reset', facts);
    if (this.#ended === 'fin' && got > 0) return new CheckFailure('closed-early', facts);
    if (this.#ended === 'fin') return new CheckFailure(this.#answered ? 'closed-after-answer' : 'closed-silent', facts);
    return new CheckFailure(got === 0 ? 'silent' : 'short', facts);
  }

  /** That failure, unless octets keep coming: then that is what must be said. */
  async #orFlood(failure: CheckFailure): Promise<CheckFailure> {
    await this.#waits.pause(QUIET_MS);
    return this.#unreadBytes > this.#sentBytes + FLOOD_BYTES ? this.#flood() : failure;
  }

  #flood(count = this.#unreadBytes): CheckFailure {
    this.#socket.destroy();
    return new CheckFailure('flood', { count: octetCount(count), sent: octetCount(this.#sentBytes) });
  }

  #received(chunk: Buffer): void {
    this.#transcript.add(this.#number, 'received', chunk);
    this.#unread.push(chunk);
    this.#unreadBytes += chunk.length;
    // Nobody asked for so much: it stays in the system's buffers, and the next look says so.
    if (this.#unreadBytes > MAX_UNREAD_BYTES) this.#socket.pause();
    this.#waits.tell();
  }

  #over(how: 'fin' | 'reset'): void {
    if (this.#ended !== 'no') return;
    this.#ended = how;
    this.#transcript.add(this.#number, how === 'fin' ? 'fin-received' : 'reset-received');
    this.#waits.tell();
  }

  #drained(): void {
    this.#blocked = false;
    this.#waits.tell();
  }

  #joined(): Buffer {
    const whole = Buffer.concat(this.#unread, this.#unreadBytes);
    this.#unread = [whole];
    return whole;
  }

  #take(length: number): Buffer {
    const whole = this.#joined();
    const taken = whole.subarray(0, length);
    const rest = whole.subarray(length);
    this.#answered ||= taken.length > 0;
    this.#unread = [rest];
    this.#unreadBytes = rest.length;
    return taken;
  }
}

function different(wanted: Buffer, got: Buffer, at: number): CheckFailure {
  return new CheckFailure('different', {
    at: at + 1,
    expected: quoted(wanted.subarray(at, at + 12)),
    got: quoted(got.subarray(at, at + 12)),
    expectedHex: hex(wanted[at]),
    gotHex: hex(got[at]),
  });
}

function hex(octet = 0): string {
  return octet.toString(16).padStart(2, '0');
}
