/** Which answer a request gets that is not served, and the sentence in it. */
import type { IncomingMessage } from 'node:http';
import type { HttpMessage } from '#packets/http/http-message.ts';
import { type HttpProblem, type HttpProblemCode, sectionOf, severityOf } from '#packets/http/http-problem.ts';
import { httpSentence } from '#packets/http/http-sentences.ts';
import { type Answer, errorAnswer } from './answer.ts';
import { MAX_BODY_BYTES, MAX_HEAD_BYTES } from './limits.ts';

/** Problems with a status of their own; all others are 400. */
const STATUS: Partial<Readonly<Record<HttpProblemCode, number>>> = {
  'encoding-form': 501,
  'line-too-long': 431,
  'too-many-fields': 431,
  'version-other': 505,
};

/** The refusal that a message earns, or `null`. It names everything that is wrong, the worst first. */
export function refusalOf({ problems }: HttpMessage): Answer | null {
  const wrong = problems.filter(({ code }) => severityOf(code) !== 'note');
  const [worst] = [...wrong].sort((one, other) => weight(one) - weight(other));
  if (!worst) return null;
  const others = wrong.filter((one) => one !== worst);
  return errorAnswer(STATUS[worst.code] ?? 400, [worst, ...others].map(sentenceOf).join('\n'), { close: true });
}

function weight({ code }: HttpProblem): number {
  return severityOf(code) === 'fatal' ? 0 : 1;
}

function sentenceOf(found: HttpProblem): string {
  const section = sectionOf(found.code);
  return `${httpSentence(found)}${section === '' ? '' : ` (${section})`}`;
}

/** What `node:http` has to say, for what our reader has not seen yet: it may stop in the middle of a line. */
const NODE_SENTENCES: Readonly<Record<string, readonly [status: number, sentence: string]>> = {
  HPE_HEADER_OVERFLOW: [431, `The request line and the fields are longer than ${MAX_HEAD_BYTES} octets together.`],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'The chunk extensions are too long.'],
  HPE_INVALID_METHOD: [400, 'The first line does not begin with a method, as in GET / HTTP/1.1. (RFC 9112 §3)'],
  HPE_INVALID_URL: [400, 'The target in the first line is no path: it begins with a slash. (RFC 9112 §3.2)'],
  HPE_INVALID_VERSION: [505, 'The first line does not end in HTTP/1.1 or HTTP/1.0. (RFC 9112 §2.3)'],
  HPE_INVALID_CONSTANT: [400, 'The first line does not end in HTTP/1.1. (RFC 9112 §3)'],
  HPE_INVALID_EOF_STATE: [400, 'The connection ended in the middle of the request. (RFC 9112 §8)'],
  HPE_CR_EXPECTED: [400, 'A line ends in a line feed alone, without a carriage return. (RFC 9112 §2.2)'],
  HPE_LF_EXPECTED: [400, 'A carriage return is not followed by a line feed. (RFC 9112 §2.2)'],
};

/** The refusal for an error of Node's parser that our reader did not explain. */
export function parserRefusal(code: string): Answer {
  const [status, sentence] = NODE_SENTENCES[code] ?? [400, `This is not HTTP/1.1 (${code}). (RFC 9112)`];
  return errorAnswer(status, sentence, { close: true });
}

/** 408, RFC 9110 §15.5.9. */
export function timeoutRefusal(what: 'head' | 'body', ms: number): Answer {
  const part = what === 'head' ? 'an empty line ends the fields' : 'the whole body comes';
  return errorAnswer(408, `This server waits ${ms / 1_000} seconds until ${part}, and no longer.`, { close: true });
}

/** Whether a request announces more than is taken. */
export function isTooLarge({ headers }: IncomingMessage): boolean {
  return Number(headers['content-length'] ?? 0) > MAX_BODY_BYTES;
}

/** 413, RFC 9110 §15.5.14. */
export function tooLargeAnswer(bytes: number): Answer {
  return errorAnswer(413, `A body may have ${bytes} octets here, and no more.`, { close: true });
}

/** 429, RFC 6585 §4. */
export function tooManyAnswer(most: number): Answer {
  return errorAnswer(429, `More than ${most} requests wait for their answers on this connection.`, { close: true });
}

/** 417, RFC 9110 §15.5.18. */
export function expectationAnswer({ headers }: IncomingMessage): Answer {
  return errorAnswer(417, `The only expectation that is understood is 100-continue, not ${headers.expect}.`);
}

/** 405, RFC 9110 §15.5.6. */
export function methodAnswer({ method }: IncomingMessage, allowed: readonly string[]): Answer {
  return errorAnswer(405, `${method} is not for this address. It takes ${allowed.join(', ')}.`, {
    headers: { Allow: allowed.join(', ') },
  });
}
