import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { LANGUAGES } from '../../i18n/resources.ts';
import { labWords } from './words/lab.ts';

/**
 * Brings the words of the lab on board, once. They come with the lab's page and not with the first load; below the
 * component that calls this, `useTranslation('lab')` works as in any other room.
 */
export function useLabWords(): void {
  const { i18n } = useTranslation();
  useMemo(() => {
    if (i18n.hasResourceBundle('en', 'lab')) return;
    for (const language of LANGUAGES) i18n.addResourceBundle(language, 'lab', labWords[language]);
  }, [i18n]);
}
