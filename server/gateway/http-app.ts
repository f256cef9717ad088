import type { RequestListener, Server } from 'node:http';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import fastifyStatic from '@fastify/static';
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { DemoAddress, Machine } from '#protocol/demos.ts';
import { MAX_API_BODY_BYTES } from '#protocol/limits.ts';
import { progressSchema } from '#protocol/progress.ts';
import { createWebServer } from '../demos/web-server.ts';
import { answerError, answerUnreadable } from './bad-requests.ts';
import { addCheckApi, type CheckDesk } from './check-api.ts';
import { addFileApi, type FileDesk } from './file-api.ts';
import { refusalOf } from './guard.ts';
import { MAX_REQUESTS_PER_MINUTE } from './limits.ts';
import type { ProgressFile } from './progress-file.ts';
import { addRelayApi, type RelayDesk } from './relay-api.ts';

/** What the HTTP side of the gateway is handed. */
export interface HttpAppOptions {
  /** Folder of the built page; `null` when somebody else serves it (Vite in development). */
  readonly pageFolder: string | null;
  /** Host names, besides localhost and our addresses, under which we answer. */
  readonly hostNames: ReadonlySet<string>;
  readonly demos: () => readonly DemoAddress[];
  readonly machine: () => Promise<Machine>;
  readonly progress: ProgressFile;
  readonly relays: RelayDesk;
  readonly files: FileDesk;
  readonly checks: CheckDesk;
}

/** The HTTP server, not listening: connections are handed to it. */
export interface HttpApp {
  readonly server: Server;
  close(): Promise<void>;
}

/** What a page of ours may load: itself, and nothing inline but styles (xterm sets them on its elements). */
const CONTENT_SECURITY_POLICY = {
  useDefaults: false,
  directives: {
    'default-src': ["'self'"],
    'script-src': ["'self'"],
    'style-src': ["'self'", "'unsafe-inline'"],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'"],
    'object-src': ["'none'"],
    'base-uri': ["'none'"],
    'form-action': ["'none'"],
    'frame-ancestors': ["'none'"],
  },
};

/**
 * The worker that runs a learner's program (web/lab/page/programs) may evaluate its text and reach nothing: no request,
 * no socket, no import, whatever the program does to the objects around it.
 */
const PROGRAM_WORKER = /[\\/]assets[\\/]program-worker-[\w-]+\.js/;
const PROGRAM_WORKER_POLICY = "default-src 'none'; script-src 'unsafe-eval'";

/** Built files carry a hash of their content in their names. */
const ASSET_MAX_AGE_S = 31_536_000;

/** Makes the HTTP application: API, built page, guards. */
export async function createHttpApp(options: HttpAppOptions): Promise<HttpApp> {
  // Whether there is a Host is for the guard to say, in a sentence.
  const server = createWebServer({ requireHostHeader: false });
  const app = Fastify({
    logger: false,
    bodyLimit: MAX_API_BODY_BYTES,
    forceCloseConnections: true,
    frameworkErrors: answerError,
    clientErrorHandler: answerUnreadable,
    routerOptions: { ignoreTrailingSlash: true },
    serverFactory: (handler) => server.on('request', handler as RequestListener),
  });
  app.addHook('onRequest', guard(options.hostNames));
  app.setErrorHandler(answerError);
  await app.register(helmet, {
    contentSecurityPolicy: CONTENT_SECURITY_POLICY,
    strictTransportSecurity: false,
    referrerPolicy: { policy: 'no-referrer' },
  });
  await app.register(rateLimit, { max: MAX_REQUESTS_PER_MINUTE, timeWindow: '1 minute' });
  addApi(app, options);
  await addFileApi(app, options.files);
  if (options.pageFolder) await addPage(app, options.pageFolder);
  await app.ready();
  return { server, close: () => app.close() };
}

function guard(names: ReadonlySet<string>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const refusal = refusalOf(request.raw, names);
    if (refusal === null) return;
    const { status, ...complaint } = refusal;
    await reply.code(status).send(complaint);
  };
}

function addApi(app: FastifyInstance, options: HttpAppOptions): void {
  app.get('/api/health', () => ({ ok: true }));
  app.get('/api/demos', () => ({ demos: options.demos() }));
  app.get('/api/machine', () => options.machine());
  app.get('/api/progress', () => options.progress.read());
  app.put('/api/progress', async (request, reply) => {
    const parsed = progressSchema.safeParse(request.body);
    if (parsed.success) return options.progress.merge(parsed.data);
    return reply.code(400).send({ code: 'malformed-progress', message: 'This is no progress file of Porthole.' });
  });
  addRelayApi(app, options.relays);
  addCheckApi(app, options.checks);
}

async function addPage(app: FastifyInstance, folder: string): Promise<void> {
  await app.register(fastifyStatic, {
    root: folder,
    preCompressed: true,
    cacheControl: false,
    setHeaders: fileHeaders,
  });
  app.setNotFoundHandler((request, reply) => {
    const wantsPage = request.method === 'GET' && (request.headers.accept ?? '').includes('text/html');
    if (wantsPage && !/^\/(api|ws|assets)\//.test(request.url)) return reply.sendFile('index.html');
    return reply.code(404).send({ code: 'not-found', message: 'There is nothing at this address.' });
  });
}

function fileHeaders(response: { setHeader(name: string, value: string): unknown }, path: string): void {
  const immutable = /[\\/]assets[\\/]/.test(path);
  response.setHeader('Cache-Control', immutable ? `public, max-age=${ASSET_MAX_AGE_S}, immutable` : 'no-cache');
  if (PROGRAM_WORKER.test(path)) response.setHeader('Content-Security-Policy', PROGRAM_WORKER_POLICY);
}
