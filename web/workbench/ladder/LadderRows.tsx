import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSelection } from '../../session/react.tsx';
import { NewestButton } from '../NewestButton.tsx';
import { useFollowEnd } from '../use-follow-end.ts';
import { useRowKeys } from '../use-row-keys.ts';
import { useScrollTo } from '../use-scroll-to.ts';
import { LadderFoot } from './LadderFoot.tsx';
import { LadderHead } from './LadderHead.tsx';
import { LadderRow } from './LadderRow.tsx';
import s from './LadderRows.module.css';
import { eventRowFrom, type LadderLayout, ROW_HEIGHT_PX, type LadderRow as Row } from './ladder-layout.ts';
import type { LadderViewProps } from './ladder-view.ts';

/** Rows drawn above and below those in view. */
const OVERSCAN_ROWS = 12;
/** Height of the head, which covers the first rows while it sticks; the style sheet says the same. */
const HEAD_PX = 48;

/** The drawn ladder: only the rows in view are on the page. */
export function LadderRows({ conversation, layout, notes }: LadderViewProps) {
  const { t } = useTranslation('workbench');
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  const selectedSeq = useSelection((state) => state.event);
  const { virtual, follow, selected, onKeyDown } = useLadderList(layout, box);
  return (
    <div className={s.frame}>
      <div ref={box} className={s.box}>
        <LadderHead conversation={conversation} />
        <div
          role="listbox"
          aria-label={t('ladder.label')}
          aria-activedescendant={selected < 0 ? undefined : `${listId}-${selectedSeq}`}
          tabIndex={0}
          className={s.list}
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={onKeyDown}
        >
          <RowsInView {...{ conversation, layout, notes, listId, selected }} items={virtual.getVirtualItems()} />
        </div>
        <LadderFoot conversation={conversation} ends={layout.ends} />
      </div>
      {follow.following ? null : <NewestButton onClick={follow.follow} />}
    </div>
  );
}

interface RowsInViewProps extends LadderViewProps {
  readonly listId: string;
  /** Index of the selected row, -1 for none. */
  readonly selected: number;
  readonly items: readonly VirtualItem[];
}

function RowsInView({ conversation, layout, notes, listId, selected, items }: RowsInViewProps) {
  const selectEvent = useSelection((state) => state.selectEvent);
  return items.map((item) => {
    const row = layout.rows[item.index];
    return row ? (
      <LadderRow
        key={item.key}
        id={`${listId}-${row.seq}`}
        row={row}
        conversation={conversation}
        startPx={item.start}
        heightPx={item.size}
        selected={item.index === selected}
        note={row.type === 'event' ? notes.get(row.seq) : undefined}
        unanswered={layout.isUnanswered(row)}
        shown={layout.shown}
        onSelect={selectEvent}
      />
    ) : null;
  });
}

/** The rows in view, the end that is followed while it grows, and the keys that choose an event. */
function useLadderList(layout: LadderLayout, box: RefObject<HTMLDivElement | null>) {
  const { rows } = layout;
  const selectedSeq = useSelection((state) => state.event);
  const selectEvent = useSelection((state) => state.selectEvent);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: useCallback((index: number) => heightOf(layout.rows[index]), [layout]),
    getItemKey: useCallback((index: number) => layout.rows[index]?.key ?? index, [layout]),
    overscan: OVERSCAN_ROWS,
    scrollPaddingStart: HEAD_PX,
  });
  const selected = selectedSeq === null ? -1 : layout.indexOfEvent(selectedSeq);
  const follow = useFollowEnd(box, layout.trimmedPx, selected < 0);
  useScrollTo(selected, (index) => virtual.scrollToIndex(index, { align: 'auto' }));
  const onKeyDown = useRowKeys({
    selected,
    count: rows.length,
    select: (index, step) => {
      const row = rows[eventRowFrom(rows, index, step)];
      if (row?.type === 'event') selectEvent(row.seq);
    },
  });
  return { virtual, follow, selected, onKeyDown };
}

const heightOf = (row: Row | undefined): number => (row ? ROW_HEIGHT_PX[row.type] : 0);
