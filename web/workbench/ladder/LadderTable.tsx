import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Conversation } from '#protocol/wire.ts';
import { useSelection } from '../../session/react.tsx';
import { formatEndpoint, formatMs } from '../format.ts';
import { NewestButton } from '../NewestButton.tsx';
import { eventWords } from '../words.ts';
import type { EndState } from './end-states.ts';
import { GapText } from './GapText.tsx';
import s from './LadderTable.module.css';
import { LadderTableFoot } from './LadderTableFoot.tsx';
import type { EventRow, LadderRow } from './ladder-layout.ts';
import type { LadderViewProps } from './ladder-view.ts';
import { type ListLook, useLadderList } from './use-ladder-list.ts';

const ROW_PX = 30;
const LOOK: ListLook = { heightOf: () => ROW_PX, overscanRows: 20, headPx: ROW_PX * 2, trimmedPx: 0 };

/** The ladder as a table that says the same, row for row. */
export function LadderTable({ conversation, layout, notes }: LadderViewProps) {
  const box = useRef<HTMLDivElement>(null);
  const { virtual, follow, selected, onKeyDown } = useLadderList(layout, box, LOOK);
  const { rows } = layout;
  const items = virtual.getVirtualItems();
  const above = items[0]?.start ?? 0;
  const below = virtual.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    <div className={s.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: arrow keys go through its rows, whose buttons do the same */}
      <div ref={box} className={s.box} tabIndex={0} onKeyDown={onKeyDown}>
        <table className={s.table} aria-rowcount={rows.length + 1}>
          <Head conversation={conversation} />
          <tbody>
            {above > 0 ? <Spacer heightPx={above} /> : null}
            {items.map((item) => {
              const row = rows[item.index];
              if (!row) return null;
              return (
                <tr
                  key={item.key}
                  aria-rowindex={item.index + 2}
                  className={s.row}
                  data-selected={item.index === selected}
                >
                  <Cells {...{ row, conversation, layout, notes }} selected={item.index === selected} />
                </tr>
              );
            })}
            {below > 0 ? <Spacer heightPx={below} /> : null}
          </tbody>
          <LadderTableFoot conversation={conversation} />
        </table>
      </div>
      {follow.following ? null : <NewestButton onClick={follow.follow} />}
    </div>
  );
}

function Head({ conversation: { client, server } }: { readonly conversation: Conversation }) {
  const { t } = useTranslation('workbench');
  const ends = { client: formatEndpoint(client), server: formatEndpoint(server) };
  return (
    <>
      <caption className={s.caption}>{t('table.caption', ends)}</caption>
      <thead>
        <tr aria-rowindex={1}>
          <th scope="col">{t('table.time')}</th>
          <th scope="col">{t('table.direction')}</th>
          <th scope="col">{t('table.what')}</th>
          <th scope="col">{t('table.size')}</th>
          <th scope="col">{t('table.payload')}</th>
          <th scope="col">{t('table.client')}</th>
          <th scope="col">{t('table.server')}</th>
          <th scope="col">{t('table.evidence')}</th>
        </tr>
      </thead>
    </>
  );
}

/** Stands for the rows that are out of view. */
function Spacer({ heightPx }: { readonly heightPx: number }) {
  return (
    <tr className={s.spacer}>
      <td colSpan={8} style={{ height: heightPx }} />
    </tr>
  );
}

interface CellsProps extends LadderViewProps {
  readonly row: LadderRow;
  readonly selected: boolean;
}

function Cells({ row, conversation, layout, notes, selected }: CellsProps) {
  const selectEvent = useSelection((state) => state.selectEvent);
  if (row.type === 'event') {
    return (
      <EventCells
        row={row}
        conversation={conversation}
        note={notes.get(row.seq)}
        unanswered={layout.isUnanswered(row)}
        selected={selected}
        onSelect={selectEvent}
      />
    );
  }
  return (
    <td colSpan={8} className={s.gap}>
      <GapText row={row} />
    </td>
  );
}

interface EventCellsProps {
  readonly row: EventRow;
  readonly conversation: Conversation;
  readonly note: string | undefined;
  /** A datagram to the server after which nothing has come back. */
  readonly unanswered: boolean;
  readonly selected: boolean;
  readonly onSelect: (seq: number) => void;
}

function EventCells({ row, conversation, note, unanswered, selected, onSelect }: EventCellsProps) {
  const { t } = useTranslation('workbench');
  const { event, after, sinceUs } = row;
  const words = eventWords(t, event, conversation);
  const carries = event.kind === 'data' || event.kind === 'datagram' || event.kind === 'skipped';
  return (
    <>
      <td className={s.number}>
        <button type="button" className={s.select} aria-pressed={selected} onClick={() => onSelect(event.seq)}>
          {formatMs(sinceUs)}
        </button>
      </td>
      <td className={s.direction} data-direction={event.direction ?? 'none'}>
        {event.direction ? t(`direction.${event.direction}`) : '–'}
      </td>
      <td>
        {carries ? t(`event.${event.kind}`) : words.word}
        {words.note ? <span className={s.note}> {words.note}</span> : null}
        {unanswered ? (
          <span className={s.unanswered} title={t('ladder.unansweredWhy')}>
            {' '}
            {t('ladder.unanswered')}
          </span>
        ) : null}
      </td>
      <td className={s.number}>{carries ? event.length : ''}</td>
      <td className={s.payload}>{note ?? words.payload}</td>
      <StateCell state={after.client} udp={conversation.transport === 'udp'} />
      <StateCell state={after.server} udp={conversation.transport === 'udp'} />
      <td>{t(`design:evidence.${event.evidence}`)}</td>
    </>
  );
}

function StateCell({ state, udp }: { readonly state: EndState | null; readonly udp: boolean }) {
  const { t } = useTranslation('workbench');
  if (!state) return <td className={s.dim}>{udp ? t('table.udpState') : '–'}</td>;
  return (
    <td className={s.state} title={t(`rule.${state.rule}`)}>
      {state.name} <span className={s.note}>{t(`design:evidence.${state.evidence}`)}</span>
    </td>
  );
}
