import { startI18n } from './i18n.ts';
import type { Language } from './language.ts';
import { byRoom } from './resources.ts';
import type { RoomStrings, StringTree } from './strings.ts';
import type { Words } from './words.ts';

/** The words of every room, in both languages. */
export const roomStrings: ReadonlyMap<string, RoomStrings<StringTree>> = byRoom(
  import.meta.glob<RoomStrings<StringTree>>(['../*/strings.ts', '!../i18n/strings.ts'], {
    eager: true,
    import: 'strings',
  }),
);

/** Words that speak a language, with those of some rooms on board. */
export async function testWords(language: Language, rooms: readonly string[]): Promise<Words> {
  const words = startI18n({
    storage: { getItem: () => language, setItem: () => {} },
    asked: [],
    spoken: () => {},
    fetch: async (room, asked) => Object(roomStrings.get(room))[asked],
  });
  await words.bring(rooms);
  return words;
}
