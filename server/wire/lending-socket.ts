import { type Server, Socket, type SocketConstructorOpts } from 'node:net';
import { READ_MEMORY } from './lent-memory.ts';

/** Takes octets that are only lent, for the length of the call. Answers whether to read on. */
export type Borrower = (lent: Buffer) => boolean;

/** The system's end of a listening socket, which Node's servers have besides their documented members. */
interface ListeningHandle {
  /** Called for every connection with an error number, or 0 and the system's end of the connection. */
  onconnection?: (this: ListeningHandle, error: number, connection?: object) => void;
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
    const options = { handle, allowHalfOpen: true, onread: { buffer: READ_MEMORY, callback: lend } };
    super(options as SocketConstructorOpts);
    self = this;
    this.pause();
    this.setNoDelay();
  }

  /**
   * Has a listening server hand its connections to `take` as sockets that lend, since a server offers no `onread` of its
   * own. Where that is not possible, nothing is changed and the server emits `connection` as ever: on Windows, where a
   * read may be under way in the memory before anything has come, and in a Node that keeps its handle elsewhere.
   * Answers whether it was possible.
   */
  static acceptFrom(server: Server, take: (socket: LendingSocket) => void): boolean {
    const { _handle: handle } = server as Server & { readonly _handle?: ListeningHandle | null };
    const accept = handle?.onconnection;
    if (process.platform === 'win32' || !handle || !accept) return false;
    handle.onconnection = function (error, connection) {
      if (error === 0 && connection) take(new LendingSocket(connection));
      else accept.call(this, error, connection);
    };
    return true;
  }
}
