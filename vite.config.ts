import { fileURLToPath } from 'node:url';
import mdx from '@mdx-js/rollup';
import react from '@vitejs/plugin-react';
import remarkFrontmatter from 'remark-frontmatter';
import remarkGfm from 'remark-gfm';
import remarkMdxFrontmatter from 'remark-mdx-frontmatter';
import { defineConfig, type PluginOption, type UserConfig } from 'vite';
import { assetLicences } from './tools/vite/asset-licences.ts';
import { playgroundInDevelopment } from './tools/vite/development.ts';
import { precompress } from './tools/vite/precompress.ts';
import { wordsByLanguage } from './tools/vite/words-by-language.ts';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

/**
 * What is fetched together is one file: over HTTP/1.1 six are fetched at a time, and each round costs a round trip. First what
 * every page begins with; then the small things that the home page needs and others share.
 */
const FEWER_FILES = [
  { name: 'initial', tags: ['$initial' as const], priority: 2 },
  {
    name: 'shared',
    test: /[\\/]web[\\/](design[\\/](Badge|Button|CodeLine|Copy|Evidence|FilePick|Segmented|save-file)|workbench[\\/](format|payload-text)|lessons[\\/](Marker|standing|browser-progress)|playground[\\/](DemoCard|demo-))/,
  },
];

const plugins: PluginOption[] = [
  { enforce: 'pre', ...mdx({ remarkPlugins: [remarkFrontmatter, remarkMdxFrontmatter, remarkGfm] }) },
  react({ include: /\.(jsx|tsx|mdx)$/ }),
  playgroundInDevelopment({
    folder: here('server'),
    entry: here('server/playground.ts'),
    lessons: here('lessons'),
  }),
  assetLicences(here('node_modules')),
  wordsByLanguage(),
  precompress(),
];

/** The page in development (with the playground in the same process), and both builds: the page and the server. */
export default defineConfig(({ command }) => {
  // Whatever the shell has set for other programs: React would be built in, twice as long, as it is for those who develop it.
  if (command === 'build') process.env.NODE_ENV = 'production';
  return configuration(command);
});

const configuration = (command: 'build' | 'serve'): UserConfig => ({
  root: here('web'),
  cacheDir: here('.cache/vite'),
  plugins,
  server: { port: 7070, open: true },
  builder: {},
  environments: {
    client: {
      build: {
        outDir: here('dist/web'),
        emptyOutDir: true,
        license: { fileName: 'licenses.json' },
        rolldownOptions: { input: here('web/index.html'), output: { codeSplitting: { groups: FEWER_FILES } } },
      },
    },
    ssr: {
      // Bundled for production; in development Node itself loads the libraries, CommonJS ones too.
      resolve: { noExternal: command === 'build' ? true : [] },
      build: {
        ssr: true,
        copyPublicDir: false,
        target: 'node20',
        minify: true,
        outDir: here('dist/server'),
        emptyOutDir: true,
        license: { fileName: 'licenses.json' },
        rolldownOptions: { input: here('server/main.ts'), output: { entryFileNames: '[name].js' } },
      },
    },
  },
});
