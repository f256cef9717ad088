import i18next, { type i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import { firstLanguage, LANGUAGE_KEY } from './language.ts';
import { LANGUAGES, type Language, resourcesOf, roomStrings } from './resources.ts';

/** What the language settings need of the browser. */
export interface LanguageHost {
  readonly storage: { getItem(key: string): string | null; setItem(key: string, value: string): unknown };
  /** BCP 47 tags, most wanted first. */
  readonly asked: readonly string[];
  /** Told the language now spoken, for `<html lang>`. */
  readonly spoken: (language: Language) => void;
}

/** Starts i18next with every room's words; both languages are on board, so switching loses nothing. */
export function startI18n(host: LanguageHost): i18n {
  const instance = i18next.createInstance();
  const language = firstLanguage(host.storage.getItem(LANGUAGE_KEY), host.asked);
  instance.on('languageChanged', (now) => host.spoken(now === 'zh-CN' ? 'zh-CN' : 'en'));
  void instance.use(initReactI18next).init({
    lng: language,
    fallbackLng: 'en',
    supportedLngs: [...LANGUAGES],
    ns: [...roomStrings.keys()],
    defaultNS: 'page',
    resources: Object.fromEntries(LANGUAGES.map((each) => [each, resourcesOf(each)])),
    interpolation: { escapeValue: false },
    initAsync: false,
  });
  return instance;
}

/** Switches the language of the whole page and remembers it. */
export function switchLanguage(instance: i18n, storage: LanguageHost['storage'], language: Language): void {
  storage.setItem(LANGUAGE_KEY, language);
  void instance.changeLanguage(language);
}
