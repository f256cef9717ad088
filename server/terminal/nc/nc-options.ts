import type { Program } from '../command.ts';
import { ProgramError } from '../errors.ts';
import { MAX_SCAN_PORTS } from '../limits.ts';
import { portOf } from '../net/target.ts';
import { type Options, readOptions } from '../options.ts';

/** What `nc` is asked for. */
export interface NcRequest {
  /** `-l`. */
  readonly listen: boolean;
  /** `-u`. */
  readonly udp: boolean;
  /** `-k`: after one connection the next. */
  readonly keep: boolean;
  /** `-v`. */
  readonly verbose: boolean;
  /** `-z`: only look whether somebody answers. */
  readonly scan: boolean;
  /** `-N`: the end of input sends a FIN. */
  readonly shutdown: boolean;
  /** `-n`: no names. */
  readonly numeric: boolean;
  /** `-C`: lines end in CR LF. */
  readonly crlf: boolean;
  readonly family: 0 | 4 | 6;
  /** `-w`: for connecting and for silence, in milliseconds; 0 waits for nothing. */
  readonly timeoutMs: number | undefined;
  /** `-q`: leaves so long after the end of input, in milliseconds. */
  readonly quitAfterMs: number | undefined;
  /** `-W`: leaves after so many datagrams or reads. */
  readonly receiveLimit: number | undefined;
  /** `-p`, or with `-l` the port to listen on. */
  readonly localPort: number | undefined;
  /** `null` only with `-l`. */
  readonly host: string | null;
  readonly ports: readonly number[];
}

/** What `nc -h` prints. */
export const NC_USAGE = `usage: nc [-46CklNnuvz] [-p source_port] [-q seconds] [-W recvlimit]
          [-w timeout] [destination] [port]
  -4            use IPv4
  -6            use IPv6
  -C            send CRLF as line ending
  -h            this help text
  -k            keep listening for the next connection
  -l            listen, for connections from others
  -N            shut down the network socket after the end of input
  -n            suppress name resolution
  -p port       local port (with -l: the port to listen on)
  -q secs       quit so long after the end of input
  -u            UDP
  -v            say what happens
  -W recvlimit  end after receiving a number of packets
  -w timeout    timeout for connecting and for silence, in seconds
  -z            only look whether somebody answers
Ports can be single numbers or ranges: lo-hi (inclusive)`;

const SPEC = { flags: '46ChklNnuvz', values: 'pqwW', long: { help: 'h' } };
const MAX_INT = 2 ** 31 - 1;
/** More than that, no timer holds in milliseconds. */
const MAX_SECONDS = Math.floor(MAX_INT / 1_000);

/** What an option counts, and from where to where, as the real one has it. */
interface Counted {
  readonly what: string;
  readonly min: number;
  readonly max: number;
}

const TIMEOUT: Counted = { what: 'timeout', min: 0, max: MAX_SECONDS };
/** A negative one is none. */
const QUIT_TIMER: Counted = { what: 'quit timer', min: -MAX_SECONDS, max: MAX_SECONDS };
const RECEIVE_LIMIT: Counted = { what: 'receive limit', min: 1, max: MAX_INT };

function numberOf(options: Options, letter: string, { what, min, max }: Counted): number | undefined {
  const word = options.value(letter);
  if (word === undefined) return undefined;
  if (!/^-?\d+$/.test(word)) throw new ProgramError(`${what} invalid: ${word}`);
  const number = Number(word);
  if (number < min || number > max) throw new ProgramError(`${what} too ${number < min ? 'small' : 'large'}: ${word}`);
  return number;
}

function millisecondsOf(options: Options, letter: string, counted: Counted): number | undefined {
  const seconds = numberOf(options, letter, counted);
  return seconds === undefined || seconds < 0 ? undefined : seconds * 1_000;
}

/** The ports of `80` or `7000-7010`. */
function portsOf(word: string): number[] {
  const [, low, high] = /^(\d+)-(\d+)$/.exec(word) ?? [];
  if (low === undefined || high === undefined) return [portOf(word)];
  const [from, to] = [portOf(low), portOf(high)].sort((one, other) => one - other);
  if (from === undefined || to === undefined) return [];
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

function checkTogether(options: Options): void {
  if (options.has('z') && options.has('l')) throw new ProgramError('cannot use -z and -l');
  if (options.has('k') && !options.has('l')) throw new ProgramError('must use -l with -k');
  if (options.has('4') && options.has('6')) throw new ProgramError('cannot use -4 and -6');
}

function placeOf(options: Options): Pick<NcRequest, 'host' | 'ports' | 'localPort'> {
  const { operands } = options;
  const own = options.value('p');
  const localPort = own === undefined ? undefined : portOf(own);
  if (!options.has('l')) return { ...remoteOf(operands), localPort };
  const [first, second] = operands;
  const word = second ?? (own === undefined ? first : undefined);
  const port = word === undefined ? localPort : portOf(word);
  if (port === undefined) throw new ProgramError('missing port number');
  return { host: word === first ? null : (first ?? null), ports: [port], localPort: port };
}

function remoteOf([host, ...words]: readonly string[]): Pick<NcRequest, 'host' | 'ports'> {
  if (host === undefined || words.length === 0) throw new ProgramError('missing port number');
  const ports = words.flatMap(portsOf);
  if (ports.length > MAX_SCAN_PORTS) throw new ProgramError(`${MAX_SCAN_PORTS} ports at most, please`);
  return { host, ports };
}

/**
 * Reads the words of `nc`; `null` when help is asked for.
 * @throws ProgramError
 */
export function readNcRequest(program: Program): NcRequest | null {
  const options = readOptions(program.args, SPEC);
  if (options.has('h')) return null;
  checkTogether(options);
  return {
    listen: options.has('l'),
    udp: options.has('u'),
    keep: options.has('k'),
    verbose: options.has('v'),
    scan: options.has('z'),
    shutdown: options.has('N'),
    numeric: options.has('n'),
    crlf: options.has('C'),
    family: options.has('4') ? 4 : options.has('6') ? 6 : 0,
    timeoutMs: millisecondsOf(options, 'w', TIMEOUT),
    quitAfterMs: millisecondsOf(options, 'q', QUIT_TIMER),
    receiveLimit: numberOf(options, 'W', RECEIVE_LIMIT),
    ...placeOf(options),
  };
}
