import { useTranslation } from 'react-i18next';
import { formatCount, formatOctets } from '../format.ts';
import type { HexRow } from './hexdump.ts';

/** What a line of the bytes view says that is no octet. */
export function HexNote({ row }: { readonly row: Extract<HexRow, { type: 'note' }> }) {
  const { t } = useTranslation('workbench');
  switch (row.note) {
    case 'cut': {
      const { recorded, length } = row.chunk.event;
      return t('hex.cut', { recorded: formatCount(recorded), length: formatCount(length) });
    }
    case 'evicted':
      return t('hex.evicted');
    case 'empty':
      return t('hex.empty');
    case 'skipped': {
      const { count, length, direction } = row.event;
      return t('hex.skipped', { count, size: formatOctets(length), direction: t(`direction.${direction ?? 'none'}`) });
    }
    case 'hidden':
      return t('hex.hidden', { count: row.count });
    case 'missed':
      return t('hex.missed', { count: row.count });
    case 'dropped':
      return t('hex.dropped');
    default:
      return row satisfies never;
  }
}
