/** The chat over a WebSocket, one object a text message. https://www.rfc-editor.org/rfc/rfc6455 */
import type { DemoWebSocket } from '../demo.ts';
import { MAX_REPLY_QUEUE_BYTES } from './limits.ts';
import type { JsonLink, JsonPeer } from './link.ts';

/** Close codes of RFC 6455 §7.4.1 and its registry. */
const NORMAL = 1000;
const POLICY_VIOLATION = 1008;
const TRY_AGAIN_LATER = 1013;

/** Carries the chat over a WebSocket. @param open answers `null` when there are too many. */
export function linkWebSocket(socket: DemoWebSocket, open: (link: JsonLink) => JsonPeer | null): void {
  const link = new WebSocketLink(socket);
  const peer = open(link);
  if (!peer) {
    socket.close(TRY_AGAIN_LATER, 'too-many-sessions');
    return;
  }
  socket.listen({
    message: (text) => peer.receive(Buffer.from(text)),
    drained: () => {
      link.drained();
      peer.drained();
    },
    closed: () => {
      link.closed();
      peer.lost();
    },
  });
}

class WebSocketLink implements JsonLink {
  readonly #socket: DemoWebSocket;
  /** Until everything has been taken: only then `drained` follows. */
  #isFull = false;
  #isOver = false;

  constructor(socket: DemoWebSocket) {
    this.#socket = socket;
  }

  get queuedBytes(): number {
    return this.#socket.queuedBytes;
  }

  get congested(): boolean {
    this.#isFull ||= this.queuedBytes > MAX_REPLY_QUEUE_BYTES;
    return this.#isFull;
  }

  send(objects: readonly string[]): boolean {
    if (this.#isOver) return true;
    for (const object of objects) this.#socket.send(object);
    return !this.congested;
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  end(): void {
    // A paused socket would not see the answer to its close.
    this.#socket.resume();
    this.#isOver = true;
    this.#socket.close(NORMAL);
  }

  reset(reason: string): void {
    this.#isOver = true;
    this.#socket.close(POLICY_VIOLATION, reason);
    this.#socket.terminate();
  }

  /** The client has taken everything. */
  drained(): void {
    this.#isFull = false;
  }

  closed(): void {
    this.#isOver = true;
  }
}
