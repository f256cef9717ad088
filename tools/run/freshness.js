import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Folders and files that the build is made of. */
const SOURCES = ['web', 'server', 'lessons', 'package.json', 'package-lock.json', 'vite.config.ts'];

/** Files that every build has; the last one written stamps the build. */
export const BUILT = ['dist/web/index.html', 'dist/server/main.js'];

/** Not part of the page or the server, so a change needs no build; what Python keeps compiled comes with running it. */
const NO_SOURCE = /\.(test|e2e)\.tsx?$|\.pyc$/;

/**
 * Why a build is needed, in words for a person; `null` when the one that is there is newer than every source.
 *
 * @param {string} repository Folder of the repository.
 * @returns {string | null}
 */
export function whyBuild(repository) {
  const built = BUILT.map((file) => join(repository, file));
  if (!built.every((file) => existsSync(file))) return 'it has not been built yet';
  const builtMs = Math.min(...built.map((file) => statSync(file).mtimeMs));
  const newer = SOURCES.map((source) => newerFile(join(repository, source), builtMs)).find((file) => file !== null);
  return newer ? `${newer.slice(repository.length + 1)} is newer than the build` : null;
}

/**
 * @param {string} path File or folder; one that is missing is older than anything.
 * @param {number} thanMs
 * @returns {string | null} A file that is newer.
 */
function newerFile(path, thanMs) {
  if (!existsSync(path)) return null;
  const { mtimeMs, isDirectory } = entry(path);
  if (!isDirectory) return mtimeMs > thanMs && !NO_SOURCE.test(path) ? path : null;
  for (const name of readdirSync(path)) {
    const newer = newerFile(join(path, name), thanMs);
    if (newer !== null) return newer;
  }
  return null;
}

/** @param {string} path */
function entry(path) {
  const stats = statSync(path);
  return { mtimeMs: stats.mtimeMs, isDirectory: stats.isDirectory() };
}
