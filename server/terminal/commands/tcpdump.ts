import { parsePacket } from '#packets/packet.ts';
import { type CaptureStatus, capturedInterfaces } from '#protocol/capture.ts';
import type { Command, Program } from '../command.ts';
import { demoPorts, optionCompletions } from '../completion.ts';
import { ProgramError } from '../errors.ts';
import type { TerminalFrame } from '../host.ts';
import { readOptions } from '../options.ts';
import { readFilter, type TcpdumpFilter } from '../tcpdump/tcpdump-filter.ts';
import { hexLines, TcpdumpLines } from '../tcpdump/tcpdump-line.ts';

const USAGE = `Usage: tcpdump [-nSX] [-c COUNT] [-i INTERFACE] [FILTER]
Prints packets of Porthole's ports as they are captured; Ctrl-C ends it.

  -c COUNT  end after so many
  -i NAME   on this interface; else on those that are captured anyway
  -S        sequence numbers as on the wire
  -X        octets, too
  -n        numbers instead of names (always so)
  FILTER    tcp, udp, icmp, port N, host ADDRESS, joined by 'and'`;

const SPEC = { flags: 'nSX', values: 'ci' };

/** How often new packets are looked for, in milliseconds. */
const LOOK_MS = 100;

interface Request {
  readonly filter: TcpdumpFilter;
  readonly count: number;
  readonly absolute: boolean;
  readonly octets: boolean;
  /** The interface that was asked for; `null`: any that is captured. */
  readonly device: string | null;
}

function read(program: Program): Request {
  const options = readOptions(program.args, SPEC);
  const count = options.value('c');
  if (count !== undefined && !/^[1-9]\d{0,8}$/.test(count)) throw new ProgramError(`invalid packet count ${count}`);
  return {
    filter: readFilter(options.operands),
    count: count === undefined ? Number.POSITIVE_INFINITY : Number(count),
    absolute: options.has('S'),
    octets: options.has('X'),
    device: options.value('i') ?? null,
  };
}

async function run(program: Program): Promise<number> {
  const request = read(program);
  const { capture } = program.host;
  let status: CaptureStatus | null = null;
  const watch = capture.watch((now) => {
    status = now;
  });
  program.own(() => watch.leave());
  watch.setPorts(request.filter.ports);
  choose(request.device, capture.status.interface, watch);
  const from = capture.head;
  const refusal = await listening(program, () => status);
  if (refusal !== null) return refusal;
  return print(program, request, from);
}

/** Has the interface captured, unless it is the usual one. */
function choose(device: string | null, usual: string, watch: { setInterface(name: string): boolean }): void {
  if (device === null || device === usual || watch.setInterface(device)) return;
  throw new ProgramError(`${device}: there is no such interface to capture on`);
}

/** Waits until packets are captured; an exit status when they can't be, or when Ctrl-C comes first. */
async function listening(program: Program, status: () => CaptureStatus | null): Promise<number | null> {
  for (;;) {
    const now = status();
    if (now?.state === 'on') {
      program.errors.line(
        `listening on ${capturedInterfaces(now).join(', ')}, captured by ${now.tool ?? 'nobody'}; Porthole's ports only`,
        'dim',
      );
      return null;
    }
    if (now?.state === 'refused') throw new ProgramError(refusalText(now));
    if (program.signal.aborted) return 0;
    await pause(program);
  }
}

function refusalText({ refusal, detail, remedy, interface: device }: CaptureStatus): string {
  const reason =
    refusal === 'no-tool'
      ? 'neither tcpdump nor dumpcap is installed on this machine'
      : `${device}: ${detail?.split('\n')[0] ?? 'capturing is not permitted'}`;
  return [reason, ...(remedy.length > 0 ? ['To allow it, once, in your own terminal:', ...remedy] : [])].join('\n');
}

async function print(program: Program, request: Request, from: number): Promise<number> {
  const { filter, count, absolute, octets, device } = request;
  const { capture } = program.host;
  const lines = new TcpdumpLines(absolute);
  let [last, shown] = [from, 0];
  while (shown < count && !program.signal.aborted) {
    last = Math.max(last, capture.oldest - 1);
    while (last < capture.head && shown < count) {
      last += 1;
      const frame = capture.frame(last);
      if (!frame || (device !== null && frame.interface !== device)) continue;
      const packet = parsePacket(frame.bytes, frame.linkType);
      if (!filter.matches(packet)) continue;
      shown += 1;
      program.output.line(`${timeOf(frame)} ${lines.line(packet)}`);
      if (octets) for (const line of hexLines(frame.bytes, packet.ip?.at ?? 0)) program.output.line(line);
    }
    if (shown < count) await pause(program);
  }
  program.errors.line(`${shown} ${shown === 1 ? 'packet' : 'packets'} shown`, 'dim');
  return 0;
}

function pause(program: Program): Promise<void> {
  return new Promise((resolve) => {
    const cancel = program.effects.timer(LOOK_MS, resolve);
    program.signal.addEventListener(
      'abort',
      () => {
        cancel();
        resolve();
      },
      { once: true },
    );
  });
}

/** The time of day, with microseconds. */
function timeOf({ seconds, nanoseconds }: TerminalFrame): string {
  const time = new Date(seconds * 1_000);
  const two = (value: number): string => String(value).padStart(2, '0');
  const fraction = String(Math.floor(nanoseconds / 1_000)).padStart(6, '0');
  return `${two(time.getHours())}:${two(time.getMinutes())}:${two(time.getSeconds())}.${fraction}`;
}

/** `tcpdump`: packets as they are captured. */
export const tcpdump: Command = {
  name: 'tcpdump',
  summary: "print packets of Porthole's ports as they are captured",
  usage: USAGE,
  manual: `NAME
    tcpdump - print packets as they are captured

SYNOPSIS
    tcpdump [-nSX] [-c count] [-i interface] [filter]

DESCRIPTION
    Prints a line for every packet of Porthole's own ports, in tcpdump's form.
    The packets come from the same capture as those of the Packets tab: a real
    tcpdump or dumpcap that Porthole runs while somebody looks.

    -c count  end after so many packets
    -i name   capture on this interface as well, and show its packets only
    -S        sequence and acknowledgment numbers as they are on the wire; else
              they are counted from the beginning once both ends' are known
    -X        the octets from the IP header on, in hex and ASCII
    -n        numbers instead of names: always so

    filter    tcp, udp, icmp, icmp6, port N, host ADDRESS, joined by 'and'. A
              port that it names is captured even if it is not Porthole's.

    Flags [S] SYN, [S.] SYN and ACK, [.] ACK, [P.] PSH and ACK, [F.] FIN and
    ACK, [R] RST.

EXAMPLES
    tcpdump -c 10 port 7007
    tcpdump -X udp

WHAT DIFFERS FROM THE REAL ONE
    It shows Porthole's ports and those that the filter names, on the loopback
    unless told otherwise, decodes no application protocols, and reads and
    writes no files: the Packets tab saves pcapng.`,
  complete: (words, host) =>
    words.at(-1) === 'port'
      ? demoPorts(host, 'tcp')
      : optionCompletions({
          '-c': 'so many',
          '-i': 'on an interface',
          '-S': 'absolute numbers',
          '-X': 'octets',
          port: 'of a port',
          tcp: 'TCP',
          udp: 'UDP',
        }),
  run,
};
