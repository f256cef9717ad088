import { readFile as load } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Exercise } from '#lessons/schema.ts';
import { LESSONS } from '#lessons/testing/lessons.ts';
import { inRepository } from '../../../tools/run/repository.js';
import { PacketFile } from '../../packets/file/packet-file.ts';
import { readFile } from '../../packets/file/read-file.ts';
import { flowRows } from '../../packets/packet-rows.ts';
import { packetLine, packetMeant, shuffled, type TracePacket, tracePackets } from './trace-packets.ts';

async function packetsOf(trace: string): Promise<readonly TracePacket[]> {
  const bytes = await load(inRepository('web', 'public', 'traces', `${trace}.pcapng`));
  const read = await readFile(new Blob([bytes]), () => {});
  const flow = read.ok ? new PacketFile(trace, bytes.length, read.columns).flowAt(0) : null;
  return tracePackets(flow ? flowRows(flow.flow, flow.packets, []).filter((row) => row.type === 'packet') : []);
}

const exercises = LESSONS.flatMap((lesson) => lesson.exercises ?? []);
const find = (id: string): Exercise => {
  const found = exercises.find((each) => each.id === id);
  if (!found) throw new Error(`no exercise ${id}`);
  return found;
};

describe('the exercises of the lessons', () => {
  it.each(exercises.map((each) => [each.id, each] as const))(
    '%s has its packets in its capture',
    async (_id, exercise) => {
      const packets = await packetsOf(exercise.trace);
      const wanted = exercise.kind === 'order' ? exercise.packets : [exercise.packet];
      const meant = wanted.map((each) => packetMeant(packets, each)?.number);
      expect(meant.every((number) => number !== undefined)).toBe(true);
      expect(new Set(meant).size).toBe(wanted.length);
      // In the lesson they are written in the order in which they were captured.
      expect(meant).toEqual([...meant].sort((a, b) => (a ?? 0) - (b ?? 0)));
    },
  );

  it('are answered by the capture: the SYN and the FIN use up a number each', async () => {
    const [phantom, farewell] = [find('phantom'), find('ack-of-fin')];
    if (phantom.kind !== 'blank' || farewell.kind !== 'blank') throw new Error('not a blank');
    expect(packetMeant(await packetsOf(phantom.trace), phantom.packet)?.ack).toBe(1);
    expect(packetMeant(await packetsOf(farewell.trace), farewell.packet)?.ack).toBe(10);
  });
});

describe('a packet in one line', () => {
  const packet: TracePacket = { number: 1, from: 'client', flags: ['PSH', 'ACK'], seq: 1, ack: 1, len: 6 };

  it('leaves the number out that is asked for, and no other', () => {
    expect(packetLine(packet)).toBe('PSH, ACK  seq=1  ack=1  len=6');
    expect(packetLine(packet, 'ack')).toBe('PSH, ACK  seq=1  ack=…  len=6');
    expect(packetLine({ ...packet, ack: null, len: 0 }, 'len')).toBe('PSH, ACK  seq=1  len=…');
  });

  it('is shuffled alike for everybody, and never left in its order', () => {
    const items = ['a', 'b', 'c', 'd', 'e'];
    for (const seed of ['in-order', 'four-packets', 'x', 'y', 'z']) {
      expect(shuffled(items, seed)).not.toEqual(items);
      expect([...shuffled(items, seed)].sort()).toEqual(items);
      expect(shuffled(items, seed)).toEqual(shuffled(items, seed));
    }
    expect(shuffled(['a', 'b'], 'any')).toEqual(['b', 'a']);
  });
});
