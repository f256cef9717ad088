import type { Socket } from 'node:net';
import { createWebSocketStream, type WebSocket } from 'ws';

/** Opens a TCP connection to the chat by lines, or `null` when there is none. */
export type OpenLineChat = () => Socket | null;

/** Close codes of RFC 6455 §7.4.1. */
const INTERNAL_ERROR = 1011;

/**
 * Carries a WebSocket's octets to the chat by lines and back, over a real TCP connection to it: a browser can't open
 * one itself. The first message says from which end it was opened, so that the page finds the conversation.
 */
export function serveLineChat(webSocket: WebSocket, open: OpenLineChat): void {
  const socket = open();
  if (!socket) {
    webSocket.close(INTERNAL_ERROR, 'no-line-chat');
    return;
  }
  const stream = createWebSocketStream(webSocket);
  const end = (): void => {
    socket.destroy();
    stream.destroy();
  };
  stream.on('error', end);
  socket.on('error', end);
  socket.once('connect', () => {
    const { localAddress: address = '', localPort: port = 0 } = socket;
    webSocket.send(JSON.stringify({ address, port }));
    socket.pipe(stream).pipe(socket);
  });
}
