import { Socket, type SocketConstructorOpts } from 'node:net';
import { READ_MEMORY } from './lent-memory.ts';

/** Takes octets that are only lent, for the length of the call. Answers whether to read on. */
export type Borrower = (lent: Buffer) => boolean;

/** What Node's sockets have besides their documented members: the system's end of them. */
interface WithHandle {
  _handle?: object | null;
}

/**
 * A connected socket that reads into memory which all of them share (`onread` of node:net), instead of memory of its
 * own for every read. It does not read before `resume`, and then hands all that it reads to `borrower`.
 */
export class LendingSocket extends Socket {
  /** Whom octets are lent to. Without one, nothing is read. */
  borrower: Borrower | null = null;

  private constructor(handle: object) {
    let self: LendingSocket | null = null;
    const lend = (count: number): boolean => self?.borrower?.(READ_MEMORY.subarray(0, count)) ?? false;
    const options = { handle, allowHalfOpen: true, noDelay: true, onread: { buffer: READ_MEMORY, callback: lend } };
    super(options as SocketConstructorOpts);
    self = this;
    this.pause();
  }

  /**
   * Takes over the connection of a socket that a server accepted with `pauseOnConnect`, since a server offers no
   * `onread` of its own; the accepted socket is done with. Where that is not possible the answer is the accepted socket:
   * on Windows, where a read may be under way in the memory before anything has come, and in a Node that keeps its
   * handle elsewhere.
   */
  static adopt(accepted: Socket & WithHandle): Socket {
    const { _handle: handle } = accepted;
    if (process.platform === 'win32' || !handle) return accepted;
    const adopted: LendingSocket & WithHandle = new LendingSocket(handle);
    if (adopted._handle !== handle) return accepted;
    accepted._handle = null;
    accepted.destroy();
    return adopted;
  }
}
