/** Putting fragments together again: RFC 815; how long to wait, and what to say then: RFC 1122 §3.3.2. */
import { IPV4_HEADER_OCTETS, writeIpv4 } from '#packets/ipv4.ts';
import { emptyPacket, type IncomingIp } from './ip.ts';
import { SECOND_US } from './time.ts';
import type { Turn } from './turn.ts';

/** Datagrams that a host puts together at the same time; the oldest makes room for a further one. */
export const MAX_REASSEMBLIES = 64;
/** RFC 1122 §3.3.2: between 60 and 120 seconds. */
const REASSEMBLY_TIMEOUT_US = 60 * SECOND_US;

/** A datagram some fragments of which have come. Replaced, never written. */
export interface Reassembly {
  readonly deadline: number;
  /** Octets of the datagram's payload that are missing; the last hole has no end until the last fragment has come. */
  readonly holes: readonly Hole[];
  readonly parts: readonly Part[];
  /** Packet with the first octets, which an ICMP error must quote; `null` as long as it is missing. */
  readonly first: Uint8Array | null;
}

/** From `first` to `last`, both missing. RFC 815 §3. */
interface Hole {
  readonly first: number;
  readonly last: number;
}

interface Part {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

const NEW = [{ first: 0, last: Number.POSITIVE_INFINITY }];

/** Takes a fragment. Answers the whole packet when it was the last that was missing; `null` otherwise. */
export function reassemble(turn: Turn, incoming: IncomingIp): Uint8Array | null {
  const { ip, bytes, start, end } = incoming;
  const { reassemblies } = turn.host;
  // RFC 791 §3.2: fragments of one datagram agree in these four.
  const key = `${ip.source} ${ip.protocol} ${ip.identification}`;
  const before = reassemblies.get(key) ?? {
    deadline: turn.now + REASSEMBLY_TIMEOUT_US,
    holes: NEW,
    parts: [],
    first: null,
  };
  const last = ip.fragmentOffset + (end - start) - 1;
  // RFC 791 §3.2: all but the last are a multiple of eight octets; nothing lies beyond the longest datagram.
  if (last + IPV4_HEADER_OCTETS >= 0xffff || (ip.moreFragments && (end - start) % 8 !== 0) || end === start) {
    turn.discard('fragment');
    return null;
  }
  const holes = fill(before.holes, ip.fragmentOffset, last, ip.moreFragments);
  if (holes === null) {
    turn.discard('fragment-overlaps');
    return null;
  }
  const after: Reassembly = {
    deadline: before.deadline,
    holes,
    parts: [...before.parts, { offset: ip.fragmentOffset, bytes: bytes.subarray(start, end) }],
    first: ip.fragmentOffset === 0 ? bytes : before.first,
  };
  reassemblies.delete(key);
  if (holes.length === 0) return whole(incoming, after);
  makeRoom(reassemblies);
  reassemblies.set(key, after);
  return null;
}

/** RFC 815 §3: the holes that are left; `null` when the fragment fills none of them. */
function fill(holes: readonly Hole[], first: number, last: number, moreFragments: boolean): Hole[] | null {
  const left: Hole[] = [];
  let filled = false;
  for (const hole of holes) {
    if (first > hole.last || last < hole.first) {
      left.push(hole);
      continue;
    }
    filled = true;
    if (first > hole.first) left.push({ first: hole.first, last: first - 1 });
    if (last < hole.last && moreFragments) left.push({ first: last + 1, last: hole.last });
  }
  return filled ? left : null;
}

/** The packet without its options: nothing at this host reads them. */
function whole({ ip }: IncomingIp, { parts }: Reassembly): Uint8Array {
  let length = 0;
  for (const { offset, bytes } of parts) length = Math.max(length, offset + bytes.length);
  const packet = emptyPacket(length);
  for (const { offset, bytes } of parts) packet.set(bytes, IPV4_HEADER_OCTETS + offset);
  writeIpv4(packet, ip);
  return packet;
}

/** A map keeps its keys in the order in which they were set. */
function makeRoom(reassemblies: Map<string, Reassembly>): void {
  for (const key of reassemblies.keys()) {
    if (reassemblies.size < MAX_REASSEMBLIES) return;
    reassemblies.delete(key);
  }
}

/** Gives up what waits for too long. Answers the first fragments of those, whose senders are to be told. */
export function expireReassemblies(turn: Turn): readonly Uint8Array[] {
  const expired: Uint8Array[] = [];
  for (const [key, { deadline, first }] of turn.host.reassemblies) {
    if (deadline > turn.now) continue;
    turn.host.reassemblies.delete(key);
    if (first !== null) expired.push(first);
  }
  return expired;
}
