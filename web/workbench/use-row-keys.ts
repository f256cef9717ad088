import { type KeyboardEvent, useCallback } from 'react';

/** Rows that one Page Up or Page Down moves over. */
const PAGE_ROWS = 10;

/** What the keys move through. */
export interface RowKeys {
  /** Index of the selected row, -1 for none. */
  readonly selected: number;
  readonly count: number;
  /** Selects the nearest row that can be selected, from `index` on in steps of `step`. */
  readonly select: (index: number, step: 1 | -1) => void;
}

/** Arrow keys, Page Up and Down, Home and End move the selection; the first press begins at the newest row. */
export function useRowKeys({ selected, count, select }: RowKeys): (event: KeyboardEvent) => void {
  return useCallback(
    (event: KeyboardEvent) => {
      if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
      const move = moveOf(event.key, selected, count);
      if (!move) return;
      event.preventDefault();
      select(move.index, move.step);
    },
    [selected, count, select],
  );
}

/** Where a key leads: from which row on to look, and which way. Pure. */
export function moveOf(key: string, selected: number, count: number): { index: number; step: 1 | -1 } | null {
  const last = count - 1;
  const clamp = (index: number) => Math.max(0, Math.min(last, index));
  const from = (by: number) => (selected < 0 ? last : clamp(selected + by));
  switch (key) {
    case 'ArrowDown':
      return selected < 0 ? { index: last, step: -1 } : { index: selected + 1, step: 1 };
    case 'ArrowUp':
      return selected < 0 ? { index: last, step: -1 } : { index: selected - 1, step: -1 };
    case 'PageDown':
      return { index: from(PAGE_ROWS), step: -1 };
    case 'PageUp':
      return { index: from(-PAGE_ROWS), step: 1 };
    case 'Home':
      return { index: 0, step: 1 };
    case 'End':
      return { index: last, step: -1 };
    default:
      return null;
  }
}
