import { useVirtualizer } from '@tanstack/react-virtual';
import { type RefObject, useCallback } from 'react';
import { useSelection } from '../../session/react.tsx';
import { useFollowEnd } from '../use-follow-end.ts';
import { useRowKeys } from '../use-row-keys.ts';
import { eventRowFrom, type LadderLayout, type LadderRow } from './ladder-layout.ts';

/** How a view of the ladder lays its rows out. Heights are in CSS pixels. */
export interface ListLook {
  /** Height of a row; the same function at every call. */
  readonly heightOf: (row: LadderRow | undefined) => number;
  /** Rows drawn above and below those in view. */
  readonly overscanRows: number;
  /** What stays above the rows while they scroll. */
  readonly headPx: number;
  /** What rows that were let go have taken so far. */
  readonly trimmedPx: number;
}

/** The rows in view, the end that is followed while it grows, and the keys that choose an event. */
export function useLadderList(
  layout: LadderLayout,
  box: RefObject<HTMLDivElement | null>,
  { heightOf, overscanRows, headPx, trimmedPx }: ListLook,
) {
  const { rows } = layout;
  const selectedSeq = useSelection((state) => state.event);
  const selectEvent = useSelection((state) => state.selectEvent);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: useCallback((index: number) => heightOf(layout.rows[index]), [layout, heightOf]),
    getItemKey: useCallback((index: number) => layout.rows[index]?.key ?? index, [layout]),
    overscan: overscanRows,
    scrollPaddingStart: headPx,
  });
  const selected = selectedSeq === null ? -1 : layout.indexOfEvent(selectedSeq);
  const follow = useFollowEnd(box, trimmedPx, selected < 0);
  const onKeyDown = useRowKeys({
    selected,
    count: rows.length,
    select: (index, step) => {
      const at = eventRowFrom(rows, index, step);
      const row = rows[at];
      if (row?.type !== 'event') return;
      selectEvent(row.seq);
      virtual.scrollToIndex(at, { align: 'auto' });
    },
  });
  return { virtual, follow, selected, onKeyDown };
}
