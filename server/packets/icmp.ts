/** ICMP messages: RFC 792; ICMPv6: RFC 4443. */
import { finish, internetChecksum, pseudoHeaderSum, sumOctets } from './checksum.ts';
import { type PacketProblem, read16, truncated, write16 } from './octets.ts';
import type { SegmentEnds } from './tcp.ts';

/** Protocol numbers (IANA). */
export const ICMP_PROTOCOL = 1;
export const ICMPV6_PROTOCOL = 58;

/** Type, code, checksum, and the four octets whose meaning the type decides. */
export const ICMP_HEADER_OCTETS = 8;

/** Types of RFC 792. */
export const ICMP_TYPES = {
  echoReply: 0,
  unreachable: 3,
  sourceQuench: 4,
  redirect: 5,
  echo: 8,
  timeExceeded: 11,
  parameterProblem: 12,
} as const;

/** Types of RFC 4443 §2.1. */
export const ICMPV6_TYPES = {
  unreachable: 1,
  packetTooBig: 2,
  timeExceeded: 3,
  parameterProblem: 4,
  echo: 128,
  echoReply: 129,
} as const;

/** Codes of "destination unreachable" (RFC 792). */
export const UNREACHABLE_CODES = { net: 0, host: 1, protocol: 2, port: 3, fragmentationNeeded: 4 } as const;

/** An ICMP message's values. `body` is what follows the first four octets: 4 octets of "rest of header", then data. */
export interface IcmpHeader {
  readonly type: number;
  readonly code: number;
  readonly body: Uint8Array;
}

/** A message as it was read. */
export interface ParsedIcmp {
  readonly layer: 'icmp' | 'icmpv6';
  readonly at: number;
  readonly headerLength: number;
  readonly type: number;
  readonly code: number;
  readonly checksum: number;
  /** Whether what follows the header is the beginning of the packet that the error is about. */
  readonly isError: boolean;
  /** Of an echo or its reply; `null` otherwise. */
  readonly identifier: number | null;
  readonly sequence: number | null;
}

/** Reads the message that begins at `start`. */
export function parseIcmp(
  layer: 'icmp' | 'icmpv6',
  bytes: Uint8Array,
  start: number,
  end: number,
): ParsedIcmp | PacketProblem {
  if (end - start < ICMP_HEADER_OCTETS) return truncated(layer, start, ICMP_HEADER_OCTETS, end - start);
  const type = bytes[start] ?? 0;
  const isEcho = isEchoType(layer, type);
  return {
    layer,
    at: start,
    headerLength: ICMP_HEADER_OCTETS,
    type,
    code: bytes[start + 1] ?? 0,
    checksum: read16(bytes, start + 2),
    isError: isErrorType(layer, type),
    identifier: isEcho ? read16(bytes, start + 4) : null,
    sequence: isEcho ? read16(bytes, start + 6) : null,
  };
}

/** Whether messages of this type quote a packet. RFC 792; RFC 4443 §2.1: the high bit of the type is clear. */
export function isErrorType(layer: 'icmp' | 'icmpv6', type: number): boolean {
  if (layer === 'icmpv6') return type < 128 && type !== 0;
  return (
    type === ICMP_TYPES.unreachable ||
    type === ICMP_TYPES.sourceQuench ||
    type === ICMP_TYPES.redirect ||
    type === ICMP_TYPES.timeExceeded ||
    type === ICMP_TYPES.parameterProblem
  );
}

function isEchoType(layer: 'icmp' | 'icmpv6', type: number): boolean {
  return layer === 'icmp'
    ? type === ICMP_TYPES.echo || type === ICMP_TYPES.echoReply
    : type === ICMPV6_TYPES.echo || type === ICMPV6_TYPES.echoReply;
}

/** The message on the wire, its checksum right; `ends` makes it ICMPv6, whose checksum covers the addresses. */
export function serializeIcmp({ type, code, body }: IcmpHeader, ends?: SegmentEnds): Uint8Array {
  const bytes = new Uint8Array(4 + Math.max(4, body.length));
  bytes[0] = type;
  bytes[1] = code;
  bytes.set(body, 4);
  const checksum = ends
    ? finish(
        sumOctets(
          bytes,
          0,
          bytes.length,
          pseudoHeaderSum(ends.source, ends.destination, ICMPV6_PROTOCOL, bytes.length),
        ),
      )
    : internetChecksum(bytes, 0, bytes.length);
  write16(bytes, 2, checksum);
  return bytes;
}
