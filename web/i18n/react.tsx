import { createContext, type ReactNode, useContext } from 'react';
import { I18nextProvider } from 'react-i18next';
import type { Words } from './words.ts';

const WordsContext = createContext<Words | null>(null);

/** Gives what is below it words, and lets it switch their language. */
export function WordsProvider({ words, children }: { readonly words: Words; readonly children: ReactNode }) {
  return (
    <WordsContext value={words}>
      <I18nextProvider i18n={words.i18n}>{children}</I18nextProvider>
    </WordsContext>
  );
}

/** The words of the page, to bring some on board or to switch their language; to say something, use `useTranslation`. */
export function usePageWords(): Words {
  const words = useContext(WordsContext);
  if (!words) throw new Error('usePageWords needs a WordsProvider above it');
  return words;
}
