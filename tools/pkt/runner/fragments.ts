/** Puts the fragments of a host together, so that a script sees a datagram as it was sent: RFC 791 §3.2. */
import { parseIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { isProblem } from '#packets/octets.ts';
import type { OutgoingPacket } from '../../../web/lab/stack/stack.ts';

/** Datagrams that may be under way at once; of more the oldest is given up. */
const MAX_OPEN = 64;

/** What came of one datagram, by where it belongs. */
type Pieces = Map<number, { readonly bytes: Uint8Array; readonly isLast: boolean }>;

/** Takes packets one after the other. */
export class FragmentJoiner {
  readonly #open = new Map<string, Pieces>();

  /** The packet, whole; `null`: more fragments have to come. */
  add(packet: OutgoingPacket): OutgoingPacket | null {
    const { bytes } = packet;
    const ip = parseIpv4(bytes, 0, bytes.length);
    if (isProblem(ip) || (!ip.moreFragments && ip.fragmentOffset === 0)) return packet;
    const key = `${ip.destination} ${ip.protocol} ${ip.identification}`;
    const pieces: Pieces = this.#open.get(key) ?? new Map();
    pieces.set(ip.fragmentOffset, { bytes: bytes.subarray(ip.headerLength), isLast: !ip.moreFragments });
    this.#open.set(key, pieces);
    if (this.#open.size > MAX_OPEN) this.#open.delete(this.#open.keys().next().value ?? key);
    const payload = joined(pieces);
    if (payload === null) return null;
    this.#open.delete(key);
    return { ...packet, bytes: serializeIpv4({ ...ip, moreFragments: false, fragmentOffset: 0 }, payload) };
  }
}

/** The octets in order, when none is missing. */
function joined(pieces: Pieces): Uint8Array | null {
  const parts: Uint8Array[] = [];
  let at = 0;
  for (let piece = pieces.get(at); piece; piece = pieces.get(at)) {
    parts.push(piece.bytes);
    at += piece.bytes.length;
    if (piece.isLast) return Buffer.concat(parts);
  }
  return null;
}
