import { utimesSync } from 'node:fs';
import { runCommand } from './command.js';
import { BUILT, whyBuild } from './freshness.js';
import { inRepository, REPOSITORY, SCRIPTS } from './repository.js';

/**
 * Builds the page and the server if they are missing or older than their sources, and says on standard error what it does.
 *
 * @returns {Promise<boolean>} Whether there is a build that is up to date.
 */
export async function buildIfNeeded() {
  const why = whyBuild(REPOSITORY);
  if (why === null) return true;
  console.error(`Building Porthole (${why}). This takes some seconds …`);
  const started = new Date();
  const options = /** @type {const} */ ({ cwd: REPOSITORY, output: 'stderr' });
  const { code, error } = await runCommand(process.execPath, [SCRIPTS.vite, 'build', '--app'], options);
  if (code !== 0) {
    console.error(`The build failed${error ? `: ${error.message}` : '; its own words are above'}.`);
    console.error('If libraries are missing, run: npm ci');
    return false;
  }
  // A source saved while the build ran must count as newer than the build.
  for (const file of BUILT) utimesSync(inRepository(file), started, started);
  console.error(`Built in ${((Date.now() - started.getTime()) / 1000).toFixed(1)} s.`);
  return true;
}
