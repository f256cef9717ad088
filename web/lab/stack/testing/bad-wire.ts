/** A wire that loses, delays, doubles and damages packets, and whose path may carry less than its ends think. */
import { serializeIcmp } from '#packets/icmp.ts';
import { plainIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { parseIpPacket } from '#packets/packet.ts';
import { fragment } from '../fragment.ts';
import type { Chance } from './random.ts';
import type { SoakSettings } from './soak-settings.ts';
import type { Fate, Sent, TwoHosts } from './two-hosts.ts';

/** Each packet's fate is drawn from `chance`, so that a seed tells all of it. */
export class BadWire {
  /** Packets that came to nothing so far. */
  lost = 0;
  readonly #chance: Chance;
  readonly #settings: SoakSettings;

  constructor(chance: Chance, settings: SoakSettings) {
    this.#chance = chance;
    this.#settings = settings;
  }

  /** What becomes of a packet between `two`. */
  carry(sent: Sent, two: TwoHosts): ReturnType<Fate> {
    const { bytes } = sent.packet;
    const { pathMtu, delayUs } = this.#settings;
    if (bytes.length <= pathMtu) return this.#travel(bytes);
    if (((bytes[6] ?? 0) & 0x40) === 0) {
      // Two bits turned over in two pieces of a segment can leave its checksum right: pieces are not damaged.
      return fragment(bytes, pathMtu).flatMap((piece) => this.#travel(piece, 0));
    }
    // A router on the way says that it is too long, and drops it (RFC 1191 §4).
    two.later(delayUs, () => two.deliver(sent.from, tooLong(bytes, pathMtu)));
    return [];
  }

  #travel(packet: Uint8Array, corrupt = this.#settings.corrupt): { afterUs: number; bytes: Uint8Array }[] {
    const { loss, reorder, duplicate, delayUs, jitterUs } = this.#settings;
    const chance = this.#chance;
    if (chance.happens(loss)) {
      this.lost += 1;
      return [];
    }
    const copy = () => {
      const late = chance.happens(reorder) ? chance.below(3 * delayUs) : 0;
      const afterUs = delayUs + chance.below(jitterUs + 1) + late;
      if (!chance.happens(corrupt)) return { afterUs, bytes: packet };
      const bytes = packet.slice();
      const at = chance.below(bytes.length);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << chance.below(8));
      return { afterUs, bytes };
    };
    return chance.happens(duplicate) ? [copy(), copy()] : [copy()];
  }
}

/** "Fragmentation needed", from a router. */
function tooLong(packet: Uint8Array, mtu: number): Uint8Array {
  const quote = packet.subarray(0, 28);
  const body = Uint8Array.of(0, 0, mtu >> 8, mtu & 0xff, ...quote);
  const destination = parseIpPacket(packet).ip?.source ?? '';
  const header = plainIpv4({ source: '10.0.0.254', destination, protocol: 1 });
  return serializeIpv4(header, serializeIcmp({ type: 3, code: 4, body }));
}
