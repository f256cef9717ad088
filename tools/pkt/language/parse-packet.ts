/** Reads the packets of a script. */
import { TCP_FLAGS } from '#packets/tcp.ts';
import type { Cursor } from './cursor.ts';
import { parseIcmpType } from './icmp-names.ts';
import type { Direction, IcmpSpec, IpSpec, PacketSpec, PortsSpec, QuotedSpec, TcpSpec, UdpSpec } from './packet.ts';
import { parseOptions } from './parse-option.ts';
import { ScriptProblem } from './problem.ts';

const MAX_SEQUENCE = 0xffff_ffff;
/** Longest payload of one line; what the stack sends for it may be several segments. */
const MAX_PAYLOAD_OCTETS = 0xffff;

const FLAG_LETTERS: Readonly<Record<string, number>> = {
  F: TCP_FLAGS.fin,
  S: TCP_FLAGS.syn,
  R: TCP_FLAGS.rst,
  P: TCP_FLAGS.psh,
  '.': TCP_FLAGS.ack,
  U: TCP_FLAGS.urg,
  E: TCP_FLAGS.ece,
  W: TCP_FLAGS.cwr,
};

const ECN_NAMES: Readonly<Record<string, number | 'ect01'>> = { noecn: 0, ect1: 1, ect0: 2, ce: 3, ect01: 'ect01' };
const NO_IP: IpSpec = { ecn: null, trafficClass: null, ttl: null };
const ENCAPSULATIONS = ['ipv4', 'ipv6', 'gre', 'GREv0', 'mpls', 'udplite', 'sctp', 'psp'];

/** Reads one packet from its "<" or ">" on. */
export function parsePacket(cursor: Cursor): PacketSpec {
  const place = cursor.peek().place;
  const direction: Direction = cursor.next().text === '<' ? 'in' : 'out';
  const early = parseEarlyQuote(cursor);
  const ip = parseIp(cursor);
  for (const name of ENCAPSULATIONS) if (cursor.is(name)) cursor.refuse(`packets in or of ${name} are not supported`);
  const rest = parseTransport(cursor, direction, early);
  if (cursor.is('/')) cursor.refuse('UDP encapsulation is not supported');
  if (cursor.is('{')) cursor.refuse('mutated packets ({mut …}) are not supported');
  return { place, direction, ip, ...rest };
}

function parseTransport(cursor: Cursor, direction: Direction, early: QuotedSpec | null) {
  if (cursor.takeIf('icmp')) return parseIcmp(cursor, early);
  if (early !== null) return cursor.fail('"icmp" after a quoted packet');
  return cursor.takeIf('udp') ? parseUdp(cursor) : parseTcp(cursor, direction);
}

/** Older scripts quote before the word: `< [1:1001(1000)] icmp unreachable`. */
function parseEarlyQuote(cursor: Cursor): QuotedSpec | null {
  return cursor.is('[') && (cursor.isKind('integer', 1) || cursor.is('udp', 1)) ? parseQuoted(cursor) : null;
}

function parseIp(cursor: Cursor): IpSpec {
  if (!cursor.is('[') && !cursor.is('(')) return NO_IP;
  const close = cursor.next().text === '[' ? ']' : ')';
  const parts = cursor.list(() => parseIpPart(cursor));
  cursor.take(close);
  return Object.assign({}, NO_IP, ...parts);
}

function parseIpPart(cursor: Cursor): Partial<IpSpec> {
  const ecn = ECN_NAMES[cursor.peek().text];
  if (ecn !== undefined) {
    cursor.next();
    return { ecn };
  }
  if (cursor.takeIf('tos')) return { trafficClass: cursor.takeNumber('a type of service', 0, 0xff) };
  if (cursor.takeIf('ttl')) return { ttl: cursor.takeNumber('a time to live', 0, 0xff) };
  if (cursor.is('flowlabel')) cursor.refuse('flow labels are of IPv6, which is not supported');
  return cursor.fail('noecn, ect0, ect1, ect01, ce, tos or ttl');
}

function parsePorts(cursor: Cursor): PortsSpec | null {
  if (!cursor.isKind('integer') || !cursor.is('>', 1)) return null;
  const source = cursor.takeNumber('a port', 0, 0xffff);
  cursor.take('>');
  return { source, destination: cursor.takeNumber('a port', 0, 0xffff) };
}

function parseUdp(cursor: Cursor): UdpSpec {
  const ports = parsePorts(cursor);
  if (cursor.is('sum')) cursor.refuse('checksums in scripts (udp sum) are not supported');
  cursor.take('(');
  const payloadOctets = cursor.takeNumber('a payload', 0, MAX_PAYLOAD_OCTETS);
  cursor.take(')');
  return { protocol: 'udp', ports, payloadOctets };
}

function parseIcmp(cursor: Cursor, early: QuotedSpec | null): IcmpSpec {
  const { type, code } = parseIcmpType(cursor);
  const mtu = cursor.takeIf('mtu') ? cursor.takeNumber('an MTU', 0, 0xffff) : null;
  const identifier = cursor.takeIf('id') ? cursor.takeNumber('an identifier', 0, 0xffff) : 0;
  return { protocol: 'icmp', type, code, mtu, identifier, quoted: cursor.is('[') ? parseQuoted(cursor) : early };
}

function parseQuoted(cursor: Cursor): QuotedSpec {
  cursor.take('[');
  const quoted: QuotedSpec = cursor.takeIf('udp')
    ? { protocol: 'udp', payloadOctets: parseUdp(cursor).payloadOctets }
    : { protocol: 'tcp', ...parseSequence(cursor) };
  cursor.take(']');
  return quoted;
}

function parseTcp(cursor: Cursor, direction: Direction): TcpSpec {
  const ports = parsePorts(cursor);
  const flags = parseFlags(cursor);
  const { sequence, payloadOctets } = parseSequence(cursor);
  const acknowledgment = cursor.takeIf('ack') ? cursor.takeNumber('an acknowledgment number', 0, MAX_SEQUENCE) : null;
  const window = cursor.takeIf('win') ? cursor.takeNumber('a window', 0, 0xffff) : null;
  const urgentPointer = cursor.takeIf('urg') ? cursor.takeNumber('an urgent pointer', 0, 0xffff) : 0;
  const place = cursor.peek().place;
  const options = cursor.takeIf('<') ? parseOptions(cursor) : [];
  if (options === 'any' && direction === 'in')
    throw new ScriptProblem('syntax', place, '<...> is for expected packets; say which options this one has');
  return { protocol: 'tcp', ports, flags, sequence, payloadOctets, acknowledgment, window, urgentPointer, options };
}

function parseFlags(cursor: Cursor): number {
  const { kind, text, place } = cursor.peek();
  if (cursor.takeIf('-')) return 0;
  if (kind === 'float') cursor.refuse('the ACE field of Accurate ECN is not supported');
  if (kind !== 'word' && text !== '.') return cursor.fail('TCP flags, like S, F., P. or "."');
  let flags = 0;
  for (const letter of cursor.next().text) flags |= flagOf(letter, place);
  if (cursor.isKind('float')) cursor.refuse('the ACE field of Accurate ECN is not supported');
  return cursor.takeIf('.') ? flags | TCP_FLAGS.ack : flags;
}

function flagOf(letter: string, place: ScriptProblem['place']): number {
  const flag = FLAG_LETTERS[letter];
  if (flag !== undefined) return flag;
  if (/[0-7A]/.test(letter))
    throw new ScriptProblem('unsupported', place, 'the ACE field of Accurate ECN is not supported');
  throw new ScriptProblem('syntax', place, `${JSON.stringify(letter)} is none of the TCP flags F S R P . U E W`);
}

function parseSequence(cursor: Cursor): { readonly sequence: number; readonly payloadOctets: number } {
  const place = cursor.peek().place;
  const sequence = cursor.takeNumber('a sequence number', 0, MAX_SEQUENCE);
  cursor.take(':');
  const end = cursor.takeNumber('the sequence number of the end', 0, MAX_SEQUENCE);
  cursor.take('(');
  const payloadOctets = cursor.takeNumber('a payload', 0, MAX_PAYLOAD_OCTETS);
  cursor.take(')');
  if (end !== (sequence + payloadOctets) % 2 ** 32)
    throw new ScriptProblem('syntax', place, `${sequence} and ${payloadOctets} octets do not make ${end}`);
  return { sequence, payloadOctets };
}
