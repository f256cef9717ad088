/** Where the body of a message ends: RFC 9112 §6.3, and what a request must have besides. */
import { problem, quoted } from './http-lines.ts';
import { fieldValues, type HttpFraming, type HttpMessage } from './http-message.ts';
import { type HttpProblem, severityOf } from './http-problem.ts';

/** Most digits of a Content-Length: more is beyond every number that is exact. */
const MAX_LENGTH_DIGITS = 15;

/** What the head says about the body. `framing` is `null` where a problem leaves it open. */
export interface Framed {
  readonly framing: HttpFraming | null;
  readonly problems: readonly HttpProblem[];
}

/**
 * Reads the framing of a message whose head is complete.
 * @param answers method of the request that a response answers, where known
 */
export function frame(message: HttpMessage, answers: string | null): Framed {
  const status = message.status?.status ?? 0;
  if (message.role === 'response') {
    if (status === 101 || (answers === 'CONNECT' && status >= 200 && status < 300)) return done({ kind: 'tunnel' });
    if (answers === 'HEAD' || status < 200 || status === 204 || status === 304) return done({ kind: 'none' });
  }
  const encodings = fieldValues(message, 'transfer-encoding');
  const lengths = fieldValues(message, 'content-length').flatMap((value) => value.split(',').map((one) => one.trim()));
  if (encodings.length > 0) return encoded(message, encodings, lengths);
  if (lengths.length > 0) return measured(message, lengths);
  return done({ kind: message.role === 'request' ? 'none' : 'close' });
}

function done(framing: HttpFraming): Framed {
  return { framing, problems: [] };
}

function refused(found: HttpProblem): Framed {
  return { framing: null, problems: [found] };
}

function encoded(message: HttpMessage, encodings: readonly string[], lengths: readonly string[]): Framed {
  if (lengths.length > 0) return refused(problem('length-and-encoding', message.from));
  const version = message.request?.version ?? message.status?.version;
  if (version === 'HTTP/1.0') return refused(problem('encoding-version', message.from));
  const codings = encodings.join(',').split(',');
  const isChunked = codings.at(-1)?.trim().toLowerCase() === 'chunked';
  const isOnce = codings.filter((coding) => coding.trim().toLowerCase() === 'chunked').length === 1;
  if (isChunked && isOnce) return done({ kind: 'chunked' });
  if (message.role === 'response' && !isChunked) return done({ kind: 'close' });
  return refused(problem('encoding-form', message.from, { text: quoted(encodings.join(', ')) }));
}

function measured(message: HttpMessage, lengths: readonly string[]): Framed {
  const [first = ''] = lengths;
  if (lengths.some((length) => length !== first)) {
    return refused(problem('length-differs', message.from, { text: lengths.slice(0, 4).join(', ') }));
  }
  if (!/^\d+$/.test(first) || first.length > MAX_LENGTH_DIGITS) {
    return refused(problem('length-form', message.from, { text: quoted(first) }));
  }
  const bytes = Number(first);
  const framing: HttpFraming = bytes === 0 ? { kind: 'none' } : { kind: 'length', bytes };
  return { framing, problems: lengths.length > 1 ? [problem('length-repeated', message.from)] : [] };
}

/** Host: exactly one in HTTP/1.1 (RFC 9112 §3.2). */
export function hostProblems(message: HttpMessage): HttpProblem[] {
  if (message.role !== 'request' || message.request?.version !== 'HTTP/1.1') return [];
  const found = hostProblem(fieldValues(message, 'host'), message.from);
  return found ? [found] : [];
}

/**
 * What is wrong with the Host of a request in HTTP/1.1, or `null` (RFC 9112 §3.2).
 * @param hosts the value of every Host field line, without spaces around it
 * @param at position of the request in its stream
 */
export function hostProblem(hosts: readonly string[], at = 0): HttpProblem | null {
  const [host] = hosts;
  if (host === undefined) return problem('host-missing', at);
  if (hosts.length > 1) return problem('host-twice', at, { count: hosts.length });
  const isHost = /^(?:[A-Za-z0-9._~!$&'()*+,;=%-]*|\[[0-9A-Fa-f:.]+\])(?::\d*)?$/.test(host);
  return isHost ? null : problem('host-form', at, { text: quoted(host) });
}

/** Whether something is wrong that leaves open where the message ends. */
export function isFatal({ problems }: HttpMessage): boolean {
  return problems.some(({ code }) => severityOf(code) === 'fatal');
}
