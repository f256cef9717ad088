import type { Endpoint, SocketRow, TcpCounters } from '#protocol/wire.ts';
import type { Command, Program } from '../command.ts';
import { optionCompletions } from '../completion.ts';
import { ProgramError } from '../errors.ts';
import { familyOf, withPort } from '../net/address.ts';
import { type Options, readOptions } from '../options.ts';

const USAGE = `Usage: ss [-t] [-u] [-l] [-a] [-n] [-i] [-4] [-6] [-H]
  -t  TCP sockets          -u  UDP sockets
  -l  listening ones       -a  all, listening or not
  -4  IPv4 only            -6  IPv6 only
  -n  numbers (always so)  -H  no header
  -i  what TCP counts`;

const SPEC = {
  flags: 'tulani46Hh',
  long: {
    tcp: 't',
    udp: 'u',
    listening: 'l',
    all: 'a',
    numeric: 'n',
    info: 'i',
    ipv4: '4',
    ipv6: '6',
    'no-header': 'H',
    help: 'h',
  },
};

/** Names that ss has for the states of RFC 9293 §3.3.2. */
const SS_STATES: Readonly<Record<string, string>> = {
  ESTABLISHED: 'ESTAB',
  'SYN-RECEIVED': 'SYN-RECV',
  CLOSED: 'UNCONN',
};

/** States that ss shows only with -a: not connected, or over. */
const NOT_CONNECTED: ReadonlySet<string> = new Set(['LISTEN', 'UNCONN', 'TIME-WAIT', 'SYN-RECV']);

interface Line {
  readonly cells: readonly string[];
}

function stateOf({ state }: SocketRow): string {
  return SS_STATES[state] ?? state;
}

function isWanted(row: SocketRow, options: Options): boolean {
  const state = stateOf(row);
  const family = familyOf(row.local.address);
  const transports = options.has('t') === options.has('u') ? ['tcp', 'udp'] : [options.has('t') ? 'tcp' : 'udp'];
  if (!transports.includes(row.transport)) return false;
  if (options.has('4') !== options.has('6') && family !== (options.has('4') ? 4 : 6)) return false;
  if (options.has('a')) return true;
  const listens = state === 'LISTEN' || (row.transport === 'udp' && state === 'UNCONN');
  return options.has('l') ? listens : !NOT_CONNECTED.has(state);
}

function place(endpoint: Endpoint | null, local: Endpoint): string {
  if (endpoint !== null) return withPort(endpoint.address, endpoint.port);
  return familyOf(local.address) === 6 ? '[::]:*' : '0.0.0.0:*';
}

function lineOf(row: SocketRow, withTransport: boolean): Line {
  const { local, remote, receiveQueue, sendQueue, transport } = row;
  const cells = [
    stateOf(row),
    String(receiveQueue ?? '-'),
    String(sendQueue ?? '-'),
    place(local, local),
    place(remote, local),
  ];
  return { cells: withTransport ? [transport, ...cells] : cells };
}

/** Counters in ss's own words. */
function counterWords(counters: TcpCounters): string {
  const { congestion, rttMs, rttVariationMs, rtoMs, mss, congestionWindow, slowStartThreshold } = counters;
  const word = (name: string, value: number | null): string[] => (value === null ? [] : [`${name}:${value}`]);
  return [
    congestion,
    ...word('rto', rtoMs),
    ...(rttMs === null ? [] : [`rtt:${rttMs}/${rttVariationMs ?? 0}`]),
    ...word('mss', mss),
    ...word('cwnd', congestionWindow),
    ...word('ssthresh', slowStartThreshold),
    ...word('bytes_acked', counters.bytesAcked),
    ...word('bytes_received', counters.bytesReceived),
    ...(counters.retransmitted > 0 ? [`retrans:0/${counters.retransmitted}`] : []),
  ].join(' ');
}

const HEADER = ['State', 'Recv-Q', 'Send-Q', 'Local Address:Port', 'Peer Address:Port'];

/** Columns as wide as their widest cell; addresses to the right, so that ports stand below each other. */
function table(lines: readonly Line[]): string {
  const widths = lines.reduce<number[]>(
    (all, { cells }) => cells.map((cell, at) => Math.max(all[at] ?? 0, cell.length)),
    [],
  );
  const total = widths.length;
  return lines
    .map(({ cells }) =>
      cells
        .map((cell, at) => aligned(cell, widths[at] ?? 0, at >= total - 2))
        .join(' ')
        .trimEnd(),
    )
    .join('\n');
}

function aligned(cell: string, width: number, right: boolean): string {
  return right ? cell.padStart(width) : cell.padEnd(width);
}

/** Whether a row is about a port of this process, at either end. */
function isOfOurs({ local, remote }: SocketRow, { host, listeners }: Program): boolean {
  const ports = remote === null ? [local.port] : [local.port, remote.port];
  return ports.some((port) => host.ownPorts().has(port) || listeners.has(port));
}

async function rowsOf(program: Program): Promise<readonly SocketRow[]> {
  try {
    return (await program.host.sockets()).filter((row) => isOfOurs(row, program));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new ProgramError(`this system's socket table cannot be read: ${reason}`, 1, error);
  }
}

async function run(program: Program): Promise<number> {
  const options = readOptions(program.args, SPEC);
  if (options.has('h')) {
    program.output.line(USAGE);
    return 0;
  }
  if (options.operands.length > 0)
    throw new ProgramError("filters are not known here; ss shows Porthole's ports only", 255);
  const withTransport = options.has('t') === options.has('u');
  const header = { cells: withTransport ? ['Netid', ...HEADER] : HEADER };
  const rows = (await rowsOf(program)).filter((row) => isWanted(row, options));
  const lines = rows.map((row) => lineOf(row, withTransport));
  const shown = table(options.has('H') ? lines : [header, ...lines]).split('\n');
  if (lines.length === 0 && options.has('H')) return 0;
  const counted = options.has('i')
    ? rows.map(({ counters }) => (counters ? `\n\t ${counterWords(counters)}` : ''))
    : [];
  const first = options.has('H') ? 0 : 1;
  program.output.line(shown.map((line, at) => line + (counted[at - first] ?? '')).join('\n'));
  return 0;
}

/** `ss`, from the host's socket table. */
export const ss: Command = {
  name: 'ss',
  summary: "show the sockets of Porthole's ports, from the system's table",
  usage: USAGE,
  manual: `NAME
    ss - show sockets

SYNOPSIS
    ss [-tulani46H]

DESCRIPTION
    Shows the sockets that the operating system has for Porthole's ports: those
    of the page, the demos and every nc -l, and both ends of every connection
    to them.

    -t, -u    TCP sockets, UDP sockets (both by default)
    -l        those that listen
    -a        all; without it and -l, those that are connected
    -4, -6    only that family
    -n        numbers instead of names: always so
    -i        what the kernel counts of each TCP connection, where it tells
              (Linux): round-trip time, timeout, congestion window ...
    -H        no header

    State     TCP's state of RFC 9293 in ss's spelling (ESTAB, TIME-WAIT, ...);
              UNCONN for a UDP socket
    Recv-Q    octets that wait to be read; of a listener, connections that
              wait to be accepted
    Send-Q    octets that the peer has not acknowledged; of a listener, how
              many connections may wait
    -         this system does not say

    A connection within one machine has two sockets, and so two lines.

WHAT DIFFERS FROM THE REAL ONE (iproute2)
    It shows Porthole's own ports only, takes no filters, and does not show
    processes. It works on macOS and Windows as far as their netstat tells.`,
  complete: () => optionCompletions({ '-t': 'TCP', '-u': 'UDP', '-l': 'listening', '-a': 'all', '-n': 'numbers' }),
  run,
};
