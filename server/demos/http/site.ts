import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { DemoConnection } from '../demo.ts';
import { createWebServer } from '../web-server.ts';
import { ConnectionWatch, type WatchOptions } from './connection-watch.ts';
import { MAX_BODY_BYTES, MAX_HEAD_BYTES, MAX_PIPELINED, MAX_REQUESTS_PER_CONNECTION } from './limits.ts';
import { expectationAnswer, isTooLarge, methodAnswer, tooLargeAnswer, tooManyAnswer } from './refusals.ts';
import { routeOf } from './routes.ts';
import { WebSockets } from './web-sockets.ts';

/** An HTTP server that does not listen: connections are handed to it. */
export interface HttpSite {
  connection(connection: DemoConnection): void;
  close(): void;
}

/** Every response that is being written has its connection's watch here. */
type Watches = WeakMap<object, ConnectionWatch>;

/** Makes the site: `node:http`, with a strict reader beside it on every connection. */
export function createHttpSite(options: WatchOptions): HttpSite {
  const watches: Watches = new WeakMap();
  const webSockets = new WebSockets();
  const server = nodeServer();
  const watchOf = ({ socket }: IncomingMessage) => watches.get(socket);
  server.on('request', (request, response) => handle(options, watchOf(request), request, response));
  server.on('checkContinue', (request, response) => {
    if (!isTooLarge(request)) response.writeContinue();
    handle(options, watchOf(request), request, response);
  });
  server.on('checkExpectation', (request, response) => {
    watchOf(request)?.answer(request, response, expectationAnswer(request));
  });
  server.on('clientError', (error, socket) => watches.get(socket)?.fault(error));
  server.on('connect', (request, socket) => watches.get(socket)?.refuse(methodAnswer(request, ['GET'])));
  server.on('upgrade', (request, socket, head) => upgrade(webSockets, watches.get(socket), request, socket, head));
  return {
    connection(connection) {
      watches.set(connection, new ConnectionWatch(connection, options));
      server.emit('connection', connection);
    },
    close: () => webSockets.close(),
  };
}

/** It never listens, so its own timeouts never run: ours do (ConnectionWatch). */
function nodeServer(): Server {
  const server = createWebServer({ maxHeaderSize: MAX_HEAD_BYTES, requireHostHeader: false, keepAliveTimeout: 0 });
  server.maxRequestsPerSocket = MAX_REQUESTS_PER_CONNECTION;
  return server;
}

function handle(
  { scheduler, now }: WatchOptions,
  watch: ConnectionWatch | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  if (!watch?.begin(request, response)) return;
  const refusal = watch.refusalOfNext() ?? (isTooLarge(request) ? tooLargeAnswer(MAX_BODY_BYTES) : null);
  if (refusal) {
    watch.answer(request, response, refusal);
    return;
  }
  if (watch.waiting > MAX_PIPELINED) watch.answer(request, response, tooManyAnswer(MAX_PIPELINED));
  else routeOf(request)({ request, response, scheduler, now, answer: (said) => watch.answer(request, response, said) });
}

function upgrade(
  webSockets: WebSockets,
  watch: ConnectionWatch | undefined,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  if (!watch) return;
  const refusal = watch.refusalOfNext() ?? webSockets.refusalOf(request);
  if (refusal) watch.refuse(refusal);
  else {
    watch.release();
    webSockets.accept(request, socket, head);
  }
}
