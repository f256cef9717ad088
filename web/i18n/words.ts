import type { i18n } from 'i18next';
import { LANGUAGE_KEY, type Language } from './language.ts';
import type { FetchWords } from './resources.ts';

/** The words of the page: rooms bring theirs on board when they are first shown, in the language that is spoken. */
export class Words {
  readonly i18n: i18n;
  readonly #fetch: FetchWords;
  readonly #storage: Pick<Storage, 'setItem'>;
  /** Rooms that have been shown: a switch of language brings their words first. */
  readonly #rooms = new Set<string>();
  readonly #coming = new Map<string, Promise<void>>();
  #chosen: Language;

  constructor(i18n: i18n, fetch: FetchWords, storage: Pick<Storage, 'setItem'>) {
    this.i18n = i18n;
    this.#fetch = fetch;
    this.#storage = storage;
    this.#chosen = this.language;
  }

  /** The language spoken now. */
  get language(): Language {
    return this.i18n.language === 'zh-CN' ? 'zh-CN' : 'en';
  }

  /** The language that was chosen last: another one than is spoken while its words are on their way, or could not be fetched. */
  get chosen(): Language {
    return this.#chosen;
  }

  /** Whether these rooms can be shown in the language spoken now. */
  has(rooms: Iterable<string>): boolean {
    return this.#missing(rooms, this.language).length === 0;
  }

  /** Resolves when these rooms can be shown; rejects where a file cannot be fetched, and may then be called again. */
  async bring(rooms: readonly string[]): Promise<void> {
    for (const room of rooms) this.#rooms.add(room);
    // Again where the language was switched meanwhile.
    while (!this.has(rooms)) await this.#bringAll(rooms, this.language);
  }

  /**
   * Switches the whole page once all that is shown has its words, so that none is ever missing, and remembers the choice.
   * Rejects where they cannot be fetched: the page then stays in the language it is in.
   */
  async switchTo(language: Language): Promise<void> {
    this.#chosen = language;
    this.#storage.setItem(LANGUAGE_KEY, language);
    while (this.#missing(this.#rooms, language).length > 0) await this.#bringAll(this.#rooms, language);
    if (this.#chosen === language) void this.i18n.changeLanguage(language);
  }

  #missing(rooms: Iterable<string>, language: Language): string[] {
    return [...rooms].filter((room) => !this.i18n.hasResourceBundle(language, room));
  }

  async #bringAll(rooms: Iterable<string>, language: Language): Promise<void> {
    await Promise.all(this.#missing(rooms, language).map((room) => this.#bringOne(room, language)));
  }

  #bringOne(room: string, language: Language): Promise<void> {
    const key = `${language} ${room}`;
    const coming = this.#coming.get(key) ?? this.#fetchOne(room, language).finally(() => this.#coming.delete(key));
    this.#coming.set(key, coming);
    return coming;
  }

  async #fetchOne(room: string, language: Language): Promise<void> {
    this.i18n.addResourceBundle(language, room, await this.#fetch(room, language));
  }
}
