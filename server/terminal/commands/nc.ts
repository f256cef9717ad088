import type { Command, Program } from '../command.ts';
import { demoPorts, LOCAL_NAMES, optionCompletions } from '../completion.ts';
import { ProgramError } from '../errors.ts';
import { ncListen } from '../nc/nc-listen.ts';
import { NC_USAGE, type NcRequest, readNcRequest } from '../nc/nc-options.ts';
import { ncConnect } from '../nc/nc-tcp.ts';
import { ncListenUdp, ncUdp } from '../nc/nc-udp.ts';
import { familyOf } from '../net/address.ts';
import { permitted, resolve } from '../net/target.ts';

const MANUAL = `NAME
    nc - arbitrary TCP and UDP connections and listens

SYNOPSIS
    nc [-46CNnuvz] [-p port] [-q seconds] [-W count] [-w seconds] host port...
    nc -l [-46Ckuv] [-w seconds] [host] port

DESCRIPTION
    nc (netcat) connects to a port, or waits on one, and carries what you type
    to the other end and back. It adds nothing and negotiates nothing: what
    goes over the wire is what you typed, with a line feed at each Enter.

    -4, -6     use only IPv4, or only IPv6
    -C         send carriage return and line feed at each Enter
    -k         with -l: after one connection, wait for the next
    -l         listen instead of connecting, on 127.0.0.1 and ::1
    -N         at the end of input (Ctrl-D) say so to the peer: TCP sends a
               FIN, and the other direction stays open (half-close)
    -n         take no names, only addresses
    -p port    bind this local port; with -l, listen on it
    -q secs    leave so many seconds after the end of input
    -u         UDP instead of TCP: each line is one datagram
    -v         say what happens: connected, refused, listening
    -W count   leave after so many pieces, or with -u datagrams, came in
    -w secs    give up connecting, or leave when nothing has come or gone,
               after so many seconds; 0 waits for nothing
    -z         only see whether the port answers; port may be a range, lo-hi

    Ctrl-D on an empty line ends your input; without -N the peer does not
    learn of it. When the peer has sent its FIN you may still send, until the
    system says that nobody listens any more. Ctrl-C ends nc.

EXAMPLES
    nc localhost 7007                  talk to the echo demo
    printf 'hello\\n' | nc -N localhost 7007
    nc -u localhost 7007               the same over UDP
    nc -l 9000                         wait for one connection
    nc -zv localhost 7000-7020         who answers?

EXIT STATUS
    0 when a connection was made, 1 when not.

WHAT DIFFERS FROM THE REAL ONE (openbsd-netcat)
    A refused connection is said even without -v (but not with -z). -l binds
    loopback only. -u -v sends no probe datagrams, and -u -z sends one instead
    of four; either way silence counts as success, for UDP cannot tell. A UDP
    port that nobody has is said. Octets that would act on your terminal are
    made visible. Not there: Unix sockets, proxies, -i, -s, -t and -r.

SEE ALSO
    telnet, send, ss. RFC 9293, 768.`;

/** Addresses that the words name and the host lets us reach, for one port after the other. */
async function targets(program: Program, request: NcRequest, host: string) {
  if (request.numeric && familyOf(host) === 0) throw new ProgramError(`${host}: with -n this has to be an address`);
  const addresses = await resolve(program, host, request.family);
  return (port: number) => permitted(program, host, addresses, port);
}

async function run(program: Program): Promise<number> {
  const request = readNcRequest(program);
  if (request === null) {
    program.output.line(NC_USAGE);
    return 0;
  }
  if (request.listen) return request.udp ? ncListenUdp(program, request) : ncListen(program, request);
  const targetsOf = await targets(program, request, request.host ?? 'localhost');
  return request.udp ? ncUdp(program, request, targetsOf) : ncConnect(program, request, targetsOf);
}

/** `nc`, after openbsd-netcat. */
export const nc: Command = {
  name: 'nc',
  summary: 'carry octets over TCP or UDP, as client or server',
  usage: NC_USAGE,
  manual: MANUAL,
  conversation: true,
  complete(words, host) {
    const operands = words.filter((word) => !word.startsWith('-'));
    const udp = words.some((word) => /^-[a-zA-Z]*u/.test(word));
    if (operands.length === 0) return [...LOCAL_NAMES, ...optionCompletions(OPTION_NOTES)];
    return operands.length === 1 ? demoPorts(host, udp ? 'udp' : 'tcp') : [];
  },
  run,
};

const OPTION_NOTES = {
  '-l': 'listen',
  '-u': 'UDP',
  '-v': 'say what happens',
  '-N': 'end of input sends a FIN',
  '-k': 'keep listening',
  '-z': 'only look whether somebody answers',
  '-w': 'timeout in seconds',
  '-p': 'local port',
  '-4': 'IPv4 only',
  '-6': 'IPv6 only',
};
