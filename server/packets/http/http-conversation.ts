import { problem } from './http-lines.ts';
import type { HttpMessage } from './http-message.ts';
import { HttpReader } from './http-reader.ts';

/** Requests that may wait for their answers; the methods of more are not known. */
const MAX_UNANSWERED = 100;

/** Both directions of one connection, read together: a response is understood by the request that it answers. */
export class HttpConversation {
  readonly requests: HttpReader;
  readonly responses: HttpReader;
  /** Methods of the requests that have not been answered, oldest first. */
  readonly #unanswered: string[] = [];

  constructor() {
    this.requests = new HttpReader({
      role: 'request',
      began: (message) => this.#noteWaiting(message),
      headed: (message) => this.#wait(message),
    });
    this.responses = new HttpReader({
      role: 'response',
      answers: () => this.#unanswered[0] ?? null,
      ended: (message) => this.#answered(message),
    });
  }

  #noteWaiting(message: HttpMessage): void {
    if (this.#unanswered.length > 0) message.problems.push(problem('pipelined', message.from));
  }

  #wait(message: HttpMessage): void {
    if (this.#unanswered.length < MAX_UNANSWERED) this.#unanswered.push(message.request?.method ?? '');
  }

  /** RFC 9110 §15.2: what begins with 1 is not the answer yet, but 101 is the last of HTTP on this connection. */
  #answered(message: HttpMessage): void {
    const status = message.status?.status ?? 0;
    if (message.framing?.kind === 'tunnel') this.requests.becomeTunnel();
    if (status >= 200 || message.framing?.kind === 'tunnel') this.#unanswered.shift();
  }
}
