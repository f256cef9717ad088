/** What is done by hand to the wire and to packets in flight. */
import type { Arrival, PacketRecord } from './packet-record.ts';
import type { RunRecord } from './record.ts';
import type { Deed } from './run-setup.ts';
import type { World } from './world.ts';

/** Why a deed cannot be done. */
export type DeedProblem = 'not-in-flight' | 'other-direction' | 'too-many';

/** `null`: it can be done. */
export function deedProblem(record: RunRecord, deed: Deed): DeedProblem | null {
  if (deed.deed === 'wire') return null;
  if (!flying(record, deed.packet, deed.copy)) return 'not-in-flight';
  if (deed.deed !== 'swap') return null;
  if (!flying(record, deed.withPacket, deed.withCopy)) return 'not-in-flight';
  return record.packets[deed.packet]?.from === record.packets[deed.withPacket]?.from ? null : 'other-direction';
}

/** Does it; a deed that cannot be done (from a link that somebody wrote) has no effect. */
export function applyDeed(world: World, record: RunRecord, deed: Deed): void {
  if (deedProblem(record, deed)) return;
  switch (deed.deed) {
    case 'wire':
      world.setWire(deed.from, deed.settings);
      return;
    case 'drop':
      drop(world, record, deed.packet, deed.copy);
      return;
    case 'delay': {
      const { at } = arrivalOf(record, deed.packet, deed.copy);
      move(world, deed.packet, deed.copy, at + deed.byUs);
      return;
    }
    case 'swap': {
      const first = arrivalOf(record, deed.packet, deed.copy).at;
      const second = arrivalOf(record, deed.withPacket, deed.withCopy).at;
      move(world, deed.packet, deed.copy, second);
      move(world, deed.withPacket, deed.withCopy, first);
      return;
    }
  }
}

function flying(record: RunRecord, packet: number, copy: number): boolean {
  const arrival = record.packets[packet]?.arrivals[copy];
  return arrival !== undefined && !arrival.done;
}

function arrivalOf(record: RunRecord, packet: number, copy: number): Arrival {
  const arrival = record.packets[packet]?.arrivals[copy];
  if (!arrival) throw new RangeError(`packet ${packet} has no copy ${copy}`);
  return arrival;
}

/** The only copy: the packet is lost. One of two: that copy never arrives. */
function drop({ moment, changeArrival }: World, record: RunRecord, id: number, copy: number): void {
  const packet: PacketRecord | undefined = record.packets[id];
  if (!packet) return;
  if (packet.arrivals.length > 1) {
    changeArrival(id, copy, { at: moment.now, done: true, discarded: 'hand' });
    return;
  }
  record.packets[id] = { ...packet, arrivals: [], lost: { at: moment.now, cause: 'hand' } };
  moment.agenda.add(moment.now, { item: 'loss', packet: id });
}

function move({ moment, changeArrival }: World, packet: number, copy: number, at: number): void {
  const when = Math.max(moment.now, at);
  changeArrival(packet, copy, { at: when });
  moment.agenda.add(when, { item: 'arrival', packet, copy });
}
