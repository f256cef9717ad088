/** What can be done by hand to a packet that is in flight. */
import type { PacketRecord } from '../../net/packet-record.ts';
import type { Deed } from '../../net/run-setup.ts';

/** A copy of a packet. */
export interface PacketCopy {
  readonly packet: number;
  readonly copy: number;
}

/** The copy of a packet that is in flight, the first one; `null`: none is. */
export function flyingCopy(record: PacketRecord | undefined): PacketCopy | null {
  const copy = record?.arrivals.findIndex(({ done }) => !done) ?? -1;
  return record && copy >= 0 ? { packet: record.id, copy } : null;
}

/** The next packet behind it in the same direction that is in flight, too; `null`: it flies alone. */
export function flyingBehind(packets: readonly PacketRecord[], { packet }: PacketCopy): PacketCopy | null {
  const from = packets[packet]?.from;
  const others = [...packets.slice(packet + 1), ...packets.slice(0, packet).reverse()];
  for (const other of others) {
    const found = other.from === from ? flyingCopy(other) : null;
    if (found) return found;
  }
  return null;
}

/** Two copies change places. */
export function swapDeed(one: PacketCopy, two: PacketCopy): Deed {
  return { deed: 'swap', ...one, withPacket: two.packet, withCopy: two.copy };
}
