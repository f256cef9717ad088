import { formatCount } from '../format.ts';
import { unrecorded, type Words } from '../words.ts';
import type { HexRow } from './hexdump.ts';

/** A line of the bytes view that is no octet, in words. */
export function noteWords(t: Words, row: Extract<HexRow, { type: 'note' }>): string {
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
      const direction = t(`direction.${row.event.direction ?? 'none'}`);
      return t('hex.skipped', { ...unrecorded(t, row.event), direction });
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
