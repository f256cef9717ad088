import { describe, expect, it } from 'vitest';
import { eventsOf, record, segment } from '../testing/packets.ts';
import { LadderLayout, MAX_GAP_PX, ROW_PX, TOP_PX } from './ladder-layout.ts';

const bytes = segment('a', 'ack', { length: 100 });
const burst = [0, 1, 2].map((id) => record({ id, from: 'a', bytes, sentAt: 0 }));

describe('the layout of the ladder', () => {
  it('keeps a row for every event of a burst', () => {
    const layout = new LadderLayout({ pxPerMs: 1, spread: true });
    layout.read(eventsOf(burst));
    expect([0, 1, 2].map((id) => layout.sentY(id))).toEqual([TOP_PX, TOP_PX + ROW_PX, TOP_PX + 2 * ROW_PX]);
    expect(layout.arrivedY(0, 0)).toBe(TOP_PX + 2 * ROW_PX + 20);
  });

  it('folds a silence, and says so', () => {
    const layout = new LadderLayout({ pxPerMs: 1, spread: true });
    layout.read(eventsOf([...burst.slice(0, 1), record({ id: 1, from: 'a', bytes, sentAt: 30_000_000 })]));
    const [, arrived, again] = layout.rows;
    expect((again?.y ?? 0) - (arrived?.y ?? 0)).toBe(MAX_GAP_PX);
    expect([arrived?.folded, again?.folded]).toEqual([false, true]);
  });

  it('is to scale throughout when asked', () => {
    const layout = new LadderLayout({ pxPerMs: 2, spread: false });
    layout.read(eventsOf([...burst, record({ id: 3, from: 'a', bytes, sentAt: 1_000_000 })]));
    expect([layout.sentY(2), layout.sentY(3)]).toEqual([TOP_PX, TOP_PX + 2_000]);
    expect(layout.rows.some(({ folded }) => folded)).toBe(false);
  });

  it('gives every moment a place, downwards all the way', () => {
    const layout = new LadderLayout({ pxPerMs: 1, spread: true });
    layout.read(eventsOf(burst));
    const moments = [0, 5_000, 10_000, 20_000, 25_000, 10_000_000].map((at) => layout.yAt(at));
    expect(moments).toEqual([...moments].sort((one, two) => one - two));
    expect(moments[2]).toBe((layout.yAt(0) + layout.yAt(20_000) - 2 * ROW_PX) / 2);
  });

  it('places everything again after a step back that took another way', () => {
    const layout = new LadderLayout({ pxPerMs: 1, spread: true });
    layout.read(eventsOf(burst));
    layout.read(eventsOf(burst.slice(0, 1)));
    expect([layout.rows.length, layout.sentY(1)]).toEqual([2, null]);
  });

  it('finds the rows of a window', () => {
    const layout = new LadderLayout({ pxPerMs: 1, spread: true });
    layout.read(eventsOf(burst));
    expect([layout.rowBelow(0), layout.rowBelow(TOP_PX + 1), layout.rowBelow(9_999)]).toEqual([0, 1, 6]);
  });
});
