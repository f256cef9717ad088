import { useTranslation } from 'react-i18next';
import { formatDuration } from '../format.ts';
import type { EventRow, LadderRow } from './ladder-layout.ts';

/** A row that is no event. */
export type GapRow = Exclude<LadderRow, EventRow>;

/** What a row says that is no event: silence, or events that are not shown. */
export function GapText({ row }: { readonly row: GapRow }) {
  const { t } = useTranslation('workbench');
  switch (row.type) {
    case 'quiet':
      return t('ladder.quiet', { duration: formatDuration(row.durationUs) });
    case 'hidden':
      return t('ladder.hidden', { count: row.count });
    case 'missed':
      return row.reason === 'dropped' ? t('ladder.dropped') : t('ladder.missed', { count: row.count ?? 0 });
    default:
      return row satisfies never;
  }
}
