import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { TLSSocket } from 'node:tls';
import { sectionOf } from '#packets/http/http-problem.ts';
import { httpSentence } from '#packets/http/http-sentences.ts';
import { wrongHost } from '../web-server.ts';
import { MAX_HEAD_BYTES } from './limits.ts';

/** HTTP inside TLS, for browsers and curl. */
export interface HttpAnswers {
  serve(socket: TLSSocket): void;
}

/** An HTTP server that does not listen and has one page: what TLS agreed on, and the request as it came out of it. */
export function httpAnswers(): HttpAnswers {
  const server = createServer({ maxHeaderSize: MAX_HEAD_BYTES, keepAliveTimeout: 0, requireHostHeader: false }, answer);
  return { serve: (socket) => void server.emit('connection', socket) };
}

function answer(request: IncomingMessage, response: ServerResponse): void {
  const wrong = wrongHost(request);
  if (wrong) say(request, response, 400, `${httpSentence(wrong)} (${sectionOf(wrong.code)})\n`);
  else say(request, response, 200, report(request));
}

/** What TLS agreed on, and the request. */
function report(request: IncomingMessage): string {
  const { socket } = request;
  const agreed = socket instanceof TLSSocket ? agreement(socket) : '';
  const fields = request.rawHeaders.flatMap((name, at) =>
    at % 2 === 0 ? [`${name}: ${request.rawHeaders[at + 1]}`] : [],
  );
  return `${agreed}\n\n${[`${request.method} ${request.url} HTTP/${request.httpVersion}`, ...fields].join('\n')}\n`;
}

function say(request: IncomingMessage, response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'X-Content-Type-Options': 'nosniff',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
  request.resume();
}

/** What the handshake came to, in a sentence. */
function agreement(socket: TLSSocket): string {
  const { name } = socket.getCipher();
  const asked = socket.servername ? ` You asked for ${socket.servername}.` : '';
  return `${socket.getProtocol()}, ${name}.${asked} On the wire this was unreadable; here is what came out.`;
}
