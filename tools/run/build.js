import { existsSync, utimesSync } from 'node:fs';
import { runCommand } from './command.js';
import { BUILT, whyBuild } from './freshness.js';
import { inRepository, REPOSITORY, SCRIPTS } from './repository.js';

/** A dot so often shows that the build still runs. */
const DOT_MS = 1_000;

/**
 * Builds the page and the server if they are missing or older than their sources, and says on standard error what it does.
 *
 * @returns {Promise<boolean>} Whether there is a build that is up to date.
 */
export async function buildIfNeeded() {
  const why = whyBuild(REPOSITORY);
  if (why === null) return true;
  if (!existsSync(SCRIPTS.vite)) {
    process.stderr.write('The libraries are not installed. Run: npm ci\n');
    return false;
  }
  process.stderr.write(`Building Porthole (${why}). This takes some seconds `);
  const started = new Date();
  const dots = setInterval(() => process.stderr.write('.'), DOT_MS);
  const args = [SCRIPTS.vite, 'build', '--app', '--logLevel', 'warn'];
  const { code, output, error } = await runCommand(process.execPath, args, { cwd: REPOSITORY });
  clearInterval(dots);
  if (code !== 0) {
    process.stderr.write(` failed.\n${error?.message ?? output}\nIf libraries are missing, run: npm ci\n`);
    return false;
  }
  // A source saved while the build ran must count as newer than the build.
  for (const file of BUILT) utimesSync(inRepository(file), started, started);
  process.stderr.write(` done in ${((Date.now() - started.getTime()) / 1000).toFixed(1)} s.\n`);
  return true;
}
