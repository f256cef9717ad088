import type { RawData, WebSocket } from 'ws';
import type * as z from 'zod/mini';
import { MAX_MESSAGES_PER_SECOND, MAX_UNREAD_BYTES } from './limits.ts';

/** Close codes of RFC 6455 §7.4.1 that we use. */
const POLICY_VIOLATION = 1008;

/** A WebSocket that carries JSON: what comes in is bounded, parsed and checked before anybody sees it. */
export interface Channel<Request> {
  readonly socket: WebSocket;
  readonly schema: z.ZodMiniType<Request>;
  readonly now: () => number;
  readonly receive: (request: Request) => void;
}

/**
 * Reads a channel. A malformed message is answered with an `error` message; too many of any kind end it,
 * and so does asking on without reading the answers.
 */
export function readChannel<Request>(channel: Channel<Request>): void {
  const { socket } = channel;
  const rate = new Rate(MAX_MESSAGES_PER_SECOND, channel.now);
  socket.on('message', (data: RawData, isBinary: boolean) => {
    if (!rate.allows()) {
      socket.close(POLICY_VIOLATION, 'too-many-messages');
      return;
    }
    if (socket.bufferedAmount > MAX_UNREAD_BYTES) {
      socket.terminate();
      return;
    }
    const parsed = isBinary ? null : channel.schema.safeParse(parseJson(String(data)));
    if (parsed?.success) channel.receive(parsed.data);
    else socket.send(JSON.stringify(malformed(isBinary)));
  });
}

/** Counts what happens in each second. */
class Rate {
  readonly #perSecond: number;
  readonly #now: () => number;
  #beganMs = 0;
  #count = 0;

  constructor(perSecond: number, now: () => number) {
    this.#perSecond = perSecond;
    this.#now = now;
  }

  allows(): boolean {
    const nowMs = this.#now();
    if (nowMs - this.#beganMs >= 1_000) {
      this.#beganMs = nowMs;
      this.#count = 0;
    }
    this.#count += 1;
    return this.#count <= this.#perSecond;
  }
}

/** `undefined`, which no schema takes, when the text is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function malformed(isBinary: boolean): { type: 'error'; code: string; message: string } {
  return {
    type: 'error',
    code: 'malformed-message',
    message: isBinary
      ? 'This WebSocket carries JSON text; a binary message came.'
      : 'The message is no JSON of the contract; reload the page if it is one of ours.',
  };
}
