/** One request and its answer, over a connection that stands. */
import type { Duplex } from 'node:stream';
import type { HttpMessage } from '#packets/http/http-message.ts';
import type { HttpProblemCode } from '#packets/http/http-problem.ts';
import { HttpReader } from '#packets/http/http-reader.ts';
import { httpSentence } from '#packets/http/http-sentences.ts';
import type { Program } from '../command.ts';
import { sentenceOf } from '../errors.ts';
import { receive } from '../net/conversation.ts';
import type { OctetsOutput } from '../program-output.ts';
import type { HttpRequest } from './http-options.ts';

/** Exit codes, as curl's. */
const EXIT_WEIRD = 8;
const EXIT_PARTIAL = 18;
const EXIT_EMPTY = 52;
const EXIT_RECEIVE = 56;

/** What is wrong with an answer that was cut off. */
const ENDED_EARLY: readonly HttpProblemCode[] = ['head-ended', 'body-ended', 'chunks-ended'];

/** Sends the request and shows the answer as it comes; gives the exit code. */
export async function exchange(program: Program, stream: Duplex, request: HttpRequest): Promise<number> {
  const answer = new Answer(program, request);
  const { ended } = receive(program, stream, (octets) => answer.take(octets));
  if (request.verbose) for (const line of request.head) program.errors.line(`> ${line}`, 'sent');
  if (request.verbose) program.errors.line('>', 'sent');
  stream.write(Buffer.concat([Buffer.from(`${request.head.join('\r\n')}\r\n\r\n`, 'utf8'), request.body]));
  const end = await Promise.race([answer.over, ended]);
  if (end === 'end') answer.peerEnded();
  const code = answer.exitCode(end ?? null);
  stream.end();
  stream.destroy();
  return code;
}

/** The answer, read as it comes. 1xx answers come before it (RFC 9110 §15.2). */
class Answer {
  /** Resolves when it is complete, or cannot be read any further. */
  readonly over: Promise<null>;
  readonly #program: Program;
  readonly #request: HttpRequest;
  readonly #reader: HttpReader;
  readonly #body: OctetsOutput;
  #final: HttpMessage | null = null;
  #done: () => void = () => undefined;

  constructor(program: Program, request: HttpRequest) {
    this.#program = program;
    this.#request = request;
    this.#body = program.output.octets('received');
    this.over = new Promise((resolve) => {
      this.#done = () => resolve(null);
    });
    this.#reader = new HttpReader({
      role: 'response',
      answers: () => request.method,
      headed: (message) => this.#showHead(message),
      content: (bytes) => this.#body.write(bytes),
      ended: (message) => this.#end(message),
    });
  }

  take(octets: Uint8Array): void {
    if (!this.#final) this.#reader.push(octets);
  }

  peerEnded(): void {
    this.#reader.end();
  }

  exitCode(end: string | null): number {
    const { errors } = this.#program;
    if (this.#final?.state === 'complete') return 0;
    if (this.#final) {
      const [problem] = this.#final.problems;
      errors.line(`http: ${problem ? httpSentence(problem) : 'the answer cannot be read'}`);
      return problem && ENDED_EARLY.includes(problem.code) ? EXIT_PARTIAL : EXIT_WEIRD;
    }
    if (end !== null && end !== 'end') {
      errors.line(`http: ${sentenceOf(end)} (${end})`);
      return EXIT_RECEIVE;
    }
    errors.line('http: the server closed the connection without an answer');
    return EXIT_EMPTY;
  }

  #showHead({ status, fields }: HttpMessage): void {
    const lines = [status?.text ?? '', ...fields.map(({ text }) => text), ''];
    const { verbose, include } = this.#request;
    if (verbose) for (const line of lines) this.#program.errors.line(`< ${utf8(line)}`.trimEnd(), 'received');
    else if (include) for (const line of lines) this.#program.output.line(utf8(line), 'received');
  }

  #end(message: HttpMessage): void {
    const status = message.status?.status ?? 0;
    if (message.state === 'complete' && status >= 100 && status < 200 && status !== 101) return;
    this.#final = message;
    this.#body.end();
    this.#done();
  }
}

/** Text of which a character is an octet, read as UTF-8. */
function utf8(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8');
}
