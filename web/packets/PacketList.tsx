import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type RefObject, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeldPacket } from '../session/packet-log.ts';
import { formatEndpoint } from '../workbench/format.ts';
import { useFollowEnd } from '../workbench/use-follow-end.ts';
import { useRowKeys } from '../workbench/use-row-keys.ts';
import s from './PacketList.module.css';
import { endsOf } from './packet-ends.ts';
import { flagNames, infoOf, protocolName } from './packet-words.ts';
import { useShowSelected } from './use-show-selected.ts';

const ROW_PX = 28;
const OVERSCAN_ROWS = 16;
/** Height of the sticky head, which the list begins under. */
const HEAD_PX = 28;

/** Rows that one list can hold: browsers draw nothing beyond some thirty million pixels. */
const MAX_LISTED_PACKETS = 500_000;

/** Props of {@link PacketList}. Packets are read when they come into view. */
export interface PacketListProps {
  readonly count: number;
  readonly packetAt: (index: number) => HeldPacket | undefined;
  /** Index of the selected packet, -1 for none. */
  readonly selected: number;
  readonly onSelect: (index: number) => void;
  /** Stays at the newest packet while the list grows. */
  readonly follows: boolean;
}

/** Every packet in one line, in the order of capture. */
export function PacketList({ count, packetAt, selected, onSelect, follows }: PacketListProps) {
  const { t } = useTranslation('packets');
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const listed = Math.min(count, MAX_LISTED_PACKETS);
  const { virtual, onKeyDown } = useList(box, { count: listed, selected, onSelect, follows });
  const first = packetAt(0);
  return (
    <div ref={box} className={s.box}>
      <Head />
      <div
        role="listbox"
        aria-label={t('list.label')}
        aria-activedescendant={selected < 0 ? undefined : `${id}-${selected}`}
        tabIndex={0}
        className={s.list}
        style={{ height: virtual.getTotalSize() }}
        onKeyDown={onKeyDown}
      >
        {virtual.getVirtualItems().map((item) => {
          const held = packetAt(item.index);
          return held ? (
            <Row
              key={item.key}
              id={`${id}-${item.index}`}
              startPx={item.start}
              selected={item.index === selected}
              onSelect={() => onSelect(item.index)}
            >
              <Cells held={held} first={first ?? held} />
            </Row>
          ) : null;
        })}
      </div>
      {count > listed ? <p className={s.note}>{t('list.capped', { count: listed })}</p> : null}
    </div>
  );
}

/** The rows in view, and the keys that go from row to row. */
function useList(
  box: RefObject<HTMLDivElement | null>,
  { count, selected, onSelect, follows }: Omit<PacketListProps, 'packetAt'>,
) {
  const virtual = useVirtualizer({
    count,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    overscan: OVERSCAN_ROWS,
    scrollPaddingEnd: HEAD_PX,
  });
  useShowSelected(selected, virtual, useFollowEnd(box, 0, follows && selected < 0));
  const onKeyDown = useRowKeys({
    selected,
    count,
    select: (index) => {
      if (index >= 0 && index < count) onSelect(index);
    },
  });
  return { virtual, onKeyDown };
}

interface RowProps {
  readonly id: string;
  readonly startPx: number;
  readonly selected: boolean;
  readonly onSelect: () => void;
  readonly children: ReactNode;
}

function Row({ id, startPx, selected, onSelect, children }: RowProps) {
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list has the keys and the focus (aria-activedescendant)
    <div
      id={id}
      role="option"
      aria-selected={selected}
      className={s.row}
      style={{ transform: `translateY(${startPx}px)`, height: ROW_PX }}
      onClick={onSelect}
    >
      {children}
    </div>
  );
}

/** Names of the columns; a list of options has none for a screen reader. */
function Head() {
  const { t } = useTranslation('packets');
  return (
    <div className={s.head} aria-hidden>
      <span>{t('list.number')}</span>
      <span>{t('list.time')}</span>
      <span>{t('list.from')}</span>
      <span>{t('list.to')}</span>
      <span>{t('list.protocol')}</span>
      <span>{t('list.info')}</span>
    </div>
  );
}

function Cells({ held, first }: { readonly held: HeldPacket; readonly first: HeldPacket }) {
  const ends = endsOf(held.packet);
  const { transport } = held.packet;
  const flags = transport?.layer === 'tcp' ? `${flagNames(transport.flags).join(', ')} ` : '';
  return (
    <>
      <span className={s.number}>{held.number}</span>
      <span className={s.number}>{sinceSeconds(held, first)}</span>
      <span>{ends ? endText(ends.source) : ''}</span>
      <span>{ends ? endText(ends.destination) : ''}</span>
      <span className={s.protocol}>{protocolName(held.packet)}</span>
      <span className={s.info}>
        {flags ? <b>{flags}</b> : null}
        {infoOf(held.packet)}
      </span>
    </>
  );
}

function endText({ address, port }: { readonly address: string; readonly port: number }): string {
  return port === 0 ? address : formatEndpoint({ address, port });
}

/** To the microsecond. */
function sinceSeconds(held: HeldPacket, first: HeldPacket): string {
  return (held.seconds - first.seconds + (held.nanoseconds - first.nanoseconds) / 1e9).toFixed(6);
}
