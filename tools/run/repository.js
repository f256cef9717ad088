import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Folder of the repository's package.json. */
export const REPOSITORY = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Absolute path of something in the repository.
 *
 * @param {...string} parts
 */
export function inRepository(...parts) {
  return join(REPOSITORY, ...parts);
}

/**
 * Scripts that our tools run with Node itself, so that no shell and no `.cmd` file is needed on any system.
 */
export const SCRIPTS = {
  biome: inRepository('node_modules/@biomejs/biome/bin/biome'),
  tsc: inRepository('node_modules/typescript/bin/tsc'),
  vite: inRepository('node_modules/vite/bin/vite.js'),
  vitest: inRepository('node_modules/vitest/vitest.mjs'),
  playwright: inRepository('node_modules/playwright-core/cli.js'),
  server: inRepository('dist/server/main.js'),
};
