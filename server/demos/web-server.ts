/** The HTTP servers of the page and of the demos, as far as they are alike. */
import { createServer, IncomingMessage, type Server, type ServerOptions } from 'node:http';
import { hostProblem } from '#packets/http/http-framing.ts';
import type { HttpProblem } from '#packets/http/http-problem.ts';

/**
 * A server of `node:http` that knows one upgrade, to WebSocket (RFC 6455 §4.1). A request that asks for another, as
 * `curl --http2` does for h2c, is answered as if it had not asked: RFC 9110 §7.8 lets a server ignore it, and since
 * RFC 9113 §3.1 h2c is no more. `node:http` alone takes every upgrade for an upgrade, or none.
 */
export function createWebServer(options: ServerOptions): Server<typeof WebSocketRequest> {
  const server = createServer({ ...options, IncomingMessage: WebSocketRequest });
  // A client that has sent its FIN still gets its answer: half-close is no wish to be forgotten.
  Object.assign(server, { httpAllowHalfOpen: true });
  server.on('request', (request, response) => {
    // Node's parser loses what it has read behind such a request.
    if (request.isOtherUpgrade) response.shouldKeepAlive = false;
  });
  return server;
}

/** A request whose `upgrade`, where `node:http` asks what to do with it, is true for a WebSocket and for CONNECT only. */
class WebSocketRequest extends IncomingMessage {
  /** What the parser says; set while the base is constructed, so it has no initializer. */
  declare private isUpgrade: boolean | null;

  get upgrade(): boolean {
    return this.isUpgrade === true && !this.isOtherUpgrade;
  }

  set upgrade(isUpgrade: boolean | null) {
    this.isUpgrade = isUpgrade;
  }

  /** Whether it asks for an upgrade that is none here. */
  get isOtherUpgrade(): boolean {
    const { upgrade } = this.headers;
    return this.method !== 'CONNECT' && upgrade !== undefined && upgrade.toLowerCase() !== 'websocket';
  }
}

/** What is wrong with a request's Host, or `null`: in HTTP/1.1 exactly one, or it is unclear who is asked (RFC 9112 §3.2). */
export function wrongHost({ httpVersion, headersDistinct }: IncomingMessage): HttpProblem | null {
  return httpVersion === '1.1' ? hostProblem(headersDistinct.host ?? []) : null;
}
