import { posix } from 'node:path';
import { expect, it } from 'vitest';
import { wordsOnBoard } from './resources.ts';

/** Everything written in the page, by its path from `web/i18n`. */
const sources = import.meta.glob<string>(['../**/*.{ts,tsx}', './*.ts', '!../**/*.test.*', '!../**/*.e2e.ts'], {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** What a file imports when it is loaded, types aside. */
function importsOf(path: string): string[] {
  const found = (sources[path] ?? '').matchAll(/^(?:import|export) (?!type )(?:[^;']*? from )?'(\.[^']+)';/gm);
  return [...found].map(([, specifier]) => resolved(path, specifier)).filter((each) => each in sources);
}

function resolved(path: string, specifier = ''): string {
  const found = posix.join(posix.dirname(path), specifier);
  return found.startsWith('.') ? found : `./${found}`;
}

/** A file, and all that comes with it. */
function withImports(path: string, found = new Set<string>()): Set<string> {
  if (found.has(path)) return found;
  found.add(path);
  for (const each of importsOf(path)) withImports(each, found);
  return found;
}

/** Rooms whose words a file says: `useTranslation('chat')`, `useTranslation(['lessons', 'page'])`, `t('page:nav.home')`. */
function roomsNamed(path: string): string[] {
  const code = sources[path] ?? '';
  const used = [...code.matchAll(/useTranslation\((\[[^\]]*\]|'[\w-]+')/g)].flatMap(([, names = '']) => quoted(names));
  const prefixed = [...code.matchAll(/\bt\(\s*'([\w-]+):/g)].map(([, room = '']) => room);
  return [...used, ...prefixed];
}

function quoted(list: string): string[] {
  return [...list.matchAll(/'([\w-]+)'/g)].map(([, name = '']) => name);
}

/** Rooms whose words must be fetched before this file's components can be shown. */
function roomsNeeded(path: string): string[] {
  const rooms = new Set([...withImports(path)].flatMap(roomsNamed));
  return [...rooms].filter((room) => !wordsOnBoard.has(room)).sort();
}

/** Every `lazily(…)`: the file it fetches, and the rooms that it names. */
const lazy = Object.entries(sources).flatMap(([path, code]) => {
  if (path.endsWith('/lazily.tsx')) return [];
  return [...code.matchAll(/= lazily\([^;]*?import\('([^']+)'\)[\s\S]*?(\[(?:'[\w-]+'(?:, )?)*\])/g)].map(
    ([, specifier, rooms = '']) => ({ path, fetches: resolved(path, specifier), rooms: quoted(rooms) }),
  );
});

it('everything that is fetched when it is shown is found here', () => {
  const calls = Object.values(sources).flatMap((code) => [...code.matchAll(/(?<!function )\blazily\(/g)]);
  expect(lazy).toHaveLength(calls.length);
  expect(lazy.length).toBeGreaterThan(15);
  expect(roomsNeeded('../lessons/LessonPage.tsx')).toContain('lessons');
});

it.each(lazy)('$path fetches $fetches with the words that it needs', ({ fetches, rooms }) => {
  expect(rooms).toEqual(roomsNeeded(fetches));
});

it('what is around every page needs no words but those on board', () => {
  expect(roomsNeeded('../main.tsx')).toEqual([]);
  for (const menu of ['ThemeMenu', 'PagesMenu']) expect(roomsNeeded(`../page/${menu}.tsx`)).toEqual([]);
});
