import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { formatMs } from '../../../workbench/format.ts';
import type { PacketRecord } from '../../net/packet-record.ts';
import type { RunEvent } from '../../net/run-event.ts';
import { useLab, useLabState } from '../lab-context.tsx';
import { callText, discardText, type LabWords } from '../ladder/ladder-notes.ts';
import type { PacketBook } from '../packet-book.ts';
import { packetLabel } from '../packet-label.ts';
import { sourceOf } from '../packet-sentence.ts';
import { useNames } from '../use-names.ts';
import s from './Panels.module.css';

const ROW_PX = 26;
const COLUMNS = ['time', 'host', 'kind', 'what', 'why'] as const;

/** Everything that happened, in words and in order: the ladder for whoever cannot see it, or wants to search. */
export function TablePanel() {
  const { t } = useTranslation('lab');
  const run = useLabState((state) => state.run);
  useLabState((state) => state.turn);
  const box = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: run.events.length,
    getScrollElement: () => box.current,
    estimateSize: useCallback(() => ROW_PX, []),
    overscan: 10,
  });
  if (run.events.length === 0) return <p className={s.empty}>{t('table.none')}</p>;
  const items = rows.getVirtualItems();
  const after = rows.getTotalSize() - (items.at(-1)?.end ?? 0);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls
    <section ref={box} className={s.tableBox} tabIndex={0} aria-label={t('table.label')}>
      <table className={s.table} aria-label={t('table.label')} aria-rowcount={run.events.length}>
        <thead>
          <tr>
            {COLUMNS.map((column) => (
              <th key={column} scope="col">
                {t(`table.column.${column}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <Spacer height={items[0]?.start ?? 0} />
          {items.map(({ index }) => (
            <EventRow key={index} index={index} />
          ))}
          <Spacer height={after} />
        </tbody>
      </table>
    </section>
  );
}

function EventRow({ index }: { readonly index: number }) {
  const { t } = useTranslation('lab');
  const names = useNames();
  const session = useLab();
  const run = useLabState((state) => state.run);
  const selected = useLabState((state) => state.selected);
  const event = run.events[index];
  if (!event) return null;
  const packet = 'packet' in event ? event.packet : null;
  const { what, why } = wordsOf(t, event, session.book, run.packets);
  return (
    <tr aria-rowindex={index + 1} data-host={event.host} data-selected={packet !== null && packet === selected}>
      <td>{formatMs(event.at)}</td>
      <td>{names[event.host]}</td>
      <td>{t(`table.kind.${event.kind}`)}</td>
      <td>
        {packet === null ? (
          what
        ) : (
          <button type="button" onClick={() => session.select(packet)}>
            {what}
          </button>
        )}
      </td>
      <td>{why}</td>
    </tr>
  );
}

/** The height of rows that are not drawn. */
function Spacer({ height }: { readonly height: number }) {
  return height > 0 ? <tr aria-hidden style={{ height }} /> : null;
}

function wordsOf(
  t: LabWords,
  event: RunEvent,
  book: PacketBook,
  packets: readonly PacketRecord[],
): { what: string; why: string } {
  if ('packet' in event) {
    const facts = book.get(event.packet);
    const record = packets[event.packet];
    const label = facts ? packetLabel(facts) : { name: '', rest: '' };
    return { what: `${label.name} ${label.rest}`.trim(), why: whyOf(t, event, record) };
  }
  switch (event.kind) {
    case 'state':
      return {
        what: `${event.from} → ${event.to}`,
        why: `${t(`because.${event.because.rule}`)} · ${sourceOf(event.because)}`,
      };
    case 'call':
      return { what: callText(event.call, event.answer), why: '' };
    case 'notice':
      return { what: event.notice.notice, why: 'error' in event.notice ? event.notice.error : '' };
    case 'output':
      return { what: event.text, why: event.line === null ? '' : t('program.line', { line: event.line }) };
  }
}

function whyOf(t: LabWords, event: RunEvent, record: PacketRecord | undefined): string {
  if (!record) return '';
  if (event.kind === 'sent') return `${t(`because.${record.because.rule}`)} · ${sourceOf(record.because)}`;
  if (event.kind === 'lost') return record.lost ? t(`arrow.lost.${record.lost.cause}`) : '';
  const arrival = event.kind === 'arrived' ? record.arrivals[event.copy] : undefined;
  const parts = arrival?.damaged ? [t('arrow.damaged')] : [];
  if (event.kind === 'arrived' && event.copy > 0) parts.push(t('arrow.duplicate'));
  if (arrival?.discarded) parts.push(t('note.ignored', { reason: discardText(t, arrival.discarded) }));
  return parts.join(' · ');
}
