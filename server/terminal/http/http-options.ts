import { ProgramError } from '../errors.ts';
import { type Options, readOptions } from '../options.ts';
import { type HttpUrl, readUrl } from './http-url.ts';

/** What `http --help` prints. */
export const HTTP_USAGE = `Usage: http [-46Iikv] [-X METHOD] [-H FIELD]... [-d DATA]... [-A NAME] URL
Sends an HTTP/1.1 request and shows the answer.

  -v, --verbose      show request and answer as they go over the wire
  -i, --include      show the head of the answer before its body
  -I, --head         ask for the head alone (HEAD)
  -X, --request M    another method than GET
  -H, --header F     a field 'Name: value'; 'Name:' leaves one out; repeatable
  -d, --data DATA    a body, and so POST; several are joined with &
  -A, --user-agent N another name than porthole
  -k, --insecure     https: take a certificate that nobody has signed
  -4, -6             use only IPv4, only IPv6`;

const SPEC = {
  flags: '46Iikv',
  values: 'XHdA',
  long: {
    verbose: 'v',
    include: 'i',
    head: 'I',
    request: 'X',
    header: 'H',
    data: 'd',
    'user-agent': 'A',
    insecure: 'k',
    ipv4: '4',
    ipv6: '6',
  },
};

/** RFC 9110 §9.1 and §5.1. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/;

/** What `http` is asked for. */
export interface HttpRequest {
  readonly url: HttpUrl;
  readonly family: 0 | 4 | 6;
  readonly method: string;
  /** Request line and fields, each without its line end. */
  readonly head: readonly string[];
  readonly body: Buffer;
  readonly verbose: boolean;
  readonly include: boolean;
  readonly insecure: boolean;
}

/**
 * Reads the words of `http`.
 * @throws ProgramError
 */
export function readHttpRequest(args: readonly string[], version: string): HttpRequest {
  const options = readOptions(args, SPEC);
  const [word, ...more] = options.operands;
  if (word === undefined || more.length > 0) throw new ProgramError(`say one URL.\n${HTTP_USAGE}`, 2);
  const url = readUrl(word);
  const data = options.values('d');
  const body = Buffer.from(data.join('&'), 'utf8');
  const method = methodOf(options, data.length > 0);
  return {
    ...{ url, method, body },
    head: [`${method} ${url.target} HTTP/1.1`, ...fieldsOf(options, url, data.length > 0 ? body : null, version)],
    family: options.has('4') ? 4 : options.has('6') ? 6 : 0,
    verbose: options.has('v'),
    include: options.has('i') || options.has('I'),
    insecure: options.has('k'),
  };
}

function methodOf(options: Options, hasBody: boolean): string {
  const method = options.value('X') ?? (options.has('I') ? 'HEAD' : hasBody ? 'POST' : 'GET');
  if (!TOKEN.test(method)) throw new ProgramError(`${method}: a method is a word, such as GET`, 2);
  return method;
}

/** Ours, and those of `-H`, which replace ours of the same name. */
function fieldsOf(options: Options, { authority }: HttpUrl, body: Buffer | null, version: string): string[] {
  const own = new Map([
    ['Host', authority],
    ['User-Agent', options.value('A') ?? `porthole/${version}`],
    ['Accept', '*/*'],
    ...(body ? [['Content-Length', String(body.length)] as const] : []),
    ...(body ? [['Content-Type', 'application/x-www-form-urlencoded'] as const] : []),
  ]);
  const added: string[] = [];
  for (const field of options.values('H')) {
    const [, name, value] = /^([^:]*):[ \t]*([^\r\n]*)$/.exec(field) ?? [];
    if (name === undefined || value === undefined || !TOKEN.test(name)) {
      throw new ProgramError(`${field}: a field is a name, a colon and a value`, 2);
    }
    for (const known of own.keys()) if (known.toLowerCase() === name.toLowerCase()) own.delete(known);
    if (value !== '') added.push(`${name}: ${value}`);
  }
  return [...[...own].map(([name, value]) => `${name}: ${value}`), ...added];
}
