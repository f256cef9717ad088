import { textAnswer } from './answer.ts';
import { type Exchange, numberOf } from './exchange.ts';
import { MAX_CHUNKS, MAX_DELAY_MS } from './limits.ts';

const DEFAULT_CHUNKS = 5;
const DEFAULT_PAUSE_MS = 500;
const DEFAULT_DELAY_MS = 2_000;

/** `/chunked?count=5&delay=500`: lines one by one, so that nobody knows the length when the answer begins (RFC 9112 §7.1). */
export function chunked(exchange: Exchange): void {
  const { request, response, scheduler } = exchange;
  const count = numberOf(request, 'count', DEFAULT_CHUNKS, MAX_CHUNKS);
  const pauseMs = numberOf(request, 'delay', DEFAULT_PAUSE_MS, MAX_DELAY_MS);
  response.writeHead(200, { 'Content-Type': 'text/plain; charset=utf-8', 'X-Content-Type-Options': 'nosniff' });
  response.flushHeaders();
  let sent = 0;
  let cancel = (): void => {};
  const next = (): void => {
    if (sent === count) {
      response.end();
      return;
    }
    sent += 1;
    response.write(`This is chunk ${sent} of ${count}.\n`);
    cancel = scheduler.later(pauseMs, next);
  };
  response.once('close', () => cancel());
  next();
}

/** `/slow?delay=2000`: an answer that lets itself be waited for. */
export function slow({ request, response, scheduler, answer }: Exchange): void {
  const delayMs = numberOf(request, 'delay', DEFAULT_DELAY_MS, MAX_DELAY_MS);
  const cancel = scheduler.later(delayMs, () => answer(textAnswer(200, `This took ${delayMs} milliseconds.`)));
  response.once('close', cancel);
}
