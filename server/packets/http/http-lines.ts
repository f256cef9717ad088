/** The lines of a head, each by itself: RFC 9112 §3 to §5. */
import { type HttpField, type HttpLine, MAX_HTTP_FIELDS, type RequestLine, type StatusLine } from './http-message.ts';
import type { HttpProblem, HttpProblemCode } from './http-problem.ts';

/** Characters of a line that a sentence quotes. */
const MAX_QUOTED_CHARS = 60;

/** RFC 9110 §5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;
/** Methods that a request in small letters must have meant. */
const COMMON_METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH', 'CONNECT', 'TRACE'];

/** A line read, and what is wrong with it. */
export interface Read<Line> {
  readonly line: Line;
  readonly problems: readonly HttpProblem[];
}

/** A problem at a position. */
export function problem(
  code: HttpProblemCode,
  at: number,
  values: Readonly<Record<string, string | number>> = {},
): HttpProblem {
  return { code, at, values };
}

/** Text as a sentence quotes it: short, and without control characters. */
export function quoted(text: string): string {
  const shown = text.length > MAX_QUOTED_CHARS ? `${text.slice(0, MAX_QUOTED_CHARS)}…` : text;
  return `“${shown.replace(/[^\x20-\x7e…]/g, '·')}”`;
}

/** `method SP request-target SP HTTP-version`. */
export function readRequestLine(line: HttpLine): Read<RequestLine> {
  const [method = '', target = '', version = '', ...more] = line.text.split(' ');
  const read = { ...line, method, target, version };
  if (target === '' || more.length > 0) {
    return { line: read, problems: [problem('start-parts', line.from, { text: quoted(line.text) })] };
  }
  const problems = [methodProblem(method, line.from), targetProblem(target, method, line.from)];
  problems.push(versionProblem(version, line.from));
  return { line: read, problems: problems.filter((one) => one !== null) };
}

function methodProblem(method: string, at: number): HttpProblem | null {
  if (!TOKEN.test(method)) return problem('method-name', at, { text: quoted(method) });
  const wanted = method.toUpperCase();
  if (wanted === method || !COMMON_METHODS.includes(wanted)) return null;
  return problem('method-case', at, { text: method, wanted });
}

/** Origin form, absolute form, authority form (CONNECT only), or an asterisk (OPTIONS only): RFC 9112 §3.2. */
function targetProblem(target: string, method: string, at: number): HttpProblem | null {
  const isVisible = /^[\x21-\x7e]+$/.test(target);
  const hasForm =
    target.startsWith('/') ||
    /^https?:\/\/./i.test(target) ||
    (target === '*' && method === 'OPTIONS') ||
    (method === 'CONNECT' && /^[^/]+:\d+$/.test(target));
  return isVisible && hasForm ? null : problem('target-form', at, { text: quoted(target) });
}

function versionProblem(version: string, at: number): HttpProblem | null {
  if (version === '') return problem('version-missing', at);
  if (!/^HTTP\/\d\.\d$/.test(version)) return problem('version-form', at, { text: quoted(version) });
  return /^HTTP\/1\.[01]$/.test(version) ? null : problem('version-other', at, { text: version });
}

/** `HTTP-version SP status-code SP [ reason-phrase ]`. Some servers leave out the second space, too. */
export function readStatusLine(line: HttpLine): Read<StatusLine> {
  const [, version = '', status = '0', reason = ''] = /^(HTTP\/1\.[01]) ([1-9]\d\d)(?: (.*))?$/.exec(line.text) ?? [];
  const read = { ...line, version, status: Number(status), reason };
  const isRead = version !== '';
  return { line: read, problems: isRead ? [] : [problem('status-form', line.from, { text: quoted(line.text) })] };
}

/** `field-name ":" OWS field-value OWS`. */
export function readField(line: HttpLine): Read<HttpField> {
  if (/^[ \t]/.test(line.text)) {
    return { line: { ...line, name: '', value: line.text.trim() }, problems: [problem('field-fold', line.from)] };
  }
  const colon = line.text.indexOf(':');
  if (colon < 0) {
    const named = { ...line, name: line.text, value: '' };
    return { line: named, problems: [problem('field-colon', line.from, { text: quoted(line.text) })] };
  }
  const name = line.text.slice(0, colon);
  const value = line.text.slice(colon + 1).replace(/^[ \t]+|[ \t]+$/g, '');
  return { line: { ...line, name: name.trim(), value }, problems: fieldProblems(name, value, line.from) };
}

function fieldProblems(name: string, value: string, at: number): HttpProblem[] {
  const problems: HttpProblem[] = [];
  if (/[ \t]$/.test(name)) problems.push(problem('field-space', at, { text: quoted(name.trim()) }));
  else if (!TOKEN.test(name)) problems.push(problem('field-name', at, { text: quoted(name) }));
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
  if (/[\x00-\x08\x0a-\x1f\x7f]/.test(value)) problems.push(problem('field-value', at, { text: quoted(name) }));
  return problems;
}

/** There are more fields than are read; the line is the one too many. */
export function tooMany({ from }: HttpLine): HttpProblem {
  return problem('too-many-fields', from, { count: MAX_HTTP_FIELDS });
}
