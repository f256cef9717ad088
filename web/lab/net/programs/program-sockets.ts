/** The sockets of one program: its own numbers for them, and those that its host knows them by. */
import type { SocketId } from '../../stack/calls.ts';
import { MAX_SOCKETS } from './limits.ts';
import { newSocket, type ProgramSocket } from './program-socket.ts';

/** Sockets of one program are numbered from here on its host; the next program's a million further. */
const SOCKETS_A_PROGRAM = 1_000_000;
/** Accepted connections have numbers of their own among them. */
const FIRST_ACCEPTED = 500_000;

/** What a program has open, by the program's own number: what it opened is above zero, what it accepted below. */
export class ProgramSockets {
  readonly #base: number;
  #open = new Map<number, ProgramSocket>();
  #accepted = 0;

  /** `program` is its number on the host. */
  constructor(program: number) {
    this.#base = (program + 1) * SOCKETS_A_PROGRAM;
  }

  clone(): ProgramSockets {
    const copy = new ProgramSockets(this.#base / SOCKETS_A_PROGRAM - 1);
    copy.#open = new Map(this.#open);
    copy.#accepted = this.#accepted;
    return copy;
  }

  /** Whether a socket of the host is this program's. */
  owns(host: SocketId): boolean {
    return Math.floor(host / SOCKETS_A_PROGRAM) * SOCKETS_A_PROGRAM === this.#base;
  }

  /** The program's number of a socket of the host. */
  numberOf(host: SocketId): number {
    const number = host - this.#base;
    return number > FIRST_ACCEPTED ? FIRST_ACCEPTED - number : number;
  }

  get(socket: number): ProgramSocket | undefined {
    return this.#open.get(socket);
  }

  /** Makes room for a socket, and says what the host calls it; `null`: the program has too many. */
  open(socket: number, kind: ProgramSocket['kind']): SocketId | null {
    if (this.#open.size >= MAX_SOCKETS) return null;
    const host = this.#base + socket;
    this.#open.set(socket, newSocket(kind, host));
    return host;
  }

  /** The numbers of the connection that is accepted next, which `adopt` takes once it is. */
  nextAccepted(): { readonly socket: number; readonly host: SocketId } {
    this.#accepted += 1;
    return { socket: -this.#accepted, host: this.#base + FIRST_ACCEPTED + this.#accepted };
  }

  adopt(socket: number, host: SocketId): void {
    this.#open.set(socket, { ...newSocket('stream', host), connected: true });
  }

  /** Nothing happens where the socket is not open any more. */
  change(socket: number, change: Partial<ProgramSocket>): void {
    const known = this.#open.get(socket);
    if (known) this.#open.set(socket, { ...known, ...change });
  }

  delete(socket: number): void {
    this.#open.delete(socket);
  }

  /** Forgets all, and says what they were. */
  clear(): readonly ProgramSocket[] {
    const all = [...this.#open.values()];
    this.#open.clear();
    return all;
  }
}
