import { useTranslation } from 'react-i18next';
import type { StageReport, TranscriptEntry } from '#protocol/check.ts';
import { formatCount } from '../workbench/format.ts';
import { shownOctets } from './octets.ts';
import s from './TranscriptTable.module.css';
import { useWords } from './use-words.ts';

/** What the checker's sockets did in a stage, by time: hex and text of what was sent and received. */
export function TranscriptTable({ stage }: { readonly stage: StageReport }) {
  const { t } = useTranslation('challenges');
  const words = useWords();
  if (stage.transcript.length === 0) return <p className={s.none}>{t('transcriptNone')}</p>;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard (axe: scrollable-region-focusable)
    <section className={s.scroll} tabIndex={0} aria-label={t('transcriptOf', { title: words(stage.title) })}>
      <table className={s.table}>
        <thead>
          <tr>
            <th scope="col">{t('column.ms')}</th>
            <th scope="col">{t('column.peer')}</th>
            <th scope="col">{t('column.what')}</th>
            <th scope="col">{t('column.octets')}</th>
            <th scope="col">{t('column.hex')}</th>
            <th scope="col">{t('column.text')}</th>
          </tr>
        </thead>
        <tbody>
          {stage.transcript.map((entry, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added at the end
            <Row key={index} entry={entry} />
          ))}
        </tbody>
      </table>
      {stage.omitted > 0 ? <p className={s.none}>{t('omitted', { count: stage.omitted })}</p> : null}
    </section>
  );
}

function Row({ entry }: { readonly entry: TranscriptEntry }) {
  const { t } = useTranslation('challenges');
  const { hex, text, more } = shownOctets(entry.bytes, entry.length);
  const carries = entry.kind === 'sent' || entry.kind === 'received';
  return (
    <tr data-kind={entry.kind}>
      <td>{entry.atMs.toFixed(1)}</td>
      <td>{entry.peer}</td>
      <td className={s.what}>{t(`kind.${entry.kind}`, { ms: entry.length })}</td>
      <td>{carries ? formatCount(entry.length) : ''}</td>
      <td className={s.octets}>{carries ? `${hex}${more > 0 ? ' …' : ''}` : ''}</td>
      <td className={s.octets}>{carries ? `${text}${more > 0 ? '…' : ''}` : ''}</td>
    </tr>
  );
}
