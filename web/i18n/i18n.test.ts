import { describe, expect, test } from 'vitest';
import { firstLanguage } from './language.ts';
import type { StringTree } from './strings.ts';
import { roomStrings } from './testing.ts';
import { unsaidKeys, withoutPlural } from './testing-keys.ts';

/** `a.b` → text, for every leaf. */
function leaves(tree: StringTree, prefix = ''): Map<string, string> {
  const all = new Map<string, string>();
  for (const [key, value] of Object.entries(tree)) {
    if (typeof value === 'string') all.set(prefix + key, value);
    else for (const [inner, text] of leaves(value, `${prefix}${key}.`)) all.set(inner, text);
  }
  return all;
}

const placeholders = (text: string) => [...text.matchAll(/\{\{\s*([\w.]+)/g)].map(([, name]) => name).sort();
const tags = (text: string) => [...text.matchAll(/<\/?(\w+)/g)].map(([, name]) => name).sort();

/** Everything written in the rooms, to look for the keys that are used. */
const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', '!../**/*.test.*', '!../**/*.e2e.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

describe.each([...roomStrings])('the words of the room %s', (room, strings) => {
  const en = leaves(strings.en);
  const zh = leaves(strings['zh-CN']);
  // Chinese has one plural form: https://www.unicode.org/cldr/charts/latest/supplemental/language_plural_rules.html
  const expected = [...en.keys()].filter((key) => !key.endsWith('_one')).sort();

  test('have the same keys in both languages', () => {
    expect([...zh.keys()].sort()).toEqual(expected);
  });

  test('have the same placeholders and tags in both languages', () => {
    for (const key of expected) {
      expect(placeholders(zh.get(key) ?? ''), key).toEqual(placeholders(en.get(key) ?? ''));
      expect(tags(zh.get(key) ?? ''), key).toEqual(tags(en.get(key) ?? ''));
    }
  });

  test('are Chinese in Chinese, but for names and figures', () => {
    for (const [key, text] of zh) {
      const hasWords = /\p{L}/u.test(text.replace(/\{\{.*?\}\}/g, ''));
      if (en.get(key) === text || !hasWords) continue;
      expect(text, key).toMatch(/\p{Script=Han}/u);
    }
  });

  test('are there for every key that the room’s components name', () => {
    const used = Object.entries(sources)
      .filter(([path]) => path.startsWith(`../${room}/`))
      .flatMap(([path, code]) => keysUsed(code, room).map((key) => ({ path, key })));
    const known = new Set([...en.keys()].map(withoutPlural));
    expect(used.filter(({ key }) => !known.has(key))).toEqual([]);
  });

  test('are all said somewhere', () => {
    expect(unsaidKeys(room, en.keys(), sources)).toEqual([]);
  });
});

/** Literal keys of `t('…')` in code that translates with its own room's words. */
function keysUsed(code: string, room: string): string[] {
  if (!code.includes(`useTranslation('${room}')`)) return [];
  return [...code.matchAll(/\bt\(\s*'([\w.-]+)'/g)].map(([, key]) => key ?? '');
}

test('there are words to compare', () => {
  expect([...roomStrings.keys()]).toEqual(expect.arrayContaining(['design', 'home', 'page', 'playground']));
});

describe('the language', () => {
  test.each([
    [null, ['zh-TW', 'en'], 'zh-CN'],
    [null, ['de', 'en-GB'], 'en'],
    [null, ['de', 'zh'], 'zh-CN'],
    [null, [], 'en'],
    ['en', ['zh-CN'], 'en'],
    ['zh-CN', ['en'], 'zh-CN'],
    ['tlh', ['zh-CN'], 'zh-CN'],
  ])('remembered %j and asked %j is %s', (remembered, asked, expected) => {
    expect(firstLanguage(remembered, asked)).toBe(expected);
  });
});
