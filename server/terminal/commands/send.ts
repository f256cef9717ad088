import type { Command, Program } from '../command.ts';
import { demoPorts, LOCAL_NAMES, optionCompletions } from '../completion.ts';
import { ProgramError } from '../errors.ts';
import { familyOf } from '../net/address.ts';
import { permitted, portOf, resolve } from '../net/target.ts';
import { type Options, readOptions } from '../options.ts';
import { sendTcp, sendUdp } from '../send/send.ts';
import { DEFAULT_DELAY_MS, readParts } from '../send/send-parts.ts';

const DEFAULT_WAIT_SECONDS = '1';
const MAX_WAIT_SECONDS = 600;

const USAGE = `Usage: send [-46NRu] [-w SECONDS] HOST PORT PART...
Sends each PART in a write of its own, and shows what comes back.

  -u           UDP: each PART is a datagram
  -N           a FIN after the last PART (TCP)
  -R           a RST at the end in place of a FIN (TCP)
  -w SECONDS   wait so long for what comes back (default ${DEFAULT_WAIT_SECONDS})
  -4, -6       use only IPv4, only IPv6

A PART is one of
  text         with the escapes of printf: 'hello\\r\\n'
  0x68 65 6c   octets in hex
  --fill N     N times the letter x
  --delay MS   wait so long before the next PART (default ${DEFAULT_DELAY_MS})`;

const SPEC = { flags: '46NRu', values: 'w' };

/** Options come before the host; what follows the port is parts, whatever it looks like. */
function divide(args: readonly string[]): { options: Options; host: string; port: string; words: string[] } {
  let at = 0;
  while (at < args.length && args[at]?.startsWith('-')) at += args[at] === '-w' ? 2 : 1;
  const options = readOptions(args.slice(0, at), SPEC);
  const [host, port, ...words] = args.slice(at);
  if (host === undefined || port === undefined || words.length === 0)
    throw new ProgramError(`say what to send.\n${USAGE}`);
  return { options, host, port, words };
}

function waitOf(options: Options): number {
  const word = options.value('w') ?? DEFAULT_WAIT_SECONDS;
  const seconds = Number(word);
  if (!/^\d+(\.\d+)?$/.test(word) || seconds > MAX_WAIT_SECONDS) throw new ProgramError(`timeout invalid: ${word}`);
  return seconds * 1_000;
}

async function run(program: Program): Promise<number> {
  const { options, host, port, words } = divide(program.args);
  const parts = readParts(words);
  const settings = { waitMs: waitOf(options), shutdown: options.has('N'), reset: options.has('R') };
  const family = options.has('4') ? 4 : options.has('6') ? 6 : 0;
  const targets = permitted(program, host, await resolve(program, host, family), portOf(port));
  if (!options.has('u')) return sendTcp(program, targets, parts, settings);
  const [target] = targets;
  if (target === undefined || familyOf(target.address) === 0) throw new ProgramError(`${host}: no address`);
  return sendUdp(program, target, parts, settings);
}

/** `send host port part…`. */
export const send: Command = {
  name: 'send',
  summary: 'send exact octets in exact pieces, and see what comes back',
  usage: USAGE,
  manual: `NAME
    send - send exact octets in exact pieces

SYNOPSIS
    send [-46NRu] [-w seconds] host port part...

DESCRIPTION
    Connects and hands each part to the system in a write of its own, with
    TCP_NODELAY set, so that each leaves as a segment of its own as long as
    it fits into one. What comes back is shown piece by piece as it was read:
    how many octets, in hex, and as text. TCP keeps the order of the octets and
    not the pieces: two parts may arrive in one read, and one in several.

    With -u each part is one datagram, which arrives whole or not at all. What
    the system says is shown with its name: EMSGSIZE when a datagram is longer
    than UDP can carry (65,507 octets over IPv4; macOS takes 9,216 by default),
    ECONNREFUSED when an ICMP message says that nobody has the port. That comes
    after the datagram has gone, and not at all where a firewall drops it.

    Parts:

    text         sent as UTF-8, with the escapes of printf: \\n \\r \\xHH ...
    0x68 65 6c   octets in hex; words of two digits go on with it
    --fill n     n times the letter x
    --delay ms   how long to wait before the next part, ${DEFAULT_DELAY_MS} by default

    -N           after the last part, say that nothing more comes (FIN)
    -R           at the end, a RST in place of a FIN: what close(2) does with
                 SO_LINGER on and no time to linger
    -w seconds   how long to wait for what comes back (default ${DEFAULT_WAIT_SECONDS})
    -4, -6       only IPv4, only IPv6

EXAMPLES
    send localhost 7007 hel --delay 500 'lo\\n'
    send localhost 7007 0xe4 bd --delay 1000 0xa0      a character cut in two
    send -u localhost 7007 one two three
    send -u localhost 7007 --fill 65508                one octet too many
    send -u localhost 7999 anybody                     nobody is there

EXIT STATUS
    0 when everything was sent, 1 when not.

WHAT DIFFERS FROM THE REAL ONE
    There is no real one: it is Porthole's own. Elsewhere,
    (printf hel; sleep 0.5; printf 'lo\\n') | nc localhost 7007 does much the
    same.

SEE ALSO
    nc, printf. RFC 9293, 768.`,
  conversation: true,
  complete(words, host) {
    const operands = words.filter((word) => !word.startsWith('-'));
    if (operands.length === 0)
      return [
        ...LOCAL_NAMES,
        ...optionCompletions({ '-u': 'UDP datagrams', '-N': 'then a FIN', '-R': 'a RST at the end' }),
      ];
    if (operands.length === 1) return demoPorts(host, words.includes('-u') ? 'udp' : 'tcp');
    return optionCompletions({ '--delay': 'milliseconds before the next part', '--fill': 'so many octets' });
  },
  run,
};
