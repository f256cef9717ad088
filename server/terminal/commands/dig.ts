import { isIP } from 'node:net';
import type { Command, Program } from '../command.ts';
import { LOCAL_NAMES, optionCompletions } from '../completion.ts';
import { reverseName } from '../dig/reverse.ts';
import { RECORD_TYPES, type RecordType } from '../effects.ts';
import { codeOf, ProgramError, sentenceOf } from '../errors.ts';
import { familyOf } from '../net/address.ts';

const USAGE = `Usage: dig [+short] [-x ADDRESS | NAME [TYPE]]
Looks a name up.

  NAME         its addresses, as every program on this machine gets them
  NAME TYPE    its records of a type, from DNS: ${RECORD_TYPES.join(' ')}
  -x ADDRESS   the names of an address, from DNS (PTR)
  +short       the answers alone`;

/** Longest name, RFC 1035 §2.3.4. */
const MAX_NAME_CHARS = 255;

/** Exit code for a word that is not understood, and for no answer, as dig's. */
const EXIT_USAGE = 1;
const EXIT_NO_ANSWER = 9;

interface DigRequest {
  readonly name: string;
  /** `null`: addresses by way of the system. */
  readonly type: RecordType | null;
  readonly short: boolean;
}

interface DigAnswer {
  readonly type: string;
  readonly data: string;
}

function readRequest(args: readonly string[]): DigRequest {
  const short = args.includes('+short');
  const words = args.filter((word) => !word.startsWith('+'));
  const unknown = args.find((word) => word.startsWith('+') && word !== '+short');
  if (unknown) throw new ProgramError(`${unknown} is not known here`, EXIT_USAGE);
  const [first, second, ...more] = words;
  if (first === undefined || more.length > 0) throw new ProgramError(`say one name.\n${USAGE}`, EXIT_USAGE);
  if (first === '-x') return { name: reverseOf(second ?? ''), type: 'PTR', short };
  if (first.startsWith('-')) throw new ProgramError(`${first} is not known here`, EXIT_USAGE);
  return { name: nameOf(first), type: second === undefined ? null : typeOf(second), short };
}

function nameOf(word: string): string {
  if (word.length > MAX_NAME_CHARS)
    throw new ProgramError(`a name has at most ${MAX_NAME_CHARS} characters`, EXIT_USAGE);
  return word.length > 1 ? word.replace(/\.$/, '') : word;
}

function reverseOf(address: string): string {
  if (isIP(address) === 0) throw new ProgramError(`-x takes an address, not ${address || 'nothing'}`, EXIT_USAGE);
  return reverseName(address);
}

function typeOf(word: string): RecordType {
  const type = RECORD_TYPES.find((known) => known === word.toUpperCase());
  if (!type) throw new ProgramError(`${word}: the types known here are ${RECORD_TYPES.join(' ')}`, EXIT_USAGE);
  return type;
}

async function ask({ effects }: Program, { name, type }: DigRequest): Promise<readonly DigAnswer[]> {
  if (type !== null) return (await effects.records(name, type)).map((data) => ({ type, data }));
  const addresses = await effects.lookup(name, 0);
  return addresses.map(({ address }) => ({ type: familyOf(address) === 6 ? 'AAAA' : 'A', data: address }));
}

async function run(program: Program): Promise<number> {
  const request = readRequest(program.args);
  const { name, type, short } = request;
  const { output } = program;
  if (!short) output.line(`;; QUESTION: ${name}. ${type ?? '(addresses)'}`, 'dim');
  const answers = await ask(program, request).catch((error: unknown) => {
    throw new ProgramError(`${name}: ${explained(codeOf(error), type)}`, EXIT_NO_ANSWER, error);
  });
  for (const answer of answers) output.line(short ? answer.data : `${name}.\t${answer.type}\t${answer.data}`);
  if (!short)
    output.line(`;; ${answers.length} from ${type === null ? SYSTEM : 'the DNS servers of this system'}`, 'dim');
  return 0;
}

const SYSTEM = 'the system: its hosts file, then DNS, in the order that programs try them';

function explained(code: string, type: RecordType | null): string {
  if (code === 'ENOTFOUND') return `there is no such name (${code})`;
  if (code === 'ENODATA') return `the name is there, and has no ${type ?? 'address'} (${code})`;
  if (code === 'ETIMEOUT' || code === 'ECONNREFUSED') return `no DNS server answered (${code})`;
  if (code === 'EBADNAME' || code === 'EBADQUERY') return `that is no name (${code})`;
  return `${sentenceOf(code)} (${code})`;
}

/** `dig name`, after BIND's. */
export const dig: Command = {
  name: 'dig',
  summary: 'look up the addresses of a name',
  usage: USAGE,
  manual: `NAME
    dig - look a name up

SYNOPSIS
    dig [+short] name [type]
    dig [+short] -x address

DESCRIPTION
    Without a type it asks the system, as every program does that connects to
    a name: the hosts file first, then DNS. All addresses are shown, in the
    order in which a client tries them. localhost may be 127.0.0.1, ::1, or
    both: a server that listens on one of them is not reached by the other.

    With a type it asks the system's DNS servers alone, which know nothing of
    the hosts file. Types: ${RECORD_TYPES.join(' ')}.

    -x address    the names of an address: its PTR records
    +short        the answers alone

EXAMPLES
    dig localhost
    dig example.org MX
    dig -x 127.0.0.1

EXIT STATUS
    0 with an answer; 1 for a word that is not understood; 9 without an answer.

WHAT DIFFERS FROM THE REAL ONE (BIND)
    The real one asks DNS only, shows header, flags and times to live, and
    lets you choose the server. This one asks the system first, and shows the
    answers.

SEE ALSO
    ip, nc. RFC 1035, 3596.`,
  complete(words) {
    if (words.length === 0)
      return [
        ...LOCAL_NAMES.slice(0, 1),
        ...optionCompletions({ '-x': 'names of an address', '+short': 'the answers alone' }),
      ];
    return words.length === 1 ? RECORD_TYPES.map((text) => ({ text, note: '', whole: true })) : [];
  },
  run,
};
