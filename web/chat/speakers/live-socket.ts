import type { Clock } from '../../session/clock.ts';
import { Silence } from './silence.ts';
import { Slots } from './slots.ts';
import type { SpeakerHandlers } from './speaker.ts';
import type { OpenTextSocket, TextSocket } from './text-socket.ts';

/** What a live socket is made of. */
export interface LiveSocketOptions {
  readonly open: OpenTextSocket;
  readonly clock: Clock;
  readonly handlers: Pick<SpeakerHandlers, 'frame' | 'closed'>;
  opened(): void;
  /** Not called any more once it is over. */
  received(text: string): void;
  /** Asks the server for a sign of life. */
  ask(): void;
  /** Why it is over when the server closes it; empty: it broke. */
  reason(): string;
}

/** A speaker's socket for as long as the server lives: what passes is shown, a silence is looked into, its end is told once. */
export class LiveSocket {
  /** Places for files that were asked for over it. */
  readonly slots = new Slots();
  readonly #handlers: LiveSocketOptions['handlers'];
  readonly #silence: Silence;
  readonly #socket: TextSocket;
  #isOver = false;

  constructor({ open, clock, handlers, opened, received, ask, reason }: LiveSocketOptions) {
    this.#handlers = handlers;
    this.#silence = new Silence(clock, { ask, dead: () => this.end('') });
    this.#socket = open({
      opened,
      received: (text) => {
        if (this.#isOver) return;
        this.#handlers.frame('received', text);
        this.#silence.heard();
        received(text);
      },
      closed: () => this.end(reason()),
    });
  }

  send(text: string): void {
    this.#handlers.frame('sent', text);
    this.#socket.send(text);
  }

  /** Ends it as the user wishes: nobody is told. */
  close(): void {
    this.#finish('');
  }

  /** It has ended, or is good for nothing any more; see `closed` of the handlers. */
  end(reason: string, mechanisms?: readonly string[]): void {
    if (this.#isOver) return;
    this.#finish(reason);
    this.#handlers.closed(reason, ...(mechanisms ? [mechanisms] : []));
  }

  #finish(reason: string): void {
    this.#isOver = true;
    this.#silence.stop();
    this.#socket.close();
    this.slots.refuseAll(reason);
  }
}
