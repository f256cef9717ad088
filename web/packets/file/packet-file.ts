import { parsePacket } from '#packets/packet.ts';
import type { HeldPacket } from '../../session/packet-log.ts';
import { type Flow, flowOf } from '../packet-ends.ts';
import type { PacketColumns } from './packet-columns.ts';

/** Packets read and kept ready: those in view, and some more. */
const MAX_READY = 2_000;

/** Packets of one flow that are shown. */
const MAX_FLOW_PACKETS = 50_000;

/** An opened capture file. A packet is read when it is asked for. */
export class PacketFile {
  readonly name: string;
  readonly size: number;
  readonly columns: PacketColumns;
  readonly #ready = new Map<number, HeldPacket>();

  constructor(name: string, size: number, columns: PacketColumns) {
    this.name = name;
    this.size = size;
    this.columns = columns;
  }

  get count(): number {
    return this.columns.count;
  }

  /** The packet at an index from 0. The same object while it is ready. */
  readonly packetAt = (index: number): HeldPacket | undefined => {
    if (index < 0 || index >= this.count) return undefined;
    const ready = this.#ready.get(index);
    if (ready) return ready;
    const read = this.#read(index);
    if (this.#ready.size >= MAX_READY) this.#ready.clear();
    this.#ready.set(index, read);
    return read;
  };

  /** The packets of the flow that a packet belongs to, and its ends; `null` when it has no ports. */
  flowAt(index: number): { readonly flow: Flow; readonly packets: readonly HeldPacket[] } | null {
    const { flow: flows, count } = this.columns;
    const wanted = flows[index] ?? 0;
    if (wanted === 0) return null;
    const packets: HeldPacket[] = [];
    for (let at = 0; at < count && packets.length < MAX_FLOW_PACKETS; at += 1)
      if (flows[at] === wanted) packets.push(this.#read(at));
    const first = packets.find(({ packet }) => packet.quoted === null)?.packet ?? packets[0]?.packet.quoted;
    const flow = first ? flowOf(first) : null;
    return flow && { flow, packets };
  }

  #read(index: number): HeldPacket {
    const { slabs, slab, offset, length, seconds, nanoseconds, originalLength, linkType, interfaces, comments } =
      this.columns;
    const at = offset[index] ?? 0;
    const bytes = slabs[slab[index] ?? 0]?.subarray(at, at + (length[index] ?? 0)) ?? new Uint8Array(0);
    const type = linkType[index] ?? 0;
    const since = (seconds[index] ?? 0) - (seconds[0] ?? 0);
    return {
      number: index + 1,
      seconds: seconds[index] ?? 0,
      nanoseconds: nanoseconds[index] ?? 0,
      timeUs: since * 1e6 + ((nanoseconds[index] ?? 0) - (nanoseconds[0] ?? 0)) / 1_000,
      interface: interfaces[this.columns.interface[index] ?? 0]?.name ?? '',
      linkType: type,
      bytes,
      originalLength: originalLength[index] ?? 0,
      comment: comments.get(index) ?? null,
      packet: parsePacket(bytes, type),
    };
  }
}
