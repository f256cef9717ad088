/** TCP segments: RFC 9293 §3.1 (header), §3.2 (options); RFC 7323 (window scale, timestamps); RFC 2018 (SACK). */
import { finish, pseudoHeaderSum, sumOctets } from './checksum.ts';
import { malformed, type PacketProblem, read16, read32, truncated, write16, write32 } from './octets.ts';

/** Protocol number of TCP (IANA). */
export const TCP_PROTOCOL = 6;

/** Octets of a header without options; and of the longest one. */
export const TCP_HEADER_OCTETS = 20;
export const MAX_TCP_HEADER_OCTETS = 60;

/** Control bits, as they lie in octet 13 of the header. RFC 9293 §3.1; ECE and CWR: RFC 3168 §6.1. */
export const TCP_FLAGS = {
  fin: 0x01,
  syn: 0x02,
  rst: 0x04,
  psh: 0x08,
  ack: 0x10,
  urg: 0x20,
  ece: 0x40,
  cwr: 0x80,
} as const;

/** Octets `left` (included) to `right` (excluded) of sequence space that arrived out of order. RFC 2018 §3. */
export interface SackBlock {
  readonly left: number;
  readonly right: number;
}

/** One option; numbers are unsigned and in host order. */
export type TcpOption =
  | { readonly kind: 'end' }
  | { readonly kind: 'nop' }
  | { readonly kind: 'mss'; readonly octets: number }
  | { readonly kind: 'window-scale'; readonly shift: number }
  | { readonly kind: 'sack-permitted' }
  | { readonly kind: 'sack'; readonly blocks: readonly SackBlock[] }
  | { readonly kind: 'timestamps'; readonly value: number; readonly echo: number }
  /** Anything else, also a known number with a wrong length: kept as it came. */
  | { readonly kind: 'unknown'; readonly number: number; readonly data: Uint8Array };

/** Option kinds (IANA, TCP parameters). */
const TCP_OPTION_NUMBERS = {
  end: 0,
  nop: 1,
  mss: 2,
  'window-scale': 3,
  'sack-permitted': 4,
  sack: 5,
  timestamps: 8,
} as const;

/** A TCP header's values. Sequence numbers are unsigned 32-bit, the window as it is on the wire (unscaled). */
export interface TcpHeader {
  readonly sourcePort: number;
  readonly destinationPort: number;
  readonly sequence: number;
  readonly acknowledgment: number;
  /** Sum of TCP_FLAGS. */
  readonly flags: number;
  readonly window: number;
  readonly urgentPointer: number;
  readonly options: readonly TcpOption[];
}

/** A header as it was read. */
export interface ParsedTcp extends TcpHeader {
  readonly layer: 'tcp';
  /** First octet of the header. */
  readonly at: number;
  readonly headerLength: number;
  /** The checksum that it carries. */
  readonly checksum: number;
  /** What could not be read of the options; the rest of the header stands. */
  readonly optionsProblem: PacketProblem | null;
}

const NOP: TcpOption = { kind: 'nop' };
const END: TcpOption = { kind: 'end' };
const SACK_PERMITTED: TcpOption = { kind: 'sack-permitted' };
const NO_OPTIONS: readonly TcpOption[] = [];

/** Reads the header that begins at `start`; the segment ends at `end`. */
export function parseTcp(bytes: Uint8Array, start: number, end: number): ParsedTcp | PacketProblem {
  if (end - start < TCP_HEADER_OCTETS) return truncated('tcp', start, TCP_HEADER_OCTETS, end - start);
  const headerLength = ((bytes[start + 12] ?? 0) >> 4) * 4;
  if (headerLength < TCP_HEADER_OCTETS)
    return malformed('tcp', start + 12, `the data offset says ${headerLength} octets; a header has 20 at least`);
  if (start + headerLength > end) return truncated('tcp', start + TCP_HEADER_OCTETS, headerLength, end - start);
  const list: TcpOption[] = [];
  const optionsProblem =
    headerLength === TCP_HEADER_OCTETS
      ? null
      : parseOptions(bytes, start + TCP_HEADER_OCTETS, start + headerLength, list);
  return {
    layer: 'tcp',
    at: start,
    headerLength,
    sourcePort: read16(bytes, start),
    destinationPort: read16(bytes, start + 2),
    sequence: read32(bytes, start + 4),
    acknowledgment: read32(bytes, start + 8),
    flags: bytes[start + 13] ?? 0,
    window: read16(bytes, start + 14),
    checksum: read16(bytes, start + 16),
    urgentPointer: read16(bytes, start + 18),
    options: list.length === 0 ? NO_OPTIONS : list,
    optionsProblem,
  };
}

function parseOptions(bytes: Uint8Array, start: number, end: number, into: TcpOption[]): PacketProblem | null {
  let at = start;
  while (at < end) {
    const number = bytes[at] ?? 0;
    if (number === TCP_OPTION_NUMBERS.end) {
      into.push(END);
      return null;
    }
    if (number === TCP_OPTION_NUMBERS.nop) {
      into.push(NOP);
      at += 1;
      continue;
    }
    const length = at + 1 < end ? (bytes[at + 1] ?? 0) : 0;
    if (length < 2 || at + length > end)
      return malformed('tcp', at, `option ${number} has length ${length}; ${end - at} octets of options are left`);
    into.push(readOption(bytes, at, number, length));
    at += length;
  }
  return null;
}

/** One option of `length` octets, kind and length included, all of them there. */
function readOption(bytes: Uint8Array, at: number, number: number, length: number): TcpOption {
  if (number === TCP_OPTION_NUMBERS.timestamps && length === 10)
    return { kind: 'timestamps', value: read32(bytes, at + 2), echo: read32(bytes, at + 6) };
  if (number === TCP_OPTION_NUMBERS.mss && length === 4) return { kind: 'mss', octets: read16(bytes, at + 2) };
  if (number === TCP_OPTION_NUMBERS['window-scale'] && length === 3)
    return { kind: 'window-scale', shift: bytes[at + 2] ?? 0 };
  if (number === TCP_OPTION_NUMBERS['sack-permitted'] && length === 2) return SACK_PERMITTED;
  if (number === TCP_OPTION_NUMBERS.sack && length > 2 && length % 8 === 2) return readSack(bytes, at, length);
  return { kind: 'unknown', number, data: bytes.slice(at + 2, at + length) };
}

function readSack(bytes: Uint8Array, at: number, length: number): TcpOption {
  const blocks: SackBlock[] = [];
  for (let from = at + 2; from < at + length; from += 8)
    blocks.push({ left: read32(bytes, from), right: read32(bytes, from + 4) });
  return { kind: 'sack', blocks };
}

/** Octets of an option on the wire. */
export function optionLength(option: TcpOption): number {
  switch (option.kind) {
    case 'end':
    case 'nop':
      return 1;
    case 'mss':
      return 4;
    case 'window-scale':
      return 3;
    case 'sack-permitted':
      return 2;
    case 'sack':
      return 2 + 8 * option.blocks.length;
    case 'timestamps':
      return 10;
    case 'unknown':
      return 2 + option.data.length;
  }
}

/** Octets of a header with these options, padded to a multiple of four. */
export function tcpHeaderLength(options: readonly TcpOption[]): number {
  let octets = TCP_HEADER_OCTETS;
  for (const option of options) octets += optionLength(option);
  return (octets + 3) & ~3;
}

/** Source and destination of the IP header around it, for the checksum. */
export interface SegmentEnds {
  readonly source: string;
  readonly destination: string;
}

/**
 * The segment on the wire, its checksum right. Options that do not fill four octets are padded with zeros (end of
 * options). Throws a RangeError when the options need more than the 40 octets that a header has for them.
 */
export function serializeTcp(header: TcpHeader, payload: Uint8Array, ends: SegmentEnds): Uint8Array {
  const headerLength = tcpHeaderLength(header.options);
  if (headerLength > MAX_TCP_HEADER_OCTETS)
    throw new RangeError(`a TCP header has at most ${MAX_TCP_HEADER_OCTETS} octets, not ${headerLength}`);
  const bytes = new Uint8Array(headerLength + payload.length);
  bytes.set(payload, headerLength);
  const pseudo = pseudoHeaderSum(ends.source, ends.destination, TCP_PROTOCOL, bytes.length);
  writeTcp(bytes, 0, header, headerLength, pseudo);
  return bytes;
}

/**
 * Writes a header of `headerLength` octets (see `tcpHeaderLength`) before its payload, which is there already: the segment
 * is `bytes` from `at` to its end, zero where the header will be. `pseudo` is the sum of the pseudo-header.
 */
export function writeTcp(bytes: Uint8Array, at: number, header: TcpHeader, headerLength: number, pseudo: number): void {
  write16(bytes, at, header.sourcePort);
  write16(bytes, at + 2, header.destinationPort);
  write32(bytes, at + 4, header.sequence);
  write32(bytes, at + 8, header.acknowledgment);
  bytes[at + 12] = (headerLength / 4) << 4;
  bytes[at + 13] = header.flags;
  write16(bytes, at + 14, header.window);
  write16(bytes, at + 18, header.urgentPointer);
  let to = at + TCP_HEADER_OCTETS;
  for (const option of header.options) to = writeOption(bytes, to, option);
  write16(bytes, at + 16, finish(sumOctets(bytes, at, bytes.length, pseudo)));
}

function writeOption(bytes: Uint8Array, at: number, option: TcpOption): number {
  const length = optionLength(option);
  bytes[at] = option.kind === 'unknown' ? option.number : TCP_OPTION_NUMBERS[option.kind];
  if (length > 1) bytes[at + 1] = length;
  if (option.kind === 'mss') write16(bytes, at + 2, option.octets);
  else if (option.kind === 'window-scale') bytes[at + 2] = option.shift;
  else if (option.kind === 'timestamps') {
    write32(bytes, at + 2, option.value);
    write32(bytes, at + 6, option.echo);
  } else if (option.kind === 'sack') {
    for (const [index, { left, right }] of option.blocks.entries()) {
      write32(bytes, at + 2 + 8 * index, left);
      write32(bytes, at + 6 + 8 * index, right);
    }
  } else if (option.kind === 'unknown') bytes.set(option.data, at + 2);
  return at + length;
}
