import type { Words } from '#protocol/check.ts';

/** A text in both languages. */
export function say(en: string, zh: string): Words {
  return { en, 'zh-CN': zh };
}

/** Values that a sentence names; words are put in in the sentence’s language. */
export type Facts = Readonly<Record<string, string | number | Words>>;

/** Puts the values in the places of `{name}`. A name without a value stays as it is. */
export function filled(words: Words, facts: Facts): Words {
  return say(fill(words, 'en', facts), fill(words, 'zh-CN', facts));
}

function fill(words: Words, language: keyof Words, facts: Facts): string {
  return words[language].replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = facts[name];
    return typeof value === 'object' ? value[language] : String(value ?? whole);
  });
}
