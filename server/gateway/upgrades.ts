import { type IncomingMessage, STATUS_CODES } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { MAX_CLIENT_MESSAGE_BYTES } from '#protocol/limits.ts';
import { type TerminalMessage, type TerminalRequest, terminalRequestSchema } from '#protocol/terminal-messages.ts';
import { wireRequestSchema } from '#protocol/wire-messages.ts';
import { readChannel } from './channel.ts';
import type { DemoSockets } from './demo-sockets.ts';
import { refusalOf } from './guard.ts';
import { MAX_LINE_CHATS, MAX_VIEWERS } from './limits.ts';
import { type OpenLineChat, serveLineChat } from './line-chat.ts';
import type { WireHub } from './wire-hub.ts';

/** The terminals, as the gateway sees them. */
export interface Terminals {
  attach(link: { send(message: TerminalMessage): void; readonly bufferedBytes: number }): {
    receive(request: TerminalRequest): void;
    drained(): void;
    lost(): void;
  };
}

/** What the WebSocket side of the gateway is handed. */
export interface UpgradesOptions {
  readonly hostNames: ReadonlySet<string>;
  readonly hub: WireHub;
  readonly terminals: Terminals;
  /** Connects to the chat by lines. */
  readonly openLineChat: OpenLineChat;
  readonly demoSockets: DemoSockets;
  readonly now: () => number;
}

/** Close codes of RFC 6455 §7.4.1 and its registry. */
const GOING_AWAY = 1001;
const TRY_AGAIN_LATER = 1013;

/** Takes the upgrades of HTTP connections that ask for one of our WebSockets. */
export class Upgrades {
  readonly #options: UpgradesOptions;
  readonly #server = new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: MAX_CLIENT_MESSAGE_BYTES,
    perMessageDeflate: false,
  });

  #lineChats = 0;

  constructor(options: UpgradesOptions) {
    this.#options = options;
  }

  /** Whether a path is one of ours; in development the others are Vite's. */
  owns(url: string | undefined): boolean {
    const path = pathOf(url);
    return PATHS.has(path) || this.#options.demoSockets.owns(path);
  }

  /** Upgrades or refuses. `established` is called once the 101 has been written. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer, established?: () => void): void {
    const refusal = refusalOf(request, this.#options.hostNames) ?? (this.owns(request.url) ? null : NO_SUCH_SOCKET);
    if (refusal) refuse(socket, refusal);
    else if (this.#options.demoSockets.owns(pathOf(request.url))) {
      this.#options.demoSockets.accept(pathOf(request.url), request, socket, head);
    } else {
      this.#server.handleUpgrade(request, socket, head, (webSocket) => {
        established?.();
        this.#serve(webSocket, pathOf(request.url));
      });
    }
  }

  /** Ends every WebSocket with «going away» (RFC 6455 §7.4.1). */
  close(): void {
    for (const webSocket of this.#server.clients) {
      webSocket.close(GOING_AWAY);
      webSocket.terminate();
    }
    this.#server.close();
    this.#options.demoSockets.close();
  }

  #serve(socket: WebSocket, path: string): void {
    socket.on('error', () => socket.terminate());
    if (path === '/ws/terminal') this.#serveTerminal(socket);
    else if (path === '/ws/chat-lines') this.#serveLineChat(socket);
    else if (this.#options.hub.viewerCount < MAX_VIEWERS) this.#serveWire(socket);
    else socket.close(TRY_AGAIN_LATER, 'too-many-viewers');
  }

  #serveWire(socket: WebSocket): void {
    const { hub, now } = this.#options;
    const viewer = hub.attach({
      send: (text) => socket.send(text),
      get bufferedBytes() {
        return socket.bufferedAmount;
      },
    });
    socket.on('close', () => viewer.close());
    readChannel({ socket, schema: wireRequestSchema, now, receive: (message) => viewer.receive(message) });
  }

  #serveLineChat(socket: WebSocket): void {
    if (this.#lineChats >= MAX_LINE_CHATS) {
      socket.close(TRY_AGAIN_LATER, 'too-many-chats');
      return;
    }
    this.#lineChats += 1;
    socket.once('close', () => {
      this.#lineChats -= 1;
    });
    serveLineChat(socket, this.#options.openLineChat);
  }

  #serveTerminal(socket: WebSocket): void {
    const terminal = this.#options.terminals.attach({
      send: (message) => socket.send(JSON.stringify(message), () => terminal.drained()),
      get bufferedBytes() {
        return socket.bufferedAmount;
      },
    });
    socket.on('close', () => terminal.lost());
    readChannel({
      socket,
      schema: terminalRequestSchema,
      now: this.#options.now,
      receive: (message) => terminal.receive(message),
    });
  }
}

/** Where our WebSockets are. */
const PATHS: ReadonlySet<string> = new Set(['/ws/wire', '/ws/terminal', '/ws/chat-lines']);

const NO_SUCH_SOCKET = { status: 404, code: 'not-found', message: 'There is no WebSocket at this address.' };

function pathOf(url: string | undefined): string {
  return (url ?? '').split('?', 1)[0] ?? '';
}

/** Answers an upgrade that is not to be, as HTTP (RFC 6455 §4.2.2). */
function refuse(socket: Duplex, { status, ...complaint }: { status: number; code: string; message: string }): void {
  const text = JSON.stringify(complaint);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(text)}`;
  socket.end(`${head}\r\n\r\n${text}`);
}
