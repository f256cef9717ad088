import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * npm's own script, to be run with Node, so that no shell and no `npm.cmd` is needed: the npm that runs us, else the one
 * beside this Node. Throws when there is none.
 *
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string}
 */
export function npmScript(env = process.env) {
  const beside = dirname(process.execPath);
  const candidates = [
    env.npm_execpath ?? '',
    join(beside, 'node_modules/npm/bin/npm-cli.js'),
    join(beside, '../lib/node_modules/npm/bin/npm-cli.js'),
    // Debian's own package.
    '/usr/share/nodejs/npm/bin/npm-cli.js',
  ];
  const found = candidates.find((file) => /npm-cli\.c?js$/.test(file) && existsSync(file));
  if (!found) throw new Error('npm-cli.js was not found; run this through `npm test`');
  return found;
}
