/** Packets of a bundled capture as an exercise needs them. Pure; every answer is looked up in the capture. */
import type { PacketWanted } from '#lessons/schema.ts';
import type { PacketRow } from '../../packets/packet-rows.ts';
import { flagNames } from '../../packets/packet-words.ts';

/** One packet, as far as an exercise speaks of it; numbers are counted from the beginning of the connection. */
export interface TracePacket {
  readonly number: number;
  readonly from: 'client' | 'server';
  /** `SYN`, `ACK` … */
  readonly flags: readonly string[];
  readonly seq: number;
  /** `null` without ACK. */
  readonly ack: number | null;
  readonly len: number;
}

/** The packets of a flow; those that belong to no end (ICMP) are left out. */
export function tracePackets(rows: readonly PacketRow[]): TracePacket[] {
  return rows.flatMap(({ packet, place, followed }) => {
    const { transport } = packet.packet;
    if (transport?.layer !== 'tcp' || !followed || place === 'about') return [];
    const common = { number: packet.number, from: place === 'to-server' ? ('client' as const) : ('server' as const) };
    return {
      ...common,
      flags: flagNames(transport.flags),
      seq: followed.relativeSequence ?? 0,
      ack: followed.relativeAcknowledgment,
      len: followed.length,
    };
  });
}

/** The packet that is meant, or `undefined` when the capture has none: then the exercise can't be shown. */
export function packetMeant(packets: readonly TracePacket[], wanted: PacketWanted): TracePacket | undefined {
  return packets.filter((packet) => fits(packet, wanted))[(wanted.nth ?? 1) - 1];
}

function fits({ flags, from, len }: TracePacket, wanted: PacketWanted): boolean {
  const has = wanted.flags.every((flag) => flags.includes(flag.toUpperCase()));
  const only = !wanted.only || flags.length === wanted.flags.length;
  const fromThere = wanted.from === undefined || wanted.from === from;
  return has && only && fromThere && (wanted.carries === undefined || wanted.carries === len > 0);
}

/** A packet in one line, in the field's abbreviations; a number that is left out is `…`. */
export function packetLine(
  { flags, seq, ack, len }: TracePacket,
  without: 'seq' | 'ack' | 'len' | null = null,
): string {
  const part = (name: 'seq' | 'ack' | 'len', value: number): string => `${name}=${without === name ? '…' : value}`;
  return [
    flags.join(', '),
    part('seq', seq),
    ...(ack === null ? [] : [part('ack', ack)]),
    ...(len > 0 || without === 'len' ? [part('len', len)] : []),
  ].join('  ');
}

/** The same packets in an order that is not theirs: the same one for the same exercise. */
export function shuffled<T>(items: readonly T[], seed: string): T[] {
  let state = [...seed].reduce((sum, char) => (Math.imul(sum, 31) + char.charCodeAt(0)) >>> 0, 7);
  const order = [...items];
  for (let at = order.length - 1; at > 0; at -= 1) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    const other = Math.floor((state / 2 ** 32) * (at + 1));
    const [a, b] = [order[at], order[other]];
    if (a !== undefined && b !== undefined) [order[at], order[other]] = [b, a];
  }
  const isUnchanged = order.every((item, at) => item === items[at]);
  return isUnchanged ? [...order.slice(1), ...order.slice(0, 1)] : order;
}
