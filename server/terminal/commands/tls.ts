import type { Command, Program } from '../command.ts';
import { demoPorts, LOCAL_NAMES, optionCompletions } from '../completion.ts';
import { ProgramError, sentenceOf } from '../errors.ts';
import { converse } from '../nc/nc-tcp.ts';
import { ConnectError, type Connection, openTcp } from '../net/connect.ts';
import { createInputReader } from '../net/conversation.ts';
import { permitted, portOf, resolve, type Target } from '../net/target.ts';
import { type Options, readOptions } from '../options.ts';
import { secure } from '../tls/secure.ts';
import { agreement } from '../tls/tls-report.ts';

const USAGE = `Usage: tls [-46Cs] [-v VERSION] [-a PROTOCOL]... [-n NAME] HOST PORT
Connects, shakes hands, says what was agreed on, and carries what you type.

  -v, --version V      offer only TLS 1.2 or only TLS 1.3
  -a, --alpn PROTOCOL  ask for a protocol, for example http/1.1; repeatable
  -n, --name NAME      ask for this name (SNI) in place of HOST
  -s, --strict         end where the certificate does not hold
  -C                   send carriage return and line feed at each Enter
  -4, -6               use only IPv4, only IPv6`;

const SPEC = { flags: '46Cs', values: 'van', long: { version: 'v', alpn: 'a', name: 'n', strict: 's' } };

const VERSIONS: Readonly<Record<string, 'TLSv1.2' | 'TLSv1.3'>> = { '1.2': 'TLSv1.2', '1.3': 'TLSv1.3' };

function versionOf(options: Options): 'TLSv1.2' | 'TLSv1.3' | undefined {
  const word = options.value('v');
  if (word === undefined) return undefined;
  const version = VERSIONS[word];
  if (!version) throw new ProgramError(`-v takes 1.2 or 1.3, not ${word}`);
  return version;
}

async function connectToOne(program: Program, targets: readonly Target[]): Promise<Connection> {
  let failure: ConnectError | null = null;
  for (const target of targets) {
    try {
      return await openTcp(program, target);
    } catch (error) {
      if (!(error instanceof ConnectError)) throw error;
      failure = error;
    }
  }
  const { code = '', target } = failure ?? {};
  throw new ProgramError(`${target?.host} port ${target?.port} (tcp): ${sentenceOf(code)} (${code})`, 1, failure);
}

async function run(program: Program): Promise<number> {
  const options = readOptions(program.args, SPEC);
  const [host, port, ...more] = options.operands;
  if (host === undefined || port === undefined || more.length > 0)
    throw new ProgramError(`say a host and a port.\n${USAGE}`);
  const asked = {
    host: options.value('n') ?? host,
    protocols: options.values('a'),
    version: versionOf(options),
    strict: options.has('s'),
  };
  const family = options.has('4') ? 4 : options.has('6') ? 6 : 0;
  const targets = permitted(program, host, await resolve(program, host, family), portOf(port));
  const { stream } = await connectToOne(program, targets);
  const socket = await secure(program, stream, asked);
  for (const line of agreement(socket, asked.host)) program.errors.line(line, 'dim');
  await converse(program, conversation(options), socket, createInputReader(program.input));
  return 0;
}

/** nc's way to talk: what is typed goes out, the end of input ends our direction. */
function conversation(options: Options): Parameters<typeof converse>[1] {
  const nothing = { timeoutMs: undefined, quitAfterMs: undefined, receiveLimit: undefined, localPort: undefined };
  const off = { listen: false, udp: false, keep: false, verbose: false, scan: false, numeric: false };
  return { ...nothing, ...off, shutdown: true, crlf: options.has('C'), family: 0, host: null, ports: [] };
}

/** `tls host port`, after openssl s_client. */
export const tls: Command = {
  name: 'tls',
  summary: 'talk inside TLS, and see what was agreed on',
  usage: USAGE,
  manual: `NAME
    tls - talk to a port inside TLS

SYNOPSIS
    tls [-46Cs] [-v version] [-a protocol]... [-n name] host port

DESCRIPTION
    Connects by TCP and begins a TLS handshake (RFC 8446): the version, the
    cipher suite, the protocol agreed on and the server's certificate are
    shown. Then what you type goes out in encrypted records, line by line, and
    what comes back is shown in the clear. In the ladder you see what is left
    for others to see.

    A certificate that nobody has signed does not end the connection: that it
    does not hold is said, and you go on knowing it. With -s it ends.

    -v version   offer only this one, 1.2 or 1.3
    -a protocol  ask for a protocol by name (ALPN), for example http/1.1 or
                 echo; may be repeated, best first
    -n name      the name to ask for (SNI) and to check the certificate
                 against; by default it is the host. An address is not sent.
    -s           end the connection where the certificate does not hold
    -C           end lines in carriage return and line feed, as HTTP wants
    -4, -6       only IPv4, only IPv6

    Ctrl-D on an empty line ends your direction (close_notify); Ctrl-C ends
    tls.

EXAMPLES
    tls localhost 7443                talk to the TLS echo demo
    tls -v 1.2 localhost 7443         the same as it was before 2018
    tls -C -a http/1.1 localhost 7443 type a web request
    tls -n another.example localhost 7443

EXIT STATUS
    0 when the handshake came to its end; 1 when nobody was reached; 35 when
    the handshake failed, 60 with -s when the certificate does not hold.

WHAT DIFFERS FROM THE REAL ONE (openssl s_client)
    It shows what was agreed on in a few lines and not the certificate itself,
    has no client certificates, no STARTTLS and no session files, and Q and R
    at the beginning of a line mean nothing.

SEE ALSO
    nc, http. RFC 8446, 5246, 6066, 7301.`,
  conversation: true,
  complete(words, host) {
    const operands = words.filter((word) => !word.startsWith('-'));
    const notes = {
      '-v': 'offer only 1.2 or 1.3',
      '-a': 'ask for a protocol',
      '-n': 'ask for a name',
      '-s': 'check the certificate',
    };
    if (operands.length === 0) return [...LOCAL_NAMES, ...optionCompletions(notes)];
    return operands.length === 1 ? demoPorts(host, 'tcp').filter(({ note }) => note === 'tls') : [];
  },
  run,
};
