import type { WebSocket } from 'ws';
import { CHAT_BUFFER_BYTES } from './limits.ts';

/** The way to one client of the chat by JSON, as the chat sees it. */
export interface ChatLink {
  readonly queuedBytes: number;
  readonly congested: boolean;
  send(objects: readonly string[]): boolean;
  pause(): void;
  resume(): void;
  end(): void;
  reset(reason: string): void;
}

/** The chat's end of that way. */
export interface ChatPeer {
  receive(object: Uint8Array): void;
  drained(): void;
  lost(): void;
}

/** Opens one; `null` when there are too many. */
export type OpenChat = (link: ChatLink) => ChatPeer | null;

/** Close codes of RFC 6455 §7.4.1 and its registry. */
const NORMAL = 1000;
const POLICY_VIOLATION = 1008;
const TRY_AGAIN_LATER = 1013;

/** Carries the chat over a WebSocket: one object a text message. */
export function serveChat(socket: WebSocket, open: OpenChat): void {
  const link = new SocketLink(socket, () => peer?.drained());
  const peer = open(link);
  if (!peer) {
    socket.close(TRY_AGAIN_LATER, 'too-many-sessions');
    return;
  }
  socket.on('message', (data: Buffer) => peer.receive(data));
  socket.on('close', () => peer.lost());
}

class SocketLink implements ChatLink {
  readonly #socket: WebSocket;
  readonly #drained: () => void;
  #isFull = false;

  constructor(socket: WebSocket, drained: () => void) {
    this.#socket = socket;
    this.#drained = drained;
  }

  get queuedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  get congested(): boolean {
    this.#isFull ||= this.queuedBytes > CHAT_BUFFER_BYTES;
    return this.#isFull;
  }

  send(objects: readonly string[]): boolean {
    if (this.#socket.readyState !== this.#socket.OPEN) return true;
    for (const object of objects) this.#socket.send(object, () => this.#sent());
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
    this.#socket.close(NORMAL);
  }

  reset(reason: string): void {
    this.#socket.close(POLICY_VIOLATION, reason);
    this.#socket.terminate();
  }

  #sent(): void {
    if (!this.#isFull || this.queuedBytes > CHAT_BUFFER_BYTES) return;
    this.#isFull = false;
    this.#drained();
  }
}
