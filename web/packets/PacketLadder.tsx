import { useVirtualizer } from '@tanstack/react-virtual';
import { Eye, Radar } from 'lucide-react';
import { memo, useCallback, useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TcpState } from '#packets/tcp-state.ts';
import type { Conversation } from '#protocol/wire.ts';
import { VisuallyHidden } from '../design/VisuallyHidden.tsx';
import { formatMs } from '../workbench/format.ts';
import { Arrow, type ArrowKind } from '../workbench/ladder/Arrow.tsx';
import type { EndState } from '../workbench/ladder/end-states.ts';
import row from '../workbench/ladder/LadderRow.module.css';
import ladder from '../workbench/ladder/LadderRows.module.css';
import { Lifeline } from '../workbench/ladder/Lifeline.tsx';
import { useFollowEnd } from '../workbench/use-follow-end.ts';
import { useRowKeys } from '../workbench/use-row-keys.ts';
import { eventWords } from '../workbench/words.ts';
import s from './PacketLadder.module.css';
import type { Flow } from './packet-ends.ts';
import type { CallRow, FlowRow, PacketRow } from './packet-rows.ts';
import { flagNames, infoOf, protocolName } from './packet-words.ts';
import { useShowSelected } from './use-show-selected.ts';

/** Height of every row in CSS pixels; a multiple of six, so that striped lifelines join. */
const ROW_PX = 36;
const OVERSCAN_ROWS = 12;
/** Height of the sticky head, which the list begins under. */
const HEAD_PX = 36;

/** Props of {@link PacketLadder}. */
export interface PacketLadderProps {
  readonly flow: Flow;
  readonly rows: readonly FlowRow[];
  /** Whose socket calls stand between the packets; `null` for a file, which has none. */
  readonly conversation: Conversation | null;
  readonly selected: number | null;
  readonly onSelect: (number: number) => void;
  /** Sequence and acknowledgment numbers as on the wire. */
  readonly absolute: boolean;
}

/**
 * The packets of a flow between its two ends, flat, for a capture stamps a packet once; between them what the
 * application did. States are derived from the segments, and striped as such.
 */
export function PacketLadder({ flow, rows, conversation, selected, onSelect, absolute }: PacketLadderProps) {
  const { t } = useTranslation('packets');
  const id = useId();
  const { box, virtual, at, onKeyDown } = useLadderList(rows, selected, onSelect);
  return (
    <div className={ladder.frame}>
      <div ref={box} className={ladder.box}>
        <Head flow={flow} />
        <div
          role="listbox"
          aria-label={t('ladder.label')}
          aria-activedescendant={at < 0 ? undefined : `${id}-${selected}`}
          tabIndex={0}
          className={ladder.list}
          style={{ height: virtual.getTotalSize() }}
          onKeyDown={onKeyDown}
        >
          {virtual.getVirtualItems().map((item) => {
            const found = rows[item.index];
            if (!found) return null;
            const placed = { startPx: item.start, beganUs: rows[0]?.timeUs ?? 0 };
            return found.type === 'packet' ? (
              <PacketLine
                key={item.key}
                id={`${id}-${found.packet.number}`}
                row={found}
                {...placed}
                selected={found.packet.number === selected}
                onSelect={onSelect}
                absolute={absolute}
              />
            ) : conversation ? (
              <CallLine key={item.key} row={found} conversation={conversation} {...placed} />
            ) : null;
          })}
        </div>
      </div>
    </div>
  );
}

/** The rows that are in view, and the keys that go from packet to packet; what programs did is passed over. */
function useLadderList(rows: readonly FlowRow[], selected: number | null, onSelect: (number: number) => void) {
  const box = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: () => ROW_PX,
    getItemKey: useCallback((index: number) => rows[index]?.key ?? index, [rows]),
    overscan: OVERSCAN_ROWS,
    scrollPaddingEnd: HEAD_PX,
  });
  const follow = useFollowEnd(box, 0, selected === null);
  const at = rows.findIndex((each) => each.type === 'packet' && each.packet.number === selected);
  useShowSelected(at, virtual, follow);
  const onKeyDown = useRowKeys({
    selected: at,
    count: rows.length,
    select: (from, step) => {
      for (let index = from; index >= 0 && index < rows.length; index += step) {
        const found = rows[index];
        if (found?.type !== 'packet') continue;
        onSelect(found.packet.number);
        return;
      }
    },
  });
  return { box, virtual, at, onKeyDown };
}

function Head({ flow }: { readonly flow: Flow }) {
  const { t } = useTranslation('packets');
  return (
    <div className={s.head} aria-hidden>
      <span className={s.ms}>{t('ladder.ms')}</span>
      <span />
      <span className={s.ends}>
        <b>
          {t('ladder.end.client')} :{flow.client.port}
        </b>
        <b>
          {t('ladder.end.server')} :{flow.server.port}
        </b>
      </span>
    </div>
  );
}

interface PacketLineProps {
  readonly id: string;
  readonly row: PacketRow;
  readonly startPx: number;
  readonly beganUs: number;
  readonly selected: boolean;
  readonly absolute: boolean;
  readonly onSelect: (number: number) => void;
}

const PacketLine = memo(function PacketLine(props: PacketLineProps) {
  const { id, row: line, startPx, beganUs, selected, absolute, onSelect } = props;
  const { packet, before, after } = line;
  const direction = directionOf(line);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the list has the keys and the focus (aria-activedescendant)
    <div
      id={id}
      role="option"
      aria-selected={selected}
      className={row.row}
      data-direction={direction ?? 'none'}
      style={{ transform: `translateY(${startPx}px)`, height: ROW_PX }}
      onClick={() => onSelect(packet.number)}
    >
      <span className={row.time}>{formatMs(line.timeUs - beganUs)}</span>
      <State state={before.client === after.client ? null : after.client} />
      <span className={row.lane}>
        <Lifeline end="client" before={derived(before.client)} after={derived(after.client)} />
        <PacketLabel row={line} absolute={absolute} />
        <Arrow kind={arrowKind(line)} direction={direction} />
        <Lifeline end="server" before={derived(before.server)} after={derived(after.server)} />
      </span>
      <State state={before.server === after.server ? null : after.server} />
      <Sign captured />
    </div>
  );
});

function directionOf({ place }: PacketRow): 'to-server' | 'to-client' | null {
  return place === 'about' ? null : place;
}

/** What the packet says, and what is remarkable about it. */
function PacketLabel({ row: line, absolute }: Pick<PacketLineProps, 'row' | 'absolute'>) {
  const { t } = useTranslation('packets');
  const { packet, place, followed } = line;
  const direction = directionOf(line);
  const { transport } = packet.packet;
  const flags = transport?.layer === 'tcp' ? flagNames(transport.flags) : [];
  return (
    <span className={row.label}>
      <VisuallyHidden>{direction ? `${direction === 'to-server' ? '→' : '←'} ` : ''}</VisuallyHidden>
      <b className={row.word}>{flags.length > 0 ? flags.join(', ') : protocolName(packet.packet)}</b>{' '}
      <span className={s.info}>{infoOf(packet.packet, followed, absolute)}</span>{' '}
      {phantoms(flags).map((flag) => (
        <span key={flag} className={s.phantom} title={t('ladder.phantomWhy', { flag })}>
          {t('ladder.phantom', { flag })}
        </span>
      ))}
      {followed?.marks.map((mark) => (
        <span key={mark} className={s.mark} data-mark={mark}>
          {t(`mark.${mark}`)}
        </span>
      ))}
      {place === 'about' ? <span className={s.mark}>{t('ladder.about')}</span> : null}
    </span>
  );
}

interface CallLineProps {
  readonly row: CallRow;
  readonly conversation: Conversation;
  readonly startPx: number;
  readonly beganUs: number;
}

/** What a socket call did, at the lifeline of the end whose calls were observed. It is no packet, and can't be chosen. */
function CallLine({ row: line, conversation, startPx, beganUs }: CallLineProps) {
  const { t } = useTranslation('workbench');
  const words = eventWords(t, line.event, conversation);
  const end = conversation.observer;
  return (
    <div
      className={row.row}
      role="presentation"
      style={{ transform: `translateY(${startPx}px)`, height: ROW_PX }}
      data-call={end}
    >
      <span className={row.time}>{formatMs(line.timeUs - beganUs)}</span>
      <span className={row.state} />
      <span className={row.lane}>
        <Lifeline end="client" before={derived(line.before.client)} />
        <span className={s.call} data-end={end}>
          <code>{callName(line)}</code> {words.payload ?? words.word}
        </span>
        <Lifeline end="server" before={derived(line.before.server)} />
      </span>
      <span className={row.state} />
      <Sign captured={false} />
    </div>
  );
}

function Sign({ captured }: { readonly captured: boolean }) {
  const { t } = useTranslation('design');
  const word = captured ? 'captured' : 'observed';
  const Icon = captured ? Radar : Eye;
  return (
    <span className={row.evidence} title={`${t(`evidence.${word}`)}: ${t(`evidence.${word}Meaning`)}`}>
      <Icon aria-hidden />
      <span className={row.evidenceWord}>{t(`evidence.${word}`)}</span>
    </span>
  );
}

function State({ state }: { readonly state: TcpState | null }) {
  return (
    <span className={row.state} data-evidence={state ? 'derived' : undefined} data-state={state ?? undefined}>
      {state}
    </span>
  );
}

function derived(state: TcpState | null): EndState | null {
  return state && { name: state, evidence: 'derived', rule: 'segments' };
}

/** SYN and FIN use up a sequence number each. */
function phantoms(flags: readonly string[]): string[] {
  return flags.filter((flag) => flag === 'SYN' || flag === 'FIN');
}

function arrowKind({ packet, place }: PacketRow): ArrowKind {
  const { transport, payload } = packet.packet;
  if (place === 'about') return 'error';
  if (transport?.layer === 'udp') return 'datagram';
  if (transport?.layer !== 'tcp') return 'segment';
  const flags = flagNames(transport.flags);
  if (flags.includes('RST')) return 'reset';
  if (flags.includes('FIN')) return 'half-closed';
  return payload.end > payload.start || flags.includes('SYN') ? 'data' : 'segment';
}

/** The socket call that an event comes from, as POSIX names it. */
function callName({ event }: CallRow): string {
  const isOwn = event.direction === 'to-client';
  switch (event.kind) {
    case 'opened':
      return 'accept()';
    case 'data':
      return isOwn ? 'write()' : 'read()';
    case 'datagram':
      return isOwn ? 'sendto()' : 'recvfrom()';
    case 'half-closed':
      return isOwn ? 'shutdown()' : 'read() = 0';
    case 'closed':
      return 'close()';
    default:
      return event.kind;
  }
}
