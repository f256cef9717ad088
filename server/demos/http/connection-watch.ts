import type { IncomingMessage, ServerResponse } from 'node:http';
import { HttpReader } from '#packets/http/http-reader.ts';
import type { Scheduler } from '../../chat/scheduler.ts';
import type { DemoConnection } from '../demo.ts';
import { type Answer, serializeAnswer } from './answer.ts';
import {
  BODY_TIMEOUT_MS,
  HEAD_TIMEOUT_MS,
  IDLE_TIMEOUT_MS,
  LINGER_MS,
  MAX_KEPT_REQUESTS,
  MAX_PIPELINED,
} from './limits.ts';
import { parserRefusal, refusalOf, timeoutRefusal, tooManyAnswer } from './refusals.ts';

/** What the watch takes from outside. */
export interface WatchOptions {
  readonly scheduler: Scheduler;
  readonly now: () => Date;
}

/**
 * Stands beside `node:http` on one connection: reads the same octets more strictly, so that what is refused is refused
 * with a reason and nothing behind it is acted on; and sees to the times.
 */
export class ConnectionWatch {
  readonly #connection: DemoConnection;
  readonly #scheduler: Scheduler;
  readonly #now: () => Date;
  readonly #reader: HttpReader;
  /** Requests that `node:http` has handed over so far. */
  #handed = 0;
  /** Answers that are not finished. */
  #waiting = 0;
  /** The request that was begun last, until it is answered. */
  #open: { readonly request: IncomingMessage; readonly response: ServerResponse } | null = null;
  /** A refusal that waits until the answers before it are written. */
  #refusal: Answer | null = null;
  /** An answer is under way that ends the connection: nothing is served after it. */
  #closing = false;
  #over = false;
  #cancel: () => void = () => {};

  constructor(connection: DemoConnection, { scheduler, now }: WatchOptions) {
    this.#connection = connection;
    this.#scheduler = scheduler;
    this.#now = now;
    this.#reader = new HttpReader({
      role: 'request',
      keep: MAX_KEPT_REQUESTS,
      began: () => this.#expire(HEAD_TIMEOUT_MS, () => this.refuse(timeoutRefusal('head', HEAD_TIMEOUT_MS))),
      headed: () => this.#expire(BODY_TIMEOUT_MS, () => this.refuse(timeoutRefusal('body', BODY_TIMEOUT_MS))),
      ended: () => this.#idle(),
    });
    connection.on('data', this.#read);
    connection.once('end', () => this.#reader.end());
    connection.once('finish', () => this.#linger());
    connection.once('close', () => this.release());
    this.#idle();
  }

  /** Answers that are not finished. */
  get waiting(): number {
    return this.#waiting;
  }

  /** A response begins; false when the connection is over already. */
  begin(request: IncomingMessage, response: ServerResponse): boolean {
    if (this.#over || this.#closing) return false;
    this.#waiting += 1;
    this.#open = { request, response };
    response.once('close', () => this.#answered());
    return true;
  }

  /** Why the request that `node:http` hands over now is not served, as the strict reader sees it; `null`: it is. */
  refusalOfNext(): Answer | null {
    const index = this.#handed;
    this.#handed += 1;
    const message = this.#reader.messages.find((one) => one.index === index);
    // Only a flood of requests in one read drives one out before it is handed over.
    return message ? refusalOf(message) : tooManyAnswer(MAX_PIPELINED);
  }

  /** Answers by way of `node:http`. */
  answer(request: IncomingMessage, response: ServerResponse, said: Answer): void {
    const length = Buffer.byteLength(said.body);
    if (said.close) this.#closing = true;
    const ending = said.close ? { Connection: 'close' } : {};
    response.writeHead(said.status, { ...said.headers, ...ending, 'Content-Length': length });
    response.end(said.body);
    request.resume();
  }

  /** Node's parser has given up. */
  fault(error: Error): void {
    const code = 'code' in error && typeof error.code === 'string' ? error.code : 'unknown';
    // The one handed over last may have broken in its body.
    const from = this.#handed - 1;
    const faulty = this.#reader.messages.find((message) => message.index >= from && refusalOf(message));
    this.refuse((faulty && refusalOf(faulty)) ?? parserRefusal(code));
  }

  /**
   * Refuses what comes now, and closes: a request whose body is still coming is answered with it; otherwise it is written past
   * `node:http`, once that has answered what came before.
   */
  refuse(answer: Answer): void {
    if (this.#over || this.#closing) return;
    const open = this.#open;
    if (open && !open.request.complete && !open.response.headersSent) {
      this.answer(open.request, open.response, answer);
      return;
    }
    this.#closing = true;
    this.#refusal = answer;
    if (this.#waiting === 0) this.#sayRefusal(answer);
  }

  /** The connection is no HTTP any more, or no more. */
  release(): void {
    this.#over = true;
    this.#cancel();
    this.#connection.off('data', this.#read);
  }

  readonly #read = (chunk: Buffer): void => this.#reader.push(chunk);

  #answered(): void {
    this.#waiting -= 1;
    if (this.#open?.response.closed) this.#open = null;
    if (this.#waiting === 0 && this.#refusal && !this.#over) this.#sayRefusal(this.#refusal);
    else if (this.#waiting === 0) this.#idle();
  }

  #sayRefusal(answer: Answer): void {
    if (!this.#connection.writable || this.#connection.writableEnded) return;
    this.#connection.end(serializeAnswer(answer, this.#now()));
    // What still comes is read and thrown away: unread octets would turn our FIN into a RST, and the answer would be lost.
    this.#connection.resume();
  }

  #expire(ms: number, expired: () => void): void {
    this.#cancel();
    if (!this.#over) this.#cancel = this.#scheduler.later(ms, expired);
  }

  #idle(): void {
    const isBetween = this.#reader.current === null;
    if (isBetween) this.#expire(IDLE_TIMEOUT_MS, () => this.#connection.end());
  }

  #linger(): void {
    this.#cancel();
    this.#cancel = this.#scheduler.later(LINGER_MS, () => this.#connection.destroy());
  }
}
