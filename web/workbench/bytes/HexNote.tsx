import { useTranslation } from 'react-i18next';
import type { HexRow } from './hexdump.ts';
import { noteWords } from './note-words.ts';

/** What a line of the bytes view says that is no octet. */
export function HexNote({ row }: { readonly row: Extract<HexRow, { type: 'note' }> }) {
  const { t } = useTranslation('workbench');
  return noteWords(t, row);
}
