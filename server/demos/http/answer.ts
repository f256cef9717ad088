import { STATUS_CODES } from 'node:http';

/** A whole answer, before it is written. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string;
  /** The connection ends with it. */
  readonly close: boolean;
}

/** What may be said besides status and text. */
export interface AnswerOptions {
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  readonly close?: boolean;
}

/** Nothing that was sent here is ever a page: what comes back of it is text, and browsers are told not to guess. */
const PLAIN = { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' };

/** An answer in plain text, a line feed at its end. */
export function textAnswer(status: number, text: string, { headers = {}, close = false }: AnswerOptions = {}): Answer {
  return { status, headers: { ...PLAIN, ...headers }, body: `${text}\n`, close };
}

/** An error in plain text: the status, then a sentence. */
export function errorAnswer(status: number, sentence: string, options: AnswerOptions = {}): Answer {
  return textAnswer(status, `${status} ${STATUS_CODES[status] ?? ''}\n\n${sentence}`, options);
}

/** The same as octets, for a connection that `node:http` has given up. */
export function serializeAnswer({ status, headers, body }: Answer, date: Date): string {
  const lines = Object.entries({
    Date: date.toUTCString(),
    ...headers,
    Connection: 'close',
    'Content-Length': String(Buffer.byteLength(body)),
  }).flatMap(([name, value]) => (typeof value === 'string' ? [value] : value).map((one) => `${name}: ${one}`));
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('\r\n')}\r\n\r\n${body}`;
}
