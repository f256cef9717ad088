/** Languages of the page. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Where the chosen language is remembered. */
export const LANGUAGE_KEY = 'porthole.language';

/** The language of the page that a BCP 47 tag asks for; `null` where the page has none for it. */
function languageFor(tag: string): Language | null {
  const primary = tag.toLowerCase().split('-')[0];
  if (primary === 'zh') return 'zh-CN';
  return primary === 'en' ? 'en' : null;
}

/** The language to begin with: the remembered one, else the first that the browser asks for and the page has, else English. */
export function firstLanguage(remembered: string | null, asked: readonly string[]): Language {
  for (const tag of remembered === null ? asked : [remembered, ...asked]) {
    const language = languageFor(tag);
    if (language) return language;
  }
  return 'en';
}
