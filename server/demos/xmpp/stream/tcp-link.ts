/** A stream over TCP, RFC 6120 §4. */
import type { Duplex } from 'node:stream';
import { type SecureContext, TLSSocket } from 'node:tls';
import type { DemoConnection } from '../../demo.ts';
import { NS } from '../namespaces.ts';
import { escapeAttribute } from '../xml/serialize.ts';
import { StreamReader } from '../xml/stream-reader.ts';
import type { LinkListener, StreamHeader, StreamLink } from './link.ts';
import { isLoopback } from './loopback.ts';

/** Makes the listener of a link. */
export type Serve = (link: StreamLink) => LinkListener;

/** Carries one stream over one TCP connection. What is sent in one turn of the event loop leaves in one write. */
export class TcpLink implements StreamLink {
  readonly address: string;
  readonly isLoopback: boolean;
  readonly #connection: DemoConnection;
  readonly #secureContext: () => Promise<SecureContext | null>;
  #readyContext: SecureContext | null = null;
  readonly #listener: LinkListener;
  #reader: StreamReader;
  #maxStanzaBytes = 0;
  #carrier: Duplex;
  #pending = '';
  #opened = false;
  #closed = false;

  /** @param secureContext `null`: there is no certificate. */
  constructor(connection: DemoConnection, secureContext: () => Promise<SecureContext | null>, serve: Serve) {
    this.#connection = connection;
    this.#carrier = connection;
    this.#secureContext = secureContext;
    this.address = connection.client.address;
    this.isLoopback = isLoopback(connection.client.address);
    this.#listener = serve(this);
    this.#reader = new StreamReader(this.#listener);
    this.#reader.maxStanzaBytes = this.#maxStanzaBytes;
    this.#listen(connection);
    connection.on('close', () => this.#listener.lost());
    this.#listener.started();
  }

  get isSecure(): boolean {
    return this.#carrier !== this.#connection;
  }

  get canStartTls(): boolean {
    return !this.isSecure;
  }

  get queuedBytes(): number {
    // Under TLS most of what waits has not been encrypted yet.
    const waiting = this.isSecure ? this.#carrier.writableLength : 0;
    return this.#pending.length + waiting + this.#connection.queuedBytes;
  }

  setMaxStanzaBytes(bytes: number): void {
    this.#maxStanzaBytes = bytes;
    this.#reader.maxStanzaBytes = bytes;
  }

  open({ from, to, id }: StreamHeader): void {
    const attributes = Object.entries({ from, to, id })
      .map(([name, value]) => (value === undefined ? '' : ` ${name}='${escapeAttribute(value)}'`))
      .join('');
    this.#opened = true;
    this.send(
      `<?xml version='1.0'?><stream:stream xmlns='${NS.client}' xmlns:stream='${NS.streams}'${attributes} version='1.0' xml:lang='en'>`,
    );
  }

  send(text: string): void {
    if (this.#closed) return;
    if (this.#pending === '') queueMicrotask(() => this.#flush());
    this.#pending += text;
  }

  restart(): void {
    this.#opened = false;
    this.#reader.restart();
  }

  hold(): void {
    this.#reader.hold();
  }

  release(): void {
    this.#reader.release();
  }

  async prepareTls(): Promise<boolean> {
    this.#readyContext = await this.#secureContext();
    return this.#readyContext !== null;
  }

  startTls(): void {
    if (!this.#readyContext || this.isSecure) return;
    this.#flush();
    this.#reader.stop();
    this.#connection.removeAllListeners('data');
    this.#connection.removeAllListeners('end');
    // The constructor takes any Duplex (its documentation says so); its type asks for a socket.
    const socket = this.#connection as Duplex as ConstructorParameters<typeof TLSSocket>[0];
    const secure = new TLSSocket(socket, { isServer: true, secureContext: this.#readyContext });
    secure.once('secure', () => this.#secured(secure));
    secure.on('error', () => this.reset('tls-failed'));
  }

  pause(): void {
    this.#carrier.pause();
  }

  resume(): void {
    this.#carrier.resume();
  }

  close(): void {
    if (this.#closed) return;
    if (this.#opened) this.send('</stream:stream>');
    this.#flush();
    this.#closed = true;
    this.#reader.stop();
    this.#carrier.end();
    // Whatever the client still says is read and forgotten, or its FIN would never be seen.
    this.#carrier.resume();
  }

  reset(reason: string): void {
    this.#closed = true;
    this.#pending = '';
    this.#reader.stop();
    this.#connection.reset(reason);
  }

  #listen(carrier: Duplex): void {
    carrier.on('data', (chunk: Buffer) => this.#reader.write(chunk));
    carrier.on('drain', () => this.#listener.drained());
    carrier.on('end', () => this.#ended());
  }

  #secured(secure: TLSSocket): void {
    this.#carrier = secure;
    this.#opened = false;
    this.#reader = new StreamReader(this.#listener);
    this.#reader.maxStanzaBytes = this.#maxStanzaBytes;
    this.#listen(secure);
    this.#listener.secured();
  }

  /** The client has finished sending without closing its stream: some do, and the connection is of no use then. */
  #ended(): void {
    this.#listener.lost();
    this.#closed = true;
    this.#carrier.end();
  }

  #flush(): void {
    if (this.#pending === '') return;
    const text = this.#pending;
    this.#pending = '';
    this.#carrier.write(text);
  }
}
