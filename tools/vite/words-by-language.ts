import { type Plugin, runnerImport } from 'vite';

/** `…/web/chat/strings.ts?words=en`. */
const REQUEST = /^(.*?([^/]+)\/strings\.ts)\?words=(en|zh-CN)$/;

/** What a `strings.ts` exports: words by language. */
interface RoomWords {
  readonly strings: Readonly<Record<string, unknown>>;
}

/**
 * Cuts a room's words by language: `strings.ts?words=en` is a module whose default export is the English half, built into a
 * file `words-ROOM-en`. An author keeps both languages side by side in one file; a browser fetches the one it shows.
 */
export function wordsByLanguage(): Plugin {
  return {
    name: 'porthole:words-by-language',
    enforce: 'pre',
    load: {
      filter: { id: REQUEST },
      async handler(id) {
        const [, path = '', , language = ''] = REQUEST.exec(id) ?? [];
        const { module, dependencies } = await runnerImport<RoomWords>(path, { configFile: false, logLevel: 'error' });
        for (const file of [path, ...dependencies]) this.addWatchFile(file);
        return `export default ${JSON.stringify(module.strings[language])};`;
      },
    },
    outputOptions: ({ chunkFileNames, ...options }) => ({
      ...options,
      chunkFileNames: (chunk) => {
        const [, , room, language] = REQUEST.exec(chunk.facadeModuleId ?? '') ?? [];
        if (room) return `assets/words-${room}-${language}-[hash].js`;
        return typeof chunkFileNames === 'function' ? chunkFileNames(chunk) : (chunkFileNames ?? '[name]-[hash].js');
      },
    }),
  };
}
