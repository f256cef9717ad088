import type { Language } from './language.ts';
import type { RoomStrings, StringTree } from './strings.ts';

/** Fetches the words of one room in one language. */
export type FetchWords = (room: string, language: Language) => Promise<StringTree>;

type Files<T> = Readonly<Record<string, T>>;

const aroundEveryPage = import.meta.glob<RoomStrings<StringTree>>('../{design,page}/strings.ts', {
  eager: true,
  import: 'strings',
});

// See tools/vite/words-by-language.ts.
const fetched: Readonly<Record<Language, Files<() => Promise<StringTree>>>> = {
  en: import.meta.glob<StringTree>(['../*/strings.ts', '!../{i18n,design,page}/strings.ts'], {
    query: '?words=en',
    import: 'default',
  }),
  'zh-CN': import.meta.glob<StringTree>(['../*/strings.ts', '!../{i18n,design,page}/strings.ts'], {
    query: '?words=zh-CN',
    import: 'default',
  }),
};

/** Words of what is around every page, in both languages: the first paint waits for no file. */
export const wordsOnBoard = byRoom(aroundEveryPage);

/** All other words come in a file for each room and language. */
export const fetchWords: FetchWords = async (room, language) => {
  const load = byRoom(fetched[language]).get(room);
  if (!load) throw new Error(`There is no web/${room}/strings.ts`);
  return load();
};

/** `../workbench/strings.ts` is the room `workbench`. */
export function byRoom<T>(files: Files<T>): ReadonlyMap<string, T> {
  return new Map(Object.entries(files).map(([path, file]) => [path.split('/')[1] ?? path, file]));
}
