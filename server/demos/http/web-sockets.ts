/** The WebSocket Protocol, RFC 6455: an echo of messages. https://www.rfc-editor.org/rfc/rfc6455 */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { type Answer, errorAnswer } from './answer.ts';
import { targetOf } from './exchange.ts';
import { MAX_WEB_SOCKET_MESSAGE_BYTES, MAX_WEB_SOCKET_QUEUE_BYTES, MAX_WEB_SOCKETS } from './limits.ts';

/** Close code of RFC 6455 §7.4.1. */
const GOING_AWAY = 1001;

/** Takes the upgrades to `/ws`. */
export class WebSockets {
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: MAX_WEB_SOCKET_MESSAGE_BYTES,
    perMessageDeflate: false,
  });

  /** Why an upgrade is not to be, or `null`. */
  refusalOf(request: IncomingMessage): Answer | null {
    const { pathname } = targetOf(request);
    if (pathname !== '/ws') return errorAnswer(404, `There is no WebSocket at ${pathname}, only at /ws.`);
    return this.#server.clients.size < MAX_WEB_SOCKETS ? null : errorAnswer(503, 'Too many WebSockets are open here.');
  }

  /** Answers 101 (or 400, where the handshake is not well formed), and sends back every message. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => serve(webSocket));
  }

  /** Says goodbye to all. */
  close(): void {
    for (const webSocket of this.#server.clients) webSocket.close(GOING_AWAY);
    this.#server.close();
  }
}

function serve(webSocket: WebSocket): void {
  webSocket.on('error', () => webSocket.terminate());
  webSocket.on('message', (message, isBinary) => {
    if (webSocket.bufferedAmount > MAX_WEB_SOCKET_QUEUE_BYTES) webSocket.terminate();
    else webSocket.send(message, { binary: isBinary });
  });
}
