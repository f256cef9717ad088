import { useTranslation } from 'react-i18next';
import type { Words } from '#protocol/check.ts';

/** Picks the language of the page from what the server says in all of them. */
export function useWords(): (words: Words) => string {
  const { i18n } = useTranslation();
  return (words) => (i18n.language === 'zh-CN' ? words['zh-CN'] : words.en);
}
