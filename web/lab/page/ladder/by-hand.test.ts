import { describe, expect, it } from 'vitest';
import type { PacketRecord } from '../../net/packet-record.ts';
import { record, segment } from '../testing/packets.ts';
import { flyingBehind, flyingCopy } from './flying.ts';
import { grabIntent } from './grab-intent.ts';
import { columnsFor } from './ladder-geometry.ts';
import type { ArrowShape } from './ladder-scene.ts';

const flying = [{ at: 40_000, damaged: null, done: false, discarded: null }];
const packet = (id: number, from: 'a' | 'b', part: Partial<PacketRecord> = {}) =>
  record({ id, from, bytes: segment(from, 'ack'), ...part });

describe('a packet in flight', () => {
  it('is found by the copy that has not arrived', () => {
    const [done] = packet(0, 'a').arrivals;
    const half = packet(0, 'a', { arrivals: done ? [done, ...flying] : [] });
    expect(flyingCopy(half)).toEqual({ packet: 0, copy: 1 });
    expect([flyingCopy(packet(0, 'a')), flyingCopy(undefined)]).toEqual([null, null]);
  });

  it('changes places with the next one behind it, else with the one before', () => {
    const packets = [
      packet(0, 'a', { arrivals: flying }),
      packet(1, 'b', { arrivals: flying }),
      packet(2, 'a'),
      packet(3, 'a', { arrivals: flying }),
    ];
    expect(flyingBehind(packets, { packet: 0, copy: 0 })).toEqual({ packet: 3, copy: 0 });
    expect(flyingBehind(packets, { packet: 3, copy: 0 })).toEqual({ packet: 0, copy: 0 });
    expect(flyingBehind(packets, { packet: 1, copy: 0 })).toBeNull();
  });
});

describe('letting go of a grabbed packet', () => {
  const columns = columnsFor(1_000);
  const middle = (columns.a + columns.b) / 2;
  const arrow = (id: number, from: 'a' | 'b', x1: number, y1: number): ArrowShape => ({
    packet: id,
    copy: 0,
    from,
    x0: from === 'a' ? columns.a : columns.b,
    y0: y1 - 40,
    x1,
    y1,
    end: 'flying',
    cause: null,
    again: false,
    duplicate: false,
    damaged: false,
    overtaken: false,
    ignored: false,
    dim: false,
    selected: false,
    label: null,
  });
  const grabbed = arrow(5, 'a', middle, 200);
  const others = [grabbed, arrow(6, 'a', middle - 80, 260), arrow(7, 'b', middle + 80, 320)];
  const start = { x: middle, y: 200 };
  const intent = (x: number, y: number) =>
    grabIntent(grabbed, start, { x, y }, { arrows: others, columns, pxPerMs: 2 });

  it('means nothing where it was grabbed, or above', () => {
    expect([intent(middle + 3, 203), intent(middle, 150)]).toEqual([null, null]);
  });

  it('drops it beside the wire', () => {
    expect(intent(columns.b + 20, 210)).toEqual({ deed: 'drop', packet: 5, copy: 0 });
    expect(intent(columns.a - 20, 210)).toEqual({ deed: 'drop', packet: 5, copy: 0 });
  });

  it('delays it by as much time as it was pulled down', () => {
    expect(intent(middle + 20, 300)).toEqual({ deed: 'delay', packet: 5, copy: 0, byUs: 50_000 });
  });

  it('swaps it with another one that flies the same way', () => {
    expect(intent(middle - 80, 262)).toEqual({ deed: 'swap', packet: 5, copy: 0, withPacket: 6, withCopy: 0 });
    expect(intent(middle + 80, 322)).toMatchObject({ deed: 'delay' });
  });
});
