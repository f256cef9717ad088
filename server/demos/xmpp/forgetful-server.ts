import type { Scheduler } from '../../chat/scheduler.ts';
import { FORGET_AFTER_MS } from './limits.ts';
import type { LinkListener, StreamLink } from './stream/link.ts';
import type { XmppServer } from './xmpp-server.ts';

/** The server of the test mode: a new one takes its place when nobody has been connected for FORGET_AFTER_MS. */
export class ForgetfulServer {
  readonly #start: (emptied: () => void) => XmppServer;
  readonly #scheduler: Scheduler;
  #server: XmppServer;
  #callOff: () => void = () => {};
  #isClosed = false;

  /** @param start makes a server that calls `emptied` whenever its last connection is over. */
  constructor(start: (emptied: () => void) => XmppServer, scheduler: Scheduler) {
    this.#start = start;
    this.#scheduler = scheduler;
    this.#server = this.#fresh();
  }

  /** Serves a client. */
  serve(link: StreamLink): LinkListener {
    this.#callOff();
    return this.#server.serve(link);
  }

  /** Says goodbye to everybody. */
  close(): void {
    this.#isClosed = true;
    this.#callOff();
    this.#server.close();
  }

  #fresh(): XmppServer {
    return this.#start(() => this.#forgetLater());
  }

  #forgetLater(): void {
    if (this.#isClosed) return;
    this.#callOff();
    this.#callOff = this.#scheduler.later(FORGET_AFTER_MS, () => {
      this.#server.close();
      this.#server = this.#fresh();
    });
  }
}
