import { useCallback, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { dismissToast, toast } from '../design/toast-store.ts';
import type { Language } from '../i18n/language.ts';
import { usePageWords } from '../i18n/react.tsx';
import { useWire } from '../session/react.tsx';

/** The language of the page, and how to switch it. Where its words cannot be fetched, that is said, and healed later. */
export function useLanguage(): { readonly language: Language; readonly switchTo: (language: Language) => void } {
  const { t } = useTranslation('page');
  const words = usePageWords();
  const notice = useRef(0);
  const switchTo = useCallback(
    (language: Language) => {
      words.switchTo(language).then(
        () => dismissToast(notice.current),
        () => {
          notice.current = toast({ kind: 'bad', text: t('language.failed') });
        },
      );
    },
    [words, t],
  );
  const isLive = useWire((state) => state.status === 'live');
  useEffect(() => {
    if (isLive && words.chosen !== words.language) switchTo(words.chosen);
  }, [isLive, words, switchTo]);
  return { language: words.language, switchTo };
}
