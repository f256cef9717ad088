/** A TCP segment that came in: RFC 9293 §3.1, with what the stack reads of its options (§3.2, RFC 7323, RFC 2018). */
import { internetChecksum, ipv4PseudoHeaderSum } from '#packets/checksum.ts';
import { isProblem } from '#packets/octets.ts';
import { parseTcp, type SackBlock, TCP_FLAGS, TCP_PROTOCOL, type TcpOption } from '#packets/tcp.ts';
import type { IncomingIp } from '../ip.ts';

/** The names are those of RFC 9293 §3.3.1: SEG.SEQ, SEG.ACK, SEG.WND. */
export interface Segment {
  readonly peerAddress: number;
  readonly peerPort: number;
  readonly localPort: number;
  readonly seq: number;
  readonly ack: number;
  /** Sum of TCP_FLAGS. */
  readonly flags: number;
  /** As it is on the wire, not scaled. */
  readonly window: number;
  /** Octets of the packet that carried it: nobody writes to them. */
  readonly payload: Uint8Array;
  /** Options that only a SYN carries; `null` where there is none. */
  readonly mss: number | null;
  readonly windowScale: number | null;
  readonly sackPermitted: boolean;
  readonly sacks: readonly SackBlock[];
  /** TSval and TSecr; `null` without the option. */
  readonly timestamps: { readonly value: number; readonly echo: number } | null;
}

/** Whether a segment has one of these control bits. */
export function has(segment: Segment, flags: number): boolean {
  return (segment.flags & flags) !== 0;
}

/** SEG.LEN: octets of sequence space that it takes, SYN and FIN included. RFC 9293 §3.3.1. */
export function sequenceLength(segment: Segment): number {
  return segment.payload.length + (has(segment, TCP_FLAGS.syn) ? 1 : 0) + (has(segment, TCP_FLAGS.fin) ? 1 : 0);
}

/** Reads the segment in an IP packet, or answers why it is none: `checksum`, `malformed`. */
export function readSegment({ ip, bytes, start, end }: IncomingIp): Segment | string {
  const pseudo = ipv4PseudoHeaderSum(ip.source, ip.destination, TCP_PROTOCOL, end - start);
  const tcp = parseTcp(bytes, start, end);
  if (isProblem(tcp)) return 'malformed';
  // RFC 9293 §3.1: the checksum covers the whole segment; a damaged one is dropped without a word.
  if (internetChecksum(bytes, start, end, pseudo) !== 0) return 'checksum';
  // RFC 9293 §3.2, MUST-7: an option with an impossible length must not crash anything.
  if (tcp.optionsProblem !== null) return 'malformed';
  return {
    peerAddress: ip.source,
    peerPort: tcp.sourcePort,
    localPort: tcp.destinationPort,
    seq: tcp.sequence,
    ack: tcp.acknowledgment,
    flags: tcp.flags,
    window: tcp.window,
    payload: bytes.subarray(start + tcp.headerLength, end),
    ...readOptions(tcp.options),
  };
}

type OptionValues = Pick<Segment, 'mss' | 'windowScale' | 'sackPermitted' | 'sacks' | 'timestamps'>;

const NO_SACKS: readonly SackBlock[] = [];
const NO_OPTIONS: OptionValues = {
  mss: null,
  windowScale: null,
  sackPermitted: false,
  sacks: NO_SACKS,
  timestamps: null,
};

function readOptions(options: readonly TcpOption[]): OptionValues {
  if (options.length === 0) return NO_OPTIONS;
  let { mss, windowScale, sackPermitted, sacks, timestamps } = NO_OPTIONS;
  for (const option of options) {
    if (option.kind === 'timestamps') timestamps = option;
    else if (option.kind === 'sack') sacks = option.blocks;
    else if (option.kind === 'mss') mss = option.octets;
    else if (option.kind === 'window-scale') windowScale = option.shift;
    else if (option.kind === 'sack-permitted') sackPermitted = true;
  }
  return { mss, windowScale, sackPermitted, sacks, timestamps };
}
