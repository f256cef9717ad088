import { createSocket, type RemoteInfo, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { isIPv6 } from 'node:net';
import type { Endpoint } from '#protocol/wire.ts';
import type { CheckClock } from './clock.ts';
import { CheckFailure } from './failure.ts';
import { ANSWER_MS, MAX_UNREAD_DATAGRAMS, QUIET_MS } from './limits.ts';
import { octetCount, quoted } from './quote.ts';
import type { Transcript } from './transcript.ts';
import { Waits } from './waits.ts';

/** What a datagram peer is made with. */
export interface DatagramPeerOptions {
  readonly number: number;
  readonly target: Endpoint;
  readonly clock: CheckClock;
  readonly transcript: Transcript;
}

/** More than was asked for by so many is a flood. */
const FLOOD_DATAGRAMS = 20;

/** Time that an ICMP message is waited for when nothing came, in milliseconds. */
const PROBE_MS = 200;

/** One of the checker's UDP sockets. It is not connected, so that it also hears an answer from a wrong port. */
export class DatagramPeer {
  readonly #options: DatagramPeerOptions;
  readonly #socket: Socket;
  readonly #waits: Waits;
  readonly #unread: Buffer[] = [];
  /** Port of the latest datagram that came from somebody else. */
  #strangerPort: number | null = null;
  #flooded = false;
  #sentBytes = 0;

  private constructor(socket: Socket, options: DatagramPeerOptions) {
    this.#socket = socket;
    this.#options = options;
    this.#waits = new Waits(options.clock);
    socket.on('message', (bytes, from) => this.#received(bytes, from));
    // What a send brings back shows as silence, which is looked into then.
    socket.on('error', () => this.#waits.tell());
  }

  /** Opens one on a port that the system picks. */
  static async open(options: DatagramPeerOptions): Promise<DatagramPeer> {
    const socket = socketFor(options.target);
    socket.bind(0, isIPv6(options.target.address) ? '::' : '0.0.0.0');
    await once(socket, 'listening');
    return new DatagramPeer(socket, options);
  }

  /** Sends one datagram. */
  async send(bytes: Uint8Array | string): Promise<void> {
    const octets = Buffer.from(bytes as Uint8Array);
    const { number, target, transcript } = this.#options;
    this.#sentBytes = octets.length;
    transcript.add(number, 'sent', octets);
    await new Promise((sent) => this.#socket.send(octets, target.port, target.address, sent));
  }

  /** Waits for one datagram. */
  async receive(): Promise<Buffer> {
    await this.#waits.until(() => this.#unread.length > 0 || this.#flooded, ANSWER_MS);
    if (this.#flooded) throw new CheckFailure('datagram-flood', { count: MAX_UNREAD_DATAGRAMS });
    const datagram = this.#unread.shift();
    if (!datagram) throw await this.#whyNot();
    return datagram;
  }

  /** Waits for one datagram with exactly these octets. */
  async expect(expected: Uint8Array | string): Promise<void> {
    const wanted = Buffer.from(expected as Uint8Array);
    const got = await this.receive();
    if (got.equals(wanted)) return;
    const code = got.length < wanted.length && wanted.subarray(0, got.length).equals(got) ? 'datagram-cut' : null;
    throw new CheckFailure(code ?? 'datagram-different', {
      expected: quoted(wanted),
      got: quoted(got),
      expectedLength: octetCount(wanted.length),
      gotLength: octetCount(got.length),
    });
  }

  /** Sends a request as text and compares the answer. */
  async ask(request: string, expected: string): Promise<void> {
    await this.send(request);
    const got = (await this.receive()).toString('utf8');
    if (got === expected) return;
    throw new CheckFailure('wrong-reply', { asked: quoted(request), expected: quoted(expected), got: quoted(got) });
  }

  /** Listens for QUIET_MS; anything that comes is too much. */
  async expectNothingMore(): Promise<void> {
    await this.#waits.pause(QUIET_MS);
    if (this.#unread.length >= FLOOD_DATAGRAMS)
      throw new CheckFailure('datagram-flood', { count: this.#unread.length });
    const [more] = this.#unread;
    if (more) throw new CheckFailure('datagram-extra', { got: quoted(more) });
  }

  /** Ends every wait and the socket. */
  close(): void {
    this.#waits.close();
    this.#socket.removeAllListeners('message').close();
  }

  #received(bytes: Buffer, from: RemoteInfo): void {
    const { number, target, transcript } = this.#options;
    transcript.add(number, 'received', bytes);
    if (from.port !== target.port) this.#strangerPort = from.port;
    else if (this.#unread.length < MAX_UNREAD_DATAGRAMS) this.#unread.push(bytes);
    else this.#flooded = true;
    this.#waits.tell();
  }

  async #whyNot(): Promise<CheckFailure> {
    const { target } = this.#options;
    const facts = { port: target.port, seconds: ANSWER_MS / 1_000, sent: octetCount(this.#sentBytes) };
    if (this.#strangerPort !== null) return new CheckFailure('wrong-sender', { ...facts, from: this.#strangerPort });
    return new CheckFailure((await this.#isRefused()) ? 'refused-datagram' : 'silent-datagram', facts);
  }

  /** A connected socket is told when an ICMP “port unreachable” comes back (RFC 1122 §4.1.3.3). */
  async #isRefused(): Promise<boolean> {
    const { target } = this.#options;
    const probe = socketFor(target);
    let refused = false;
    probe.on('error', () => {
      refused = true;
      this.#waits.tell();
    });
    probe.connect(target.port, target.address);
    await once(probe, 'connect');
    probe.send('');
    await this.#waits.until(() => refused, PROBE_MS);
    probe.close();
    return refused;
  }
}

function socketFor({ address }: Endpoint): Socket {
  return createSocket(isIPv6(address) ? 'udp6' : 'udp4');
}
