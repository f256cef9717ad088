/** Packets in the words of tcpdump(8). */
import { ICMP_TYPES, ICMPV6_TYPES, type ParsedIcmp, UNREACHABLE_CODES } from '#packets/icmp.ts';
import type { Packet } from '#packets/packet.ts';
import { distance } from '#packets/sequence.ts';
import { type ParsedTcp, TCP_FLAGS, type TcpOption } from '#packets/tcp.ts';

/** Connections whose first numbers are remembered; the oldest is forgotten first. */
const MAX_FLOWS = 1_000;

/** First sequence numbers of both ends of a connection, by the end's address and port. */
type Bases = Map<string, number>;

/** Numbers as they are printed; `base`: what the other end's are counted from. */
interface Numbers {
  readonly seq: number;
  readonly ack: number;
  readonly base: number;
}

/** Writes packets one by one. It remembers where each connection's numbers begin, as tcpdump does. */
export class TcpdumpLines {
  readonly #absolute: boolean;
  readonly #flows = new Map<string, Bases>();

  /** @param absolute `-S`: sequence numbers as they are on the wire */
  constructor(absolute: boolean) {
    this.#absolute = absolute;
  }

  /** The line without its time. */
  line(packet: Packet): string {
    const { ip, transport, payload, payloadLength, problem } = packet;
    if (!ip) return `[${problem?.message ?? 'not decoded'}]`;
    const head = ip.layer === 'ipv6' ? 'IP6' : 'IP';
    const { source, destination } = ip;
    if (transport?.layer === 'tcp') {
      const ends = { from: `${source}.${transport.sourcePort}`, to: `${destination}.${transport.destinationPort}` };
      return `${head} ${ends.from} > ${ends.to}: ${this.#segment(transport, payloadLength, ends)}`;
    }
    if (transport?.layer === 'udp')
      return `${head} ${source}.${transport.sourcePort} > ${destination}.${transport.destinationPort}: UDP, length ${payloadLength}`;
    if (transport) return `${head} ${source} > ${destination}: ${icmpWords(transport, packet)}`;
    const length = payload.end - payload.start;
    return ip.fragmentOffset > 0
      ? `${head} ${source} > ${destination}: ip-proto-${ip.protocol}`
      : `${head} ${source} > ${destination}: ip-proto-${ip.protocol} ${length}`;
  }

  #segment(tcp: ParsedTcp, length: number, ends: { readonly from: string; readonly to: string }): string {
    const { seq, ack, base } = this.#numbers(tcp, ends);
    const has = (flag: number): boolean => (tcp.flags & flag) !== 0;
    const opens = has(TCP_FLAGS.syn) || has(TCP_FLAGS.fin) || has(TCP_FLAGS.rst);
    const parts = [`Flags [${flagLetters(tcp.flags)}]`];
    if (length > 0) parts.push(`seq ${seq}:${(seq + length) % 2 ** 32}`);
    else if (opens) parts.push(`seq ${seq}`);
    if (has(TCP_FLAGS.ack)) parts.push(`ack ${ack}`);
    parts.push(`win ${tcp.window}`);
    if (has(TCP_FLAGS.urg)) parts.push(`urg ${tcp.urgentPointer}`);
    if (tcp.options.length > 0)
      parts.push(`options [${tcp.options.map((option) => optionWords(option, base)).join(',')}]`);
    return `${parts.join(', ')}, length ${length}`;
  }

  /** Counted from the first ones, once both ends' are known; the segments that tell them are shown as they are. */
  #numbers(tcp: ParsedTcp, { from, to }: { readonly from: string; readonly to: string }): Numbers {
    const { sequence, acknowledgment, flags } = tcp;
    const asIs = { seq: sequence, ack: acknowledgment, base: 0 };
    if (this.#absolute) return asIs;
    const bases = this.#basesOf(from, to);
    const [own, other] = [bases.get(from), bases.get(to)];
    if ((flags & TCP_FLAGS.syn) === 0 && own !== undefined && other !== undefined)
      return { seq: distance(own, sequence), ack: distance(other, acknowledgment), base: other };
    bases.set(from, sequence);
    if ((flags & TCP_FLAGS.ack) !== 0 && (flags & TCP_FLAGS.rst) === 0) bases.set(to, (acknowledgment - 1) >>> 0);
    return asIs;
  }

  #basesOf(from: string, to: string): Bases {
    const key = from < to ? `${from} ${to}` : `${to} ${from}`;
    const known = this.#flows.get(key);
    if (known) return known;
    const [oldest] = this.#flows.keys();
    if (this.#flows.size >= MAX_FLOWS && oldest !== undefined) this.#flows.delete(oldest);
    const bases: Bases = new Map();
    this.#flows.set(key, bases);
    return bases;
  }
}

/** `S`, `F`, `P`, `R`, `.` for ACK, `U`, `E`, `W`, in tcpdump's order. */
function flagLetters(flags: number): string {
  const letters = [
    [TCP_FLAGS.fin, 'F'],
    [TCP_FLAGS.syn, 'S'],
    [TCP_FLAGS.rst, 'R'],
    [TCP_FLAGS.psh, 'P'],
    [TCP_FLAGS.ack, '.'],
    [TCP_FLAGS.urg, 'U'],
    [TCP_FLAGS.ece, 'E'],
    [TCP_FLAGS.cwr, 'W'],
  ] as const;
  return letters.flatMap(([flag, letter]) => ((flags & flag) === 0 ? [] : letter)).join('') || 'none';
}

/** @param base what numbers of the other end are counted from: those that SACK gives */
function optionWords(option: TcpOption, base: number): string {
  switch (option.kind) {
    case 'end':
      return 'eol';
    case 'nop':
      return 'nop';
    case 'mss':
      return `mss ${option.octets}`;
    case 'window-scale':
      return `wscale ${option.shift}`;
    case 'sack-permitted':
      return 'sackOK';
    case 'sack':
      return `sack ${option.blocks.length} ${option.blocks
        .map(({ left, right }) => `{${distance(base, left)}:${distance(base, right)}}`)
        .join('')}`;
    case 'timestamps':
      return `TS val ${option.value} ecr ${option.echo}`;
    case 'unknown':
      return `unknown-${option.number}`;
  }
}

function icmpWords({ layer, type, code, identifier, sequence }: ParsedIcmp, packet: Packet): string {
  const length = packet.payloadLength + 8;
  const name = layer === 'icmp' ? 'ICMP' : 'ICMP6,';
  if (identifier !== null) {
    const isReply = type === (layer === 'icmp' ? ICMP_TYPES.echoReply : ICMPV6_TYPES.echoReply);
    return `${name} echo ${isReply ? 'reply' : 'request'}, id ${identifier}, seq ${sequence}, length ${length}`;
  }
  const quoted = packet.quoted?.transport;
  const isPort =
    layer === 'icmp' ? type === ICMP_TYPES.unreachable && code === 3 : type === ICMPV6_TYPES.unreachable && code === 4;
  if (isPort && packet.quoted?.ip && (quoted?.layer === 'udp' || quoted?.layer === 'tcp')) {
    const port = `${packet.quoted.ip.destination} ${quoted.layer} port ${quoted.destinationPort}`;
    const words = layer === 'icmp' ? `${port} unreachable` : `destination unreachable, unreachable port, ${port}`;
    return `${name} ${words}, length ${length}`;
  }
  return `${name} ${layer === 'icmp' ? errorWords(type, code, packet) : `type ${type} code ${code}`}, length ${length}`;
}

/** Errors of RFC 792 besides "port unreachable". */
function errorWords(type: number, code: number, { quoted }: Packet): string {
  const about = quoted?.ip?.destination ?? '';
  const { net, host, protocol } = UNREACHABLE_CODES;
  if (type === ICMP_TYPES.unreachable && code === net) return `net ${about} unreachable`;
  if (type === ICMP_TYPES.unreachable && code === host) return `host ${about} unreachable`;
  if (type === ICMP_TYPES.unreachable && code === protocol)
    return `${about} protocol ${quoted?.ip?.protocol} unreachable`;
  if (type === ICMP_TYPES.timeExceeded)
    return `${code === 0 ? '' : 'ip reassembly '}time exceeded${code === 0 ? ' in-transit' : ''}`;
  return `type ${type} code ${code}`;
}

const OCTETS_A_LINE = 16;

/** `-X`: the octets from the IP header on, in hex and ASCII. */
export function hexLines(bytes: Uint8Array, from: number): string[] {
  const lines: string[] = [];
  for (let at = from; at < bytes.length; at += OCTETS_A_LINE) {
    const octets = bytes.subarray(at, at + OCTETS_A_LINE);
    const hex = Array.from(octets, (octet) => octet.toString(16).padStart(2, '0'));
    const pairs = Array.from({ length: Math.ceil(hex.length / 2) }, (_, pair) =>
      hex.slice(2 * pair, 2 * pair + 2).join(''),
    );
    const text = Array.from(octets, (octet) => (octet > 0x20 && octet < 0x7f ? String.fromCharCode(octet) : '.')).join(
      '',
    );
    const offset = `0x${(at - from).toString(16).padStart(4, '0')}`;
    lines.push(`\t${offset}:  ${pairs.join(' ').padEnd(39)}  ${text}`);
  }
  return lines;
}
