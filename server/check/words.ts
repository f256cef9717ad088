import type { Words } from '#protocol/check.ts';

/** A text in both languages. */
export function say(en: string, zh: string): Words {
  return { en, 'zh-CN': zh };
}

/** Values that a sentence names. */
export type Facts = Readonly<Record<string, string | number>>;

/** Puts the values in the places of `{name}`. A name without a value stays as it is. */
export function filled(words: Words, facts: Facts): Words {
  return say(fill(words.en, facts), fill(words['zh-CN'], facts));
}

function fill(text: string, facts: Facts): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(facts[name] ?? whole));
}
