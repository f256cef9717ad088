/** WebSockets that the page's server takes for the demos. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type WebSocket, WebSocketServer } from 'ws';
import { endpoint } from '#protocol/address.ts';
import type { DemoWebSocket, DemoWebSocketListener, DemoWebSocketService } from '../demos/demo.ts';
import { MAX_DEMO_SOCKETS } from './limits.ts';

/** Close codes of RFC 6455 §7.4.1 and its registry. */
const GOING_AWAY = 1001;
const UNSUPPORTED_DATA = 1003;
const TRY_AGAIN_LATER = 1013;

/** Upgrades connections for the demos that asked for a path, each to its own subprotocol. */
export class DemoSockets {
  readonly #services: ReadonlyMap<string, DemoWebSocketService>;
  readonly #servers = new Map<string, WebSocketServer>();
  #open = 0;

  /** @param services by path. */
  constructor(services: ReadonlyMap<string, DemoWebSocketService>) {
    this.#services = services;
    for (const [path, service] of services) this.#servers.set(path, serverOf(service));
  }

  /** Whether a path belongs to a demo. */
  owns(path: string): boolean {
    return this.#services.has(path);
  }

  /** Upgrades a request that was let in. Its conversation stays on record: it carries no journal. */
  accept(path: string, request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const service = this.#services.get(path);
    if (!service) return;
    this.#servers.get(path)?.handleUpgrade(request, socket, head, (webSocket) => {
      webSocket.on('error', () => webSocket.terminate());
      if (this.#open >= MAX_DEMO_SOCKETS) webSocket.close(TRY_AGAIN_LATER, 'too-many-connections');
      else this.#serve(service, webSocket, request);
    });
  }

  /** Ends them all. */
  close(): void {
    for (const server of this.#servers.values()) {
      for (const webSocket of server.clients) {
        webSocket.close(GOING_AWAY);
        webSocket.terminate();
      }
      server.close();
    }
  }

  #serve(service: DemoWebSocketService, webSocket: WebSocket, request: IncomingMessage): void {
    this.#open += 1;
    webSocket.on('close', () => {
      this.#open -= 1;
    });
    service.open(new DemoSocket(webSocket, request));
  }
}

/** A browser that offered other subprotocols only gives up by itself when none is named (RFC 6455 §4.1). */
function serverOf({ protocol, maxMessageBytes }: DemoWebSocketService): WebSocketServer {
  return new WebSocketServer({
    noServer: true,
    clientTracking: true,
    maxPayload: maxMessageBytes,
    perMessageDeflate: false,
    handleProtocols: (offered) => (protocol !== null && offered.has(protocol) ? protocol : false),
  });
}

/** One of them, as a demo sees it. */
class DemoSocket implements DemoWebSocket {
  readonly client;
  readonly #socket: WebSocket;
  #drained: () => void = () => {};

  constructor(socket: WebSocket, { socket: { remoteAddress, remotePort } }: IncomingMessage) {
    this.#socket = socket;
    this.client = endpoint(remoteAddress, remotePort);
  }

  get queuedBytes(): number {
    return this.#socket.bufferedAmount;
  }

  listen({ message, drained, closed }: DemoWebSocketListener): void {
    this.#drained = drained;
    this.#socket.on('message', (data, isBinary) => {
      if (isBinary) this.close(UNSUPPORTED_DATA, 'text-only');
      else message(String(data));
    });
    this.#socket.on('close', closed);
  }

  send(text: string): void {
    this.#socket.send(text, () => {
      if (this.#socket.bufferedAmount === 0) this.#drained();
    });
  }

  pause(): void {
    this.#socket.pause();
  }

  resume(): void {
    this.#socket.resume();
  }

  close(code: number, reason?: string): void {
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }
}
