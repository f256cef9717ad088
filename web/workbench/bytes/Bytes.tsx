import { useVirtualizer, type VirtualItem } from '@tanstack/react-virtual';
import { type RefObject, useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '#protocol/wire.ts';
import { EmptyState } from '../../design/EmptyState.tsx';
import { useIsRecording, useSelection, useSession, useWire } from '../../session/react.tsx';
import { NewestButton } from '../NewestButton.tsx';
import { useHex } from '../use-events.ts';
import { useFollowEnd } from '../use-follow-end.ts';
import { useRowKeys } from '../use-row-keys.ts';
import { useScrollTo } from '../use-scroll-to.ts';
import { useWidth } from '../use-width.ts';
import { useView } from '../view-context.tsx';
import s from './Bytes.module.css';
import { BytesTools } from './BytesTools.tsx';
import { HexRowView } from './HexRowView.tsx';
import { type Chunk, type HexLayout, type HexRow, headerFrom } from './hexdump.ts';
import { previewOf } from './preview.ts';

/** Room for sixteen octets a row, in CSS pixels; in less there are eight. */
const WIDE_PX = 690;
const ROW_PX: Readonly<Record<HexRow['type'], number>> = { header: 32, bytes: 21, note: 28 };
const OVERSCAN_ROWS = 20;

/** All octets of one conversation, both directions in time order, chunk by chunk. */
export function Bytes({ conversation }: { readonly conversation: Conversation }) {
  const frame = useRef<HTMLDivElement>(null);
  const bytesPerRow = useWidth(frame, WIDE_PX) ? 16 : 8;
  const { layout, events } = useHex(conversation, bytesPerRow);
  const { t } = useTranslation('workbench');
  const cleared = useView((view) => view.clearedSeq > 0);
  const advice = useIsRecording() ? null : t('empty.nothingBody');
  return (
    <div ref={frame} className={s.bytes}>
      {layout.count === 0 ? (
        <EmptyState title={t(cleared ? 'empty.cleared' : 'empty.nothing')}>{advice}</EmptyState>
      ) : (
        <Rows key={`${conversation.id} ${bytesPerRow}`} layout={layout} bytesPerRow={bytesPerRow} />
      )}
      <BytesTools conversation={conversation} events={events} />
    </div>
  );
}

interface RowsProps {
  readonly layout: HexLayout;
  readonly bytesPerRow: number;
}

function Rows({ layout, bytesPerRow }: RowsProps) {
  const { t } = useTranslation('workbench');
  const box = useRef<HTMLDivElement>(null);
  const { virtual, follow, onKeyDown } = useHexList(layout, box);
  return (
    <div className={s.frame}>
      {/* biome-ignore lint/a11y/useSemanticElements: a region inside a panel, named for what scrolls in it */}
      <div
        ref={box}
        role="region"
        aria-label={t('hex.label')}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
        tabIndex={0}
        className={s.box}
        onKeyDown={(event) => (event.key.startsWith('Page') ? undefined : onKeyDown(event))}
      >
        <div className={s.list} style={{ height: virtual.getTotalSize() }}>
          <RowsInView layout={layout} bytesPerRow={bytesPerRow} items={virtual.getVirtualItems()} />
        </div>
      </div>
      {follow.following ? null : <NewestButton onClick={follow.follow} />}
    </div>
  );
}

function RowsInView({ layout, bytesPerRow, items }: RowsProps & { readonly items: readonly VirtualItem[] }) {
  const selectedSeq = useSelection((state) => state.event);
  const selectEvent = useSelection((state) => state.selectEvent);
  const payloads = usePayloads(items.map((item) => layout.rowAt(item.index)));
  const bytesOf = (chunk: Chunk) => payloads.get(chunk.event.seq) ?? previewOf(chunk.event);
  return items.map((item) => {
    const row = layout.rowAt(item.index);
    return row ? (
      <HexRowView
        key={item.key}
        row={row}
        startPx={item.start}
        heightPx={item.size}
        selectedSeq={selectedSeq}
        zeroUs={layout.zeroUs}
        bytesPerRow={bytesPerRow}
        bytesOf={bytesOf}
        gone={'chunk' in row && payloads.get(row.chunk.event.seq) === null}
        onSelect={selectEvent}
      />
    ) : null;
  });
}

/** The rows in view, the end that is followed while it grows, and the keys that choose a chunk. */
function useHexList(layout: HexLayout, box: RefObject<HTMLDivElement | null>) {
  const selectedSeq = useSelection((state) => state.event);
  const selectEvent = useSelection((state) => state.selectEvent);
  const virtual = useVirtualizer({
    count: layout.count,
    getScrollElement: () => box.current,
    estimateSize: useCallback((index: number) => ROW_PX[layout.rowAt(index)?.type ?? 'bytes'], [layout]),
    getItemKey: useCallback((index: number) => index + layout.trimmedRows, [layout]),
    overscan: OVERSCAN_ROWS,
  });
  const selected = selectedSeq === null ? -1 : layout.indexOfEvent(selectedSeq);
  const follow = useFollowEnd(box, layout.trimmedRows * ROW_PX.bytes, selected < 0);
  useScrollTo(selected, (index) => virtual.scrollToIndex(index, { align: 'auto' }));
  const onKeyDown = useRowKeys({
    selected,
    count: layout.count,
    select: (index, step) => {
      const header = layout.rowAt(headerFrom(layout, index, step));
      if (header?.type === 'header') selectEvent(header.chunk.event.seq);
    },
  });
  return { virtual, follow, onKeyDown };
}

/** Has the octets of the rows in view fetched where more was recorded than came along; answers what is here. */
function usePayloads(rows: readonly (HexRow | undefined)[]): ReadonlyMap<number, Uint8Array | null> {
  const session = useSession();
  // The map stays the same object: the revision tells when it has changed.
  useWire((state) => state.revision);
  const payloads = useWire((state) => state.payloads);
  const wanted = new Set<number>();
  for (const row of rows) {
    if (row?.type !== 'bytes') continue;
    const { event } = row.chunk;
    if (row.offset + row.length > previewOf(event).length) wanted.add(event.seq);
  }
  const key = [...wanted].join(' ');
  useEffect(() => {
    for (const seq of key.split(' ').filter(Boolean)) session.requestPayload(Number(seq));
  }, [session, key]);
  return payloads;
}
