import type { RoomStrings, StringTree } from './strings.ts';

const rooms = import.meta.glob<RoomStrings<StringTree>>(['../*/strings.ts', '!../i18n/strings.ts'], {
  eager: true,
  import: 'strings',
});

/** Languages of the page. */
export const LANGUAGES = ['en', 'zh-CN'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Words by room: `../workbench/strings.ts` is the room `workbench`. */
export const roomStrings: ReadonlyMap<string, RoomStrings<StringTree>> = new Map(
  Object.entries(rooms).map(([path, strings]) => [path.split('/')[1] ?? path, strings]),
);

/** The words of one language, as i18next takes them: room → words. */
export function resourcesOf(language: Language): Record<string, StringTree> {
  return Object.fromEntries([...roomStrings].map(([room, strings]) => [room, strings[language]]));
}
