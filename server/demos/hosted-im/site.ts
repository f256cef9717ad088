/** The service over HTTP. Fastify on connections that are handed to it; nothing here listens. */
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import { WebSocketServer } from 'ws';
import { httpSentence } from '#packets/http/http-sentences.ts';
import type { Scheduler } from '../../chat/scheduler.ts';
import type { DemoConnection } from '../demo.ts';
import { createWebServer, wrongHost } from '../web-server.ts';
import { APP_KEY } from './app.ts';
import { ConnectionGuard } from './connection-guard.ts';
import { MAX_JSON_BYTES, MAX_WEB_SOCKETS } from './limits.ts';
import { openApi } from './openapi.ts';
import { Problem } from './problem.ts';
import { ROUTES, type Route } from './routes.ts';
import type { HostedService } from './service.ts';
import { SocketSession } from './socket-session.ts';
import type { Token } from './tokens.ts';

/** What the site is made from. */
export interface SiteOptions {
  readonly service: HostedService;
  readonly scheduler: Scheduler;
  readonly nowMs: () => number;
}

/** Takes connections; `close` says goodbye to WebSockets. */
export interface Site {
  connection(connection: DemoConnection): void;
  close(): void;
}

/** Octets of a request's head. */
const MAX_HEAD_BYTES = 16 * 1024;
/** RFC 6455 §7.4.1. */
const GOING_AWAY = 1001;

/** Makes one; it serves what is handed to it. */
export function createSite(options: SiteOptions): Site {
  const { app, server } = createApp(options.service);
  const webSockets = new WebSocketServer({ noServer: true, maxPayload: MAX_JSON_BYTES, perMessageDeflate: false });
  const ready = app.ready();
  const guard = new ConnectionGuard(server, options.scheduler);
  server.on('upgrade', (request, socket, head) => upgrade(options, webSockets, request, socket, head));
  return {
    connection: (connection) => {
      guard.watch(connection);
      ready.then(
        () => server.emit('connection', connection),
        () => connection.reset('not-ready'),
      );
    },
    close: () => {
      for (const socket of webSockets.clients) socket.close(GOING_AWAY);
      webSockets.close();
    },
  };
}

function createApp(service: HostedService): { app: FastifyInstance; server: Server } {
  let server: Server | null = null;
  const app = fastify({
    bodyLimit: MAX_JSON_BYTES,
    clientErrorHandler: ({ code }, socket) =>
      refuse(socket, new Problem(code === 'HPE_HEADER_OVERFLOW' ? 'head-too-long' : 'not-http')),
    serverFactory: (handler) => {
      server = createWebServer({ maxHeaderSize: MAX_HEAD_BYTES, requireHostHeader: false }).on('request', handler);
      return server;
    },
  });
  const { maxFileBytes } = service.chat.files;
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: maxFileBytes }, (_request, body, done) =>
    done(null, body),
  );
  app.addHook('onRequest', async ({ raw }) => checkHost(raw));
  app.get('/openapi.json', () => openApi());
  for (const route of ROUTES) addRoute(app, service, route);
  app.setErrorHandler((error, _request, reply) => fail(error, reply));
  app.setNotFoundHandler((_request, reply) => fail(new Problem('not-found'), reply));
  if (server === null) throw new Error('fastify made no server');
  return { app, server };
}

function addRoute(app: FastifyInstance, service: HostedService, route: Route): void {
  app.route({
    method: route.method,
    url: `/v1/apps/:app${route.path.replace(/\{(\w+)\}/g, ':$1')}`,
    ...(route.raw ? { bodyLimit: service.chat.files.maxFileBytes } : {}),
    handler: async (request, reply) => {
      const parameters = request.params as Record<string, string>;
      if (parameters.app !== APP_KEY) throw new Problem('no-such-app');
      const token = bearerFor(service, route, request);
      const answer = await route.handle({ service, token, parameters, query: request.query, body: request.body });
      return route.answer ? answer : reply.code(204).send();
    },
  });
}

function checkHost(request: IncomingMessage): void {
  const wrong = wrongHost(request);
  if (wrong) throw new Problem('bad-host', httpSentence(wrong));
}

/** Looks at the token before anything else. */
function bearerFor(service: HostedService, { who }: Route, { headers }: FastifyRequest): Token | null {
  if (who === 'maybe' && headers.authorization === undefined) return null;
  const token = service.tokenOf(headers.authorization);
  if ((who === 'app' || who === 'user') && token.bearer.scope !== who)
    throw new Problem('not-allowed', `This call takes the token of ${who === 'app' ? 'the app' : 'a user'}.`);
  return token;
}

/** A Problem goes as it is; what Fastify refuses by itself (no JSON, too long) as one of ours. */
function fail(error: unknown, reply: FastifyReply): FastifyReply {
  const problem = error instanceof Problem ? error : problemOf(error);
  if (problem.code === 'no-token' || problem.code === 'token-expired' || problem.code === 'unknown-token')
    reply.header('www-authenticate', `Bearer error="${problem.code}"`);
  return reply.code(problem.status).send(problem.toJSON());
}

function problemOf(error: unknown): Problem {
  const status = (error as { statusCode?: number }).statusCode ?? 500;
  if (status === 413) return new Problem('too-long');
  if (status >= 500) throw error;
  return new Problem('malformed', error instanceof Error ? error.message : null);
}

/** Where there is no request that could be answered. */
function refuse(socket: Duplex, problem: Problem): void {
  if (!socket.writable) return;
  const body = JSON.stringify(problem.toJSON());
  socket.end(
    `HTTP/1.1 ${problem.status} Refused\r\nContent-Type: application/json\r\nContent-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

function upgrade(
  options: SiteOptions,
  webSockets: WebSocketServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const admitted = admit(options.service, webSockets, request);
  if (admitted instanceof Problem) {
    refuse(socket, admitted);
    return;
  }
  webSockets.handleUpgrade(request, socket, head, (webSocket) =>
    SocketSession.open(options, webSocket, admitted.token, admitted.user),
  );
}

/** A browser can set no header on a WebSocket: the token comes in the address, as with most services. */
function admit(
  service: HostedService,
  webSockets: WebSocketServer,
  request: IncomingMessage,
): { token: Token; user: string } | Problem {
  const url = URL.parse(request.url ?? '', 'http://hosted');
  try {
    checkHost(request);
    if (url?.pathname !== `/v1/apps/${APP_KEY}/ws`) return new Problem('not-found');
    if (webSockets.clients.size >= MAX_WEB_SOCKETS) return new Problem('too-many');
    const token = service.tokenOf(`Bearer ${url.searchParams.get('token') ?? ''}`);
    if (token.bearer.scope !== 'user') return new Problem('not-allowed', 'Only users connect.');
    return { token, user: token.bearer.user };
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
}
