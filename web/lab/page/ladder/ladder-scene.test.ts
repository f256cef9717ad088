import { describe, expect, it } from 'vitest';
import { CLEAN_LINK } from '../../net/link-settings.ts';
import type { PacketRecord } from '../../net/packet-record.ts';
import { PacketBook } from '../packet-book.ts';
import { eventsOf, record, segment } from '../testing/packets.ts';
import { columnsFor } from './ladder-geometry.ts';
import { LadderLayout } from './ladder-layout.ts';
import { arrowAt, arrowsIn } from './ladder-scene.ts';

const columns = columnsFor(1_000);
const bytes = segment('a', 'ack', { length: 100 });
const wire = { a: CLEAN_LINK, b: CLEAN_LINK };

function scene(packets: readonly PacketRecord[], now: number, window: { top?: number; height?: number } = {}) {
  const book = new PacketBook();
  const layout = new LadderLayout({ pxPerMs: 2, spread: true });
  book.read(packets);
  layout.read(eventsOf(packets));
  const source = { packets, now, book, layout, wire, selected: null, flow: null };
  return { layout, arrows: arrowsIn(source, { top: 0, height: 10_000, columns, ...window }) };
}

describe('the scene of the ladder', () => {
  it('draws an arrow from the moment of sending to the moment of arrival', () => {
    const { arrows, layout } = scene([record({ id: 0, from: 'b', bytes: segment('b', 'ack') })], 50_000);
    expect(arrows).toMatchObject([
      { x0: columns.b, x1: columns.a, y0: layout.yAt(0), y1: layout.yAt(20_000), end: 'arrived', from: 'b' },
    ]);
  });

  it('draws what is in flight as far as it has come', () => {
    const flying = { at: 20_000, damaged: null, done: false, discarded: null };
    const { arrows } = scene([record({ id: 0, from: 'a', bytes, arrivals: [flying] })], 5_000);
    expect(arrows[0]).toMatchObject({ end: 'flying', x1: columns.a + (columns.b - columns.a) / 4 });
  });

  it('ends what is lost on its way, and what the queue refused at once', () => {
    const lost = (cause: 'dice' | 'queue', at: number) => ({ arrivals: [], lost: { at, cause } });
    const { arrows } = scene(
      [
        record({ id: 0, from: 'a', bytes, ...lost('dice', 10_000) }),
        record({ id: 1, from: 'a', bytes, ...lost('queue', 1_000) }),
      ],
      50_000,
    );
    expect(arrows.map(({ end, cause }) => [end, cause])).toEqual([
      ['lost', 'dice'],
      ['lost', 'queue'],
    ]);
    expect(arrows[0]?.x1).toBeCloseTo((columns.a + columns.b) / 2);
    expect(arrows[1]?.x1).toBeLessThan(columns.a + 40);
  });

  it('tells copies, damage and what was overtaken apart', () => {
    const copies = [
      { at: 20_000, damaged: null, done: true, discarded: null },
      { at: 22_000, damaged: bytes, done: true, discarded: 'checksum' },
    ];
    const { arrows } = scene([record({ id: 0, from: 'a', bytes, arrivals: copies, overtaken: true })], 50_000);
    expect(arrows).toMatchObject([
      { copy: 0, duplicate: false, damaged: false, ignored: false, overtaken: true },
      { copy: 1, duplicate: true, damaged: true, ignored: true, overtaken: true, label: null },
    ]);
  });

  it('leaves out what lies outside the window, but not what passes through it', () => {
    const late = { arrivals: [{ at: 900_000, damaged: null, done: true, discarded: null }] };
    const packets = [0, 1, 2, 3, 4, 5].map((id) => record({ id, from: 'a', bytes, sentAt: id * 100_000 }));
    const { arrows } = scene([record({ id: 0, from: 'a', bytes, ...late }), ...packets.slice(1)], 1_000_000, {
      top: 200,
      height: 60,
    });
    expect(arrows.map(({ packet }) => packet)).toEqual([0, 2]);
  });

  it('finds the arrow that a point means, first of all the head of one in flight', () => {
    const flying = { at: 40_000, damaged: null, done: false, discarded: null };
    const packets = [
      record({ id: 0, from: 'a', bytes, sentAt: 0 }),
      record({ id: 1, from: 'a', bytes, sentAt: 10_000, arrivals: [flying] }),
    ];
    const { arrows } = scene(packets, 25_000);
    const [arrived, head] = arrows;
    expect(
      arrowAt(arrows, ((arrived?.x0 ?? 0) + (arrived?.x1 ?? 0)) / 2, ((arrived?.y0 ?? 0) + (arrived?.y1 ?? 0)) / 2)
        ?.packet,
    ).toBe(0);
    expect(arrowAt(arrows, (head?.x1 ?? 0) + 10, (head?.y1 ?? 0) + 6)?.packet).toBe(1);
    expect(arrowAt(arrows, columns.width - 1, 5)).toBeNull();
  });
});
