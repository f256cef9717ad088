import type { IncomingMessage } from 'node:http';
import { errorAnswer, textAnswer } from './answer.ts';
import { cookies } from './cookies.ts';
import { echoRequest } from './echo-request.ts';
import { type Page, targetOf } from './exchange.ts';
import { form, sendForm } from './form.ts';
import { hello, home } from './hello.ts';
import { redirect } from './redirect.ts';
import { methodAnswer } from './refusals.ts';
import { chunked, slow } from './streams.ts';

/** What there is, by path and method. HEAD goes where GET goes; `node:http` leaves the body out (RFC 9110 §9.3.2). */
const ROUTES: Readonly<Record<string, Readonly<Record<string, Page>>>> = {
  '/': { GET: home },
  '/hello': { GET: hello },
  '/echo': { GET: echoRequest, POST: echoRequest, PUT: echoRequest, PATCH: echoRequest, DELETE: echoRequest },
  '/chunked': { GET: chunked },
  '/slow': { GET: slow },
  '/redirect': { GET: redirect, POST: redirect },
  '/cookies': { GET: cookies },
  '/form': { GET: form, POST: sendForm },
  '/ws': { GET: ({ answer }) => answer(upgradeWanted()) },
};

/** Every path, for the page at `/` and the one that says 404. */
const PATHS: readonly string[] = Object.keys(ROUTES);

/** The page that serves a request. */
export function routeOf(request: IncomingMessage): Page {
  const { method = '', url } = request;
  if (method === 'OPTIONS' && url === '*')
    return ({ answer }) => answer(textAnswer(204, '', { headers: allow(['GET', 'HEAD', 'POST']) }));
  const route = Object.hasOwn(ROUTES, targetOf(request).pathname) ? ROUTES[targetOf(request).pathname] : undefined;
  if (!route) return ({ answer }) => answer(notFound(request));
  const allowed = [...Object.keys(route), 'HEAD', 'OPTIONS'];
  if (method === 'OPTIONS') return ({ answer }) => answer(textAnswer(204, '', { headers: allow(allowed) }));
  const page = route[method === 'HEAD' ? 'GET' : method];
  return page ?? (({ answer }) => answer(methodAnswer(request, allowed)));
}

function allow(methods: readonly string[]): Record<string, string> {
  return { Allow: methods.join(', ') };
}

function notFound(request: IncomingMessage) {
  return errorAnswer(404, `There is nothing at ${targetOf(request).pathname}. There is: ${PATHS.join(' ')}`);
}

/** 426, RFC 9110 §15.5.22. */
function upgradeWanted() {
  return errorAnswer(426, 'Here a WebSocket begins: ask for it with Upgrade: websocket (RFC 6455 §4.1).', {
    headers: { Upgrade: 'websocket' },
  });
}
