/** Between a program and its host: the program's calls become socket calls, the host's notices become events. */
import type { Answer, Call, SocketId } from '../../stack/calls.ts';
import type { Notice } from '../../stack/notices.ts';
import { MAX_PENDING_WRITE_BYTES, MAX_SOCKETS, MAX_TIMERS, READ_BYTES } from './limits.ts';
import { afterOffering, endingCall, type ProgramSocket } from './program-socket.ts';
import type { ProgramSockets } from './program-sockets.ts';
import type { ProgramCall, ProgramEvent } from './turn.ts';

/** What a port does things with. */
export interface PortEffects {
  call(call: Call): Answer;
  tell(event: ProgramEvent): void;
  /** Pulls again, after what has been told so far was answered. */
  pullLater(socket: number): void;
  timer(timer: number, afterMs: number): void;
  print(text: string, failed: boolean, line: number | null): void;
  /** The address of a host: its name, its address, or `null` for the other one. `null`: there is no such host. */
  resolve(host: string | null): string | null;
}

const US_A_MS = 1000;

/** A value of a moment of the lab: `clone` it before it goes on from there. */
export class ProgramPort {
  readonly #sockets: ProgramSockets;
  #timers = new Set<number>();
  #stopped = false;

  constructor(sockets: ProgramSockets) {
    this.#sockets = sockets;
  }

  clone(): ProgramPort {
    const copy = new ProgramPort(this.#sockets.clone());
    copy.#timers = new Set(this.#timers);
    copy.#stopped = this.#stopped;
    return copy;
  }

  /** Whether a socket of the host is this program's. */
  owns(socket: SocketId): boolean {
    return this.#sockets.owns(socket);
  }

  /** A program that failed is told nothing more, and asks for nothing more. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Does what the program asks for. */
  apply(call: ProgramCall, effects: PortEffects): void {
    if (this.#stopped) return;
    switch (call.call) {
      case 'listen':
        this.#listen(call, effects);
        return;
      case 'connect':
        this.#connect(call, effects);
        return;
      case 'bind':
        this.#bind(call, effects);
        return;
      case 'send':
        this.#send(call, effects);
        return;
      case 'write':
        this.#write(call.socket, call.bytes, effects);
        return;
      case 'set-timer':
        this.#setTimer(call.timer, call.afterMs, effects);
        return;
      case 'clear-timer':
        this.#timers.delete(call.timer);
        return;
      case 'print':
        effects.print(call.text, false, null);
        return;
      case 'fail':
        this.#fail(call.text, call.line, effects);
        return;
      default:
        this.#applyToSocket(call, effects);
        return;
    }
  }

  /** Tells the program what its host has to say. */
  notice(notice: Notice, effects: PortEffects): void {
    if (this.#stopped || !('socket' in notice) || notice.socket === null) return;
    const socket = this.#sockets.numberOf(notice.socket);
    const known = this.#sockets.get(socket);
    if (!known) return;
    switch (notice.notice) {
      case 'acceptable':
        this.#accept(socket, known, effects);
        return;
      case 'connected':
        this.#sockets.change(socket, { connected: true });
        effects.tell({ event: 'connect', socket, localPort: known.localPort });
        this.#flush(socket, effects);
        return;
      case 'readable':
        this.pull(socket, effects);
        return;
      case 'writable':
        this.#flush(socket, effects);
        return;
      case 'closed':
        this.#sockets.delete(socket);
        effects.tell({ event: 'close', socket });
        return;
      case 'failed':
        this.#refuse(socket, notice.error, known.connected ? 'read' : 'connect', effects);
        return;
      case 'datagram': {
        const { address, port } = notice.from;
        effects.tell({ event: 'message', socket, bytes: notice.bytes, address, port });
        return;
      }
      case 'datagram-failed':
        effects.tell({ event: 'error', socket, code: notice.error, syscall: 'recvmsg' });
        return;
      case 'state':
        return;
    }
  }

  /** Whether the timer is still wanted; asking takes it away. */
  takeTimer(timer: number): boolean {
    return this.#timers.delete(timer) && !this.#stopped;
  }

  /** Hands the program the next octets that have arrived, unless it has paused the socket. */
  pull(socket: number, effects: PortEffects): void {
    const known = this.#sockets.get(socket);
    if (!known?.flowing || known.ended || this.#stopped) return;
    const answer = effects.call({ call: 'tcp.receive', socket: known.host, max: READ_BYTES });
    if (!answer.ok) return;
    if (answer.bytes.length > 0) {
      effects.tell({ event: 'data', socket, bytes: answer.bytes });
      effects.pullLater(socket);
    } else if (answer.end) {
      this.#sockets.change(socket, { ended: true });
      effects.tell({ event: 'end', socket });
    }
  }

  #applyToSocket(
    call: Extract<ProgramCall, { call: 'end' | 'close' | 'reset' | 'pause' | 'resume' | 'no-delay' | 'keep-alive' }>,
    effects: PortEffects,
  ): void {
    const known = this.#sockets.get(call.socket);
    if (!known) return;
    switch (call.call) {
      case 'end':
        this.#sockets.change(call.socket, { ending: true });
        this.#flush(call.socket, effects);
        return;
      case 'close':
      case 'reset':
        this.#sockets.delete(call.socket);
        effects.call({ call: endingCall(known.kind, call.call), socket: known.host });
        return;
      case 'pause':
        this.#sockets.change(call.socket, { flowing: false });
        return;
      case 'resume':
        this.#sockets.change(call.socket, { flowing: true });
        this.pull(call.socket, effects);
        return;
      case 'no-delay':
        effects.call({ call: 'tcp.set', socket: known.host, options: { nagle: !call.on } });
        return;
      case 'keep-alive': {
        const options = { keepAlive: call.on, ...(call.idleMs > 0 ? { keepAliveIdleUs: call.idleMs * US_A_MS } : {}) };
        effects.call({ call: 'tcp.set', socket: known.host, options });
        return;
      }
    }
  }

  #listen({ socket, port, backlog }: Extract<ProgramCall, { call: 'listen' }>, effects: PortEffects): void {
    const host = this.#open(socket, 'server', effects);
    if (host === null) return;
    const answer = effects.call({ call: 'tcp.listen', socket: host, port, backlog });
    if (answer.ok) effects.tell({ event: 'listening', socket, port: answer.value });
    else this.#refuse(socket, answer.error, 'listen', effects);
  }

  #connect({ socket, port, host: to }: Extract<ProgramCall, { call: 'connect' }>, effects: PortEffects): void {
    const host = this.#open(socket, 'stream', effects);
    if (host === null) return;
    const address = effects.resolve(to);
    if (address === null) {
      this.#refuse(socket, 'ENOTFOUND', 'getaddrinfo', effects);
      return;
    }
    const answer = effects.call({ call: 'tcp.connect', socket: host, to: { address, port } });
    if (answer.ok) this.#sockets.change(socket, { localPort: answer.value });
    else this.#refuse(socket, answer.error, 'connect', effects);
  }

  #bind({ socket, port }: Extract<ProgramCall, { call: 'bind' }>, effects: PortEffects): void {
    const host = this.#open(socket, 'datagram', effects);
    if (host === null) return;
    const answer = effects.call({ call: 'udp.bind', socket: host, port });
    if (answer.ok) effects.tell({ event: 'listening', socket, port: answer.value });
    else this.#refuse(socket, answer.error, 'bind', effects);
  }

  #send({ socket, bytes, port, host }: Extract<ProgramCall, { call: 'send' }>, effects: PortEffects): void {
    const known = this.#sockets.get(socket);
    if (known?.kind !== 'datagram') return;
    const address = effects.resolve(host);
    const answer: Answer =
      address === null
        ? { ok: false, error: 'EHOSTUNREACH' }
        : effects.call({ call: 'udp.send', socket: known.host, bytes, to: { address, port } });
    if (!answer.ok) effects.tell({ event: 'error', socket, code: answer.error, syscall: 'send' });
  }

  #accept(server: number, { host }: ProgramSocket, effects: PortEffects): void {
    const { socket, host: as } = this.#sockets.nextAccepted();
    const answer = effects.call({ call: 'tcp.accept', socket: host, as });
    if (!answer.ok || !answer.peer) return;
    this.#sockets.adopt(socket, as);
    const { address, port } = answer.peer;
    effects.tell({ event: 'connection', server, socket, address, port });
    effects.pullLater(socket);
  }

  #write(socket: number, bytes: Uint8Array, effects: PortEffects): void {
    const known = this.#sockets.get(socket);
    if (!known || known.ending || bytes.length === 0) return;
    const pendingBytes = known.pendingBytes + bytes.length;
    if (pendingBytes > MAX_PENDING_WRITE_BYTES) {
      const limit = MAX_PENDING_WRITE_BYTES / (1024 * 1024);
      const text = `more than ${limit} MiB were written and not sent yet: wait for 'drain' when write() returns false`;
      this.#fail(text, null, effects);
      return;
    }
    this.#sockets.change(socket, { pending: [...known.pending, bytes], pendingBytes });
    this.#flush(socket, effects);
  }

  /** Gives the host as much as it takes. */
  #flush(socket: number, effects: PortEffects): void {
    const known = this.#sockets.get(socket);
    if (!known?.connected) return;
    const left = afterOffering(known, (bytes) => {
      const answer = effects.call({ call: 'tcp.send', socket: known.host, bytes });
      return answer.ok ? answer.value : 0;
    });
    this.#sockets.change(socket, left);
    if (left.pendingBytes > 0) return;
    if (known.pendingBytes > 0) effects.tell({ event: 'drain', socket });
    if (known.ending) effects.call({ call: 'tcp.shutdown', socket: known.host });
  }

  #setTimer(timer: number, afterMs: number, effects: PortEffects): void {
    if (this.#timers.size >= MAX_TIMERS) {
      this.#fail(`more than ${MAX_TIMERS} timers at once`, null, effects);
      return;
    }
    this.#timers.add(timer);
    effects.timer(timer, afterMs);
  }

  /** Makes room for a socket; `null` when the program has too many. */
  #open(socket: number, kind: ProgramSocket['kind'], effects: PortEffects): SocketId | null {
    const host = this.#sockets.open(socket, kind);
    if (host === null) this.#fail(`more than ${MAX_SOCKETS} sockets at once`, null, effects);
    return host;
  }

  #refuse(socket: number, code: string, syscall: string, effects: PortEffects): void {
    this.#sockets.delete(socket);
    effects.tell({ event: 'error', socket, code, syscall });
    effects.tell({ event: 'close', socket });
  }

  #fail(text: string, line: number | null, effects: PortEffects): void {
    this.#stopped = true;
    for (const { kind, host } of this.#sockets.clear()) effects.call({ call: endingCall(kind, 'reset'), socket: host });
    this.#timers.clear();
    effects.print(text, true, line);
  }
}
