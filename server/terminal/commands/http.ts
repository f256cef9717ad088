import type { Command, Program } from '../command.ts';
import { demoPorts, optionCompletions } from '../completion.ts';
import { ProgramError, sentenceOf } from '../errors.ts';
import { exchange } from '../http/http-exchange.ts';
import { HTTP_USAGE, type HttpRequest, readHttpRequest } from '../http/http-options.ts';
import { ConnectError, type Connection, openTcp } from '../net/connect.ts';
import { permitted, resolve, type Target } from '../net/target.ts';
import { secure } from '../tls/secure.ts';

/** Exit code where nobody was reached, as curl's. */
const EXIT_CONNECT = 7;

const OPTION_NOTES = {
  '-v': 'show request and answer as they go over the wire',
  '-i': 'show the head of the answer, too',
  '-I': 'ask for the head alone',
  '-X': 'another method than GET',
  '-H': "a field, 'Name: value'",
  '-d': 'a body, and so POST',
  '-k': 'https: take a certificate that nobody has signed',
};

async function connectToOne(program: Program, targets: readonly Target[], verbose: boolean): Promise<Connection> {
  let failure: ConnectError | null = null;
  for (const target of targets) {
    if (verbose) program.errors.line(`* Trying ${target.address}, port ${target.port} ...`, 'dim');
    try {
      const connection = await openTcp(program, target);
      if (verbose) program.errors.line(`* Connected to ${target.host} (${target.address}) port ${target.port}`, 'dim');
      return connection;
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      failure = error;
    }
  }
  const code = failure?.code ?? 'ENOTFOUND';
  const { host = '', port = 0 } = targets[0] ?? {};
  throw new ProgramError(`${host} port ${port}: ${sentenceOf(code)} (${code})`, EXIT_CONNECT, failure);
}

async function run(program: Program): Promise<number> {
  const request = readHttpRequest(program.args, program.host.version);
  const { host, port } = request.url;
  const targets = permitted(program, host, await resolve(program, host, request.family), port);
  const connection = await connectToOne(program, targets, request.verbose);
  if (!request.url.secure) return exchange(program, connection.stream, request);
  const socket = await secureFor(program, connection, request);
  return exchange(program, socket, request);
}

async function secureFor(program: Program, { stream }: Connection, { url, insecure, verbose }: HttpRequest) {
  const socket = await secure(program, stream, { host: url.host, protocols: ['http/1.1'], strict: !insecure });
  if (verbose) program.errors.line(`* ${socket.getProtocol()}, ${socket.getCipher().name}`, 'dim');
  return socket;
}

/** `http url`, after curl. */
export const http: Command = {
  name: 'http',
  summary: 'send an HTTP request, and show the answer',
  usage: HTTP_USAGE,
  manual: `NAME
    http - send one HTTP/1.1 request and show the answer

SYNOPSIS
    http [-46Iikv] [-X method] [-H field]... [-d data]... [-A name] url

DESCRIPTION
    Connects, writes one request, shows the body of the answer as it comes,
    and closes. The options are curl's. A URL is host:port/path, with or
    without http:// before it, or https:// for the same inside TLS.

    -v         show what is done (*), the head of the request (>) and that of
               the answer (<), line by line as they go over the wire
    -i         show the head of the answer before its body
    -I         ask for the head alone: the method is HEAD
    -X method  another method than GET; it is sent as you write it
    -H field   add a field, 'Name: value', or replace one of ours (Host,
               User-Agent, Accept, Content-Length, Content-Type); 'Name:'
               leaves it out, which is how to see what a server says without
               Host; may be repeated
    -d data    send a body of x-www-form-urlencoded, and so POST; several are
               joined with &
    -A name    what User-Agent says
    -k         with https, take a certificate that nobody has signed
    -4, -6     only IPv4, only IPv6

EXAMPLES
    http -v localhost:7080/hello
    http -I localhost:7080/hello
    http -d name=Ann -d note=hello localhost:7080/form
    http -H 'Host:' localhost:7080/          what is missing?
    http -vk https://localhost:7443/

EXIT STATUS
    0 when the answer came whole, 404 and the like included. 3: the URL makes
    no sense. 7: nobody was reached. 8: the answer is no HTTP. 18: it was cut
    off. 35: TLS came to nothing. 52: the server closed without an answer.
    56: the connection broke. 60: the certificate does not hold.

WHAT DIFFERS FROM THE REAL ONE (curl)
    One URL, one request, no redirects followed, no cookies kept, no files
    read or written, no proxies, no HTTP/2. Octets of the answer that would
    act on your terminal are made visible.

SEE ALSO
    telnet, nc, tls. RFC 9110, 9112.`,
  conversation: true,
  complete(words, host) {
    const ports = demoPorts(host, 'tcp').filter(({ note }) => note === 'http' || note === 'tls');
    const urls = ports.map(({ text, note }) => {
      return { text: `${note === 'tls' ? 'https://' : ''}localhost:${text}/`, note, whole: false };
    });
    return words.at(-1)?.startsWith('-') === false ? [] : [...urls, ...optionCompletions(OPTION_NOTES)];
  },
  run,
};
