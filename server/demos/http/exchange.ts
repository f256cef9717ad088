import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Scheduler } from '../../chat/scheduler.ts';
import type { Answer } from './answer.ts';
import { MAX_BODY_BYTES } from './limits.ts';
import { tooLargeAnswer } from './refusals.ts';

/** One request and its response, in a page's hands. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly scheduler: Scheduler;
  readonly now: () => Date;
  /** Writes a whole answer. */
  answer(answer: Answer): void;
}

/** Serves one request. */
export type Page = (exchange: Exchange) => void;

/** Path and parameters of a request's target. */
export function targetOf({ url = '/' }: IncomingMessage): URL {
  // The base is only there so that a path can be read; an absolute target keeps its own.
  return URL.canParse(url, 'http://porthole.invalid')
    ? new URL(url, 'http://porthole.invalid')
    : new URL('http://porthole.invalid/');
}

/** A whole number from the target's parameters, between 0 and `max`; `fallback` where there is none. */
export function numberOf(request: IncomingMessage, name: string, fallback: number, max: number): number {
  const word = targetOf(request).searchParams.get(name) ?? '';
  return /^\d{1,9}$/.test(word) ? Math.min(Number(word), max) : fallback;
}

/** Reads the body, which may have MAX_BODY_BYTES: a larger one is answered with 413 in place of `then`. */
export function withBody({ request, answer }: Exchange, then: (body: Buffer) => void): void {
  const pieces: Buffer[] = [];
  let bytes = 0;
  request.on('data', (piece: Buffer) => {
    bytes += piece.length;
    if (bytes <= MAX_BODY_BYTES) pieces.push(piece);
    else if (bytes - piece.length <= MAX_BODY_BYTES) answer(tooLargeAnswer(MAX_BODY_BYTES));
  });
  request.on('end', () => {
    if (bytes <= MAX_BODY_BYTES) then(Buffer.concat(pieces));
  });
}
