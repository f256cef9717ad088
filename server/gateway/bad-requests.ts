/** Answers to requests that cannot be served as they are. Each says in a sentence what was wrong. */
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** What is said of a request, as JSON. */
interface Complaint {
  readonly code: string;
  readonly message: string;
}

const FAILED: Complaint = {
  code: 'failed',
  message: 'The server could not do this. Its terminal may say why.',
};

/** Where a library only names the status. */
const BY_STATUS: ReadonlyMap<number, Complaint> = new Map([
  [400, { code: 'bad-address', message: 'This address is not well formed: a % stands before two hexadecimal digits.' }],
  [
    403,
    { code: 'outside', message: 'This address leads out of the folder of the page. Nothing outside it is served.' },
  ],
]);

/** The library's name for a path that cannot be decoded. */
const BAD_URL = 'FST_ERR_BAD_URL';

/** Says what was wrong with a request; of our own failures only that there was one. */
export function answerError(error: unknown, _request: FastifyRequest, reply: FastifyReply): void {
  const { statusCode = 500, code, message } = error as { statusCode?: number; code?: string; message?: string };
  void reply.code(statusCode).send(complaintOf(statusCode, code, message));
}

function complaintOf(status: number, code: string | undefined, message = ''): Complaint {
  if (status >= 500) return FAILED;
  const named = code === undefined || code === BAD_URL ? BY_STATUS.get(status) : undefined;
  return named ?? { code: code ?? 'refused', message };
}

/** By the error codes of `node:http`'s parser; whatever else it says, it was no HTTP. */
const UNREADABLE: ReadonlyMap<string | undefined, Complaint & { readonly status: number }> = new Map([
  ['ERR_HTTP_REQUEST_TIMEOUT', { status: 408, code: 'too-slow', message: 'The request did not end in time.' }],
  ['HPE_HEADER_OVERFLOW', { status: 431, code: 'too-long', message: 'The header section of the request is too long.' }],
]);

const NO_HTTP = {
  status: 400,
  code: 'no-http',
  message:
    'This is no HTTP request that can be understood. This port serves the page of Porthole: open it in a browser.',
};

/** Answers what `node:http` could not read, and closes: nothing that follows can be trusted (RFC 9112 §2.2). */
export function answerUnreadable(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const { status, ...complaint } = UNREADABLE.get(error.code) ?? NO_HTTP;
  const body = JSON.stringify(complaint);
  const head = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Type: application/json`;
  socket.end(`${head}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`, () => socket.destroy());
}
