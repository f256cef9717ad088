import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { firstLanguage, LANGUAGE_KEY, LANGUAGES, type Language } from './language.ts';
import { type FetchWords, wordsOnBoard } from './resources.ts';
import { Words } from './words.ts';

/** What the language settings need of the browser. */
export interface LanguageHost {
  readonly storage: { getItem(key: string): string | null; setItem(key: string, value: string): void };
  /** BCP 47 tags, most wanted first. */
  readonly asked: readonly string[];
  /** Told the language now spoken, for `<html lang>`. */
  readonly spoken: (language: Language) => void;
  readonly fetch: FetchWords;
}

/** Starts i18next with the words of what is around every page. */
export function startI18n({ storage, asked, spoken, fetch }: LanguageHost): Words {
  const instance = i18next.createInstance();
  instance.on('languageChanged', (now) => spoken(now === 'zh-CN' ? 'zh-CN' : 'en'));
  start(instance, firstLanguage(storage.getItem(LANGUAGE_KEY), asked));
  return new Words(instance, fetch, storage);
}

function start(instance: i18n, language: Language): void {
  const onBoard = (each: Language) => [...wordsOnBoard].map(([room, strings]) => [room, strings[each]]);
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    supportedLngs: [...LANGUAGES],
    ns: [...wordsOnBoard.keys()],
    defaultNS: 'page',
    resources: Object.fromEntries(LANGUAGES.map((each) => [each, Object.fromEntries(onBoard(each))])),
    interpolation: { escapeValue: false },
    initAsync: false,
  });
}
