import type { VirtualItem } from '@tanstack/react-virtual';
import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useSelection } from '../../session/react.tsx';
import { NewestButton } from '../NewestButton.tsx';
import { useScrollTo } from '../use-scroll-to.ts';
import { LadderFoot } from './LadderFoot.tsx';
import { LadderHead } from './LadderHead.tsx';
import { LadderRow } from './LadderRow.tsx';
import s from './LadderRows.module.css';
import { ROW_HEIGHT_PX } from './ladder-layout.ts';
import type { LadderViewProps } from './ladder-view.ts';
import { type ListLook, useLadderList } from './use-ladder-list.ts';

const LOOK: Omit<ListLook, 'trimmedPx'> = {
  heightOf: (row) => (row ? ROW_HEIGHT_PX[row.type] : 0),
  overscanRows: 12,
  // The head covers the first rows while it sticks; the style sheet says the same.
  headPx: 48,
};

/** The drawn ladder: only the rows in view are on the page. */
export function LadderRows({ conversation, layout, notes }: LadderViewProps) {
  const { t } = useTranslation('workbench');
  const listId = useId();
  const box = useRef<HTMLDivElement>(null);
  const selectedSeq = useSelection((state) => state.event);
  const { virtual, follow, selected, onKeyDown } = useLadderList(layout, box, { ...LOOK, trimmedPx: layout.trimmedPx });
  useScrollTo(selected, (index) => virtual.scrollToIndex(index, { align: 'auto' }));
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
