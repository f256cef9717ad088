/** The lab's host on the clock on the wall: what its virtual network gives it in the browser, a real one gives it here. */
import {
  type Answer,
  type Call,
  createHost,
  type HostEvent,
  type HostOptions,
  type HostState,
  type Notice,
  type SocketId,
  step,
  type TcpView,
  viewOf,
} from '../../web/lab/stack/stack.ts';

const MICROSECONDS_A_MILLISECOND = 1_000;
/** Longest that setTimeout can be told, in milliseconds. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

/** Told of what a host says to one of its sockets. */
export type SocketListener = (notice: Notice) => void;

/** One host: calls go in, notices come out to the listeners of their sockets. */
export class RealTimeHost {
  readonly address: string;
  #state: HostState;
  #timer: NodeJS.Timeout | null = null;
  #closed = false;
  #nextSocket = 1;
  readonly #send: (packet: Uint8Array) => void;
  readonly #listeners = new Map<SocketId, SocketListener>();
  readonly #pongs: ((pong: Extract<Notice, { notice: 'pong' }>) => void)[] = [];
  readonly #startedMs = performance.now();

  /** `send` puts a packet on the wire. */
  constructor(options: HostOptions, send: (packet: Uint8Array) => void) {
    this.address = options.address;
    this.#state = createHost(options);
    this.#send = send;
  }

  get nowUs(): number {
    return Math.floor((performance.now() - this.#startedMs) * MICROSECONDS_A_MILLISECOND);
  }

  /** A socket number that was not used before. */
  newSocket(): SocketId {
    const id = this.#nextSocket;
    this.#nextSocket += 1;
    return id;
  }

  listen(socket: SocketId, listener: SocketListener): void {
    this.#listeners.set(socket, listener);
  }

  /** A packet has come off the wire. */
  receive(bytes: Uint8Array): void {
    if (!this.#closed) this.#step({ event: 'packet', bytes });
  }

  call(call: Call): Answer {
    const answer = this.#step({ event: 'call', call });
    if (answer === null) throw new TypeError('a call has an answer');
    return answer;
  }

  views(): readonly TcpView[] {
    return viewOf(this.#state);
  }

  /** The next answer to a ping. */
  pong(): Promise<Extract<Notice, { notice: 'pong' }>> {
    return new Promise((resolve) => this.#pongs.push(resolve));
  }

  /** Stops its clock; packets are ignored from now on. */
  close(): void {
    this.#closed = true;
    if (this.#timer) clearTimeout(this.#timer);
  }

  #step(event: HostEvent): Answer | null {
    const { state, packets, notices, answer, deadline } = step(this.#state, this.nowUs, event);
    this.#state = state;
    this.#wakeAt(deadline);
    for (const { bytes } of packets) this.#send(bytes);
    for (const notice of notices) this.#tell(notice);
    return answer;
  }

  #wakeAt(deadlineUs: number | null): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
    if (deadlineUs === null || this.#closed) return;
    const ms = Math.max(0, Math.ceil((deadlineUs - this.nowUs) / MICROSECONDS_A_MILLISECOND));
    this.#timer = setTimeout(() => this.#step({ event: 'timer' }), Math.min(ms, MAX_TIMEOUT_MS));
  }

  /** Programs act on what they are told only when the step is over. */
  #tell(notice: Notice): void {
    if (notice.notice === 'pong') this.#pongs.shift()?.(notice);
    if (notice.notice === 'state' || notice.notice === 'pong') return;
    const listener = this.#listeners.get(notice.socket);
    if (listener) queueMicrotask(() => listener(notice));
  }
}
