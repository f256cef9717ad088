import mdx from '@mdx-js/rollup';
import react from '@vitejs/plugin-react';
import remarkFrontmatter from 'remark-frontmatter';
import remarkMdxFrontmatter from 'remark-mdx-frontmatter';
import { defineConfig } from 'vitest/config';

const ignored = ['**/node_modules/**', 'dist/**', '.cache/**'];

/**
 * Seven kinds of tests, each a project that can be run alone:
 * `unit` (beside the code, real sockets on port 0), `clients` (real telnet, nc, ncat, socat against the demos),
 * `kernel` (the lab's stack against the kernel of Linux, in a network namespace; as root),
 * `xmpp` (the XMPP clients and the server that Debian packages), `aioxmpp` (the tests that one of those clients has),
 * `e2e` (the built page in a real Chromium), `looks` (pictures of every page in every look; `npm run looks`, not `npm test`), `package` (the tarball that `npm pack` makes of the built files).
 */
export default defineConfig({
  plugins: [
    { enforce: 'pre', ...mdx({ remarkPlugins: [remarkFrontmatter, remarkMdxFrontmatter] }) },
    react({ include: /\.(jsx|tsx|mdx)$/ }),
  ],
  test: {
    maxWorkers: 2,
    // Importing a module does nothing, so files may share what a worker has loaded: half of the time otherwise. The e2e
    // files of a worker share a browser as well: see web/testing/worker-browser.ts.
    isolate: false,
    // A machine with other work to do is slow, not wrong.
    expect: { poll: { timeout: 10_000, interval: 20 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [
            ...ignored,
            '**/*.clients.test.ts',
            '**/*.kernel.test.ts',
            '**/*.xmpp.test.ts',
            '**/*.aioxmpp.test.ts',
            '**/*.package.test.ts',
          ],
          testTimeout: 20_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'clients',
          include: ['**/*.clients.test.ts'],
          exclude: ignored,
          testTimeout: 30_000,
          // They wait for their programs more than they compute.
          maxWorkers: 3,
        },
      },
      {
        extends: true,
        test: {
          name: 'kernel',
          include: ['**/*.kernel.test.ts'],
          exclude: ignored,
          testTimeout: 60_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'xmpp',
          include: ['**/*.xmpp.test.ts'],
          exclude: ignored,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'aioxmpp',
          include: ['**/*.aioxmpp.test.ts'],
          exclude: ignored,
          testTimeout: 30_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['**/*.e2e.ts'],
          exclude: ignored,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'looks',
          include: ['web/testing/*.looks.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          include: ['**/*.package.test.ts'],
          exclude: ignored,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
