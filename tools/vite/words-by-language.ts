import { type Plugin, runnerImport } from 'vite';

/** `…/strings.ts?words=en`. */
const REQUEST = /^(.*\/strings\.ts)\?words=(en|zh-CN)$/;

/**
 * Cuts a room's words by language: `strings.ts?words=en` is a module whose default export is the English half. An author
 * keeps both languages side by side in one file; a browser fetches the one it shows.
 */
export function wordsByLanguage(): Plugin {
  return {
    name: 'porthole:words-by-language',
    enforce: 'pre',
    load: {
      filter: { id: REQUEST },
      async handler(id) {
        const [, path = '', language = ''] = REQUEST.exec(id) ?? [];
        const { module, dependencies } = await runnerImport<RoomWords>(path, QUIET);
        for (const file of [path, ...dependencies]) this.addWatchFile(file);
        return `export default ${JSON.stringify(module.strings[language])};`;
      },
    },
  };
}

/** What a `strings.ts` exports: words by language. */
interface RoomWords {
  readonly strings: Readonly<Record<string, unknown>>;
}

const QUIET = { configFile: false, logLevel: 'error' } as const;
