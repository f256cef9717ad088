/** Whether the checksums of a packet are right, and when that can't be said. */
import { finish, fold, pseudoHeaderSum, sumOctets } from './checksum.ts';
import type { Field } from './field.ts';
import { ICMPV6_PROTOCOL } from './icmp.ts';
import type { Packet } from './packet.ts';
import { TCP_PROTOCOL } from './tcp.ts';
import { UDP_PROTOCOL } from './udp.ts';

/**
 * - `good`, `bad`: computed and compared;
 * - `partial`: it holds the sum of the pseudo-header only. The sender leaves the rest to the network interface, and a
 *   loopback has none: no error, the packet never was on a wire (Linux: CHECKSUM_PARTIAL);
 * - `not-computed`: UDP over IPv4 may go without (RFC 768);
 * - `unverifiable`: octets are missing, because the packet is a fragment or the capture was cut short.
 */
export type ChecksumVerdict = 'good' | 'bad' | 'partial' | 'not-computed' | 'unverifiable';

/** The verdict on one checksum. */
export interface CheckedSum {
  /** Name of the field: `ip.checksum`, `tcp.checksum` … */
  readonly field: string;
  readonly verdict: ChecksumVerdict;
  /** The checksum that the packet carries, and the one that would be right; `null` where it can't be known. */
  readonly carried: number;
  readonly expected: number | null;
}

/** The verdict on the checksum that `field` is; `undefined`: it is none, or one that is only quoted. */
export function verdictOn({ name, quoted }: Field, sums: readonly CheckedSum[]): CheckedSum | undefined {
  return quoted ? undefined : sums.find((sum) => sum.field === name);
}

/** The verdicts on every checksum of a packet, from the outside in. Quoted packets are not looked at: they are cut. */
export function verifyChecksums(bytes: Uint8Array, packet: Packet): CheckedSum[] {
  const { ip } = packet;
  if (!ip) return [];
  const transport = transportSum(bytes, packet);
  const sums = transport ? [transport] : [];
  if (ip.layer === 'ipv6') return sums;
  // Zero in place of the checksum: the interface would have filled it in.
  const sum = sumOctets(bytes, ip.at, ip.at + ip.headerLength) - ip.checksum;
  const expected = finish(sum);
  const verdict = expected === ip.checksum ? 'good' : ip.checksum === 0 ? 'partial' : 'bad';
  return [{ field: 'ip.checksum', verdict, carried: ip.checksum, expected }, ...sums];
}

const PROTOCOLS = { tcp: TCP_PROTOCOL, udp: UDP_PROTOCOL, icmpv6: ICMPV6_PROTOCOL } as const;

function transportSum(bytes: Uint8Array, { ip, transport, payload, payloadLength }: Packet): CheckedSum | null {
  if (!ip || !transport) return null;
  const { layer, at, checksum: carried } = transport;
  const field = `${layer}.checksum`;
  if (layer === 'udp' && carried === 0 && ip.layer === 'ipv4')
    return { field, verdict: 'not-computed', carried, expected: null };
  const isWhole = !ip.moreFragments && payload.end - payload.start === payloadLength;
  if (!isWhole) return { field, verdict: 'unverifiable', carried, expected: null };
  const length = payload.end - at;
  const pseudo = layer === 'icmp' ? 0 : pseudoHeaderSum(ip.source, ip.destination, PROTOCOLS[layer], length);
  const computed = finish(sumOctets(bytes, at, payload.end, pseudo) - carried);
  const expected = layer === 'udp' && computed === 0 ? 0xffff : computed;
  if (expected === carried) return { field, verdict: 'good', carried, expected };
  const isPartial = layer !== 'icmp' && carried === fold(pseudo);
  return { field, verdict: isPartial ? 'partial' : 'bad', carried, expected };
}
