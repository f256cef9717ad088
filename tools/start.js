/**
 * `npm start`: builds Porthole where that is needed, then runs it in this very process, so that signals, exit code and
 * arguments (`npm start -- --no-open --json …`) are the server's own. Whatever is said here goes to standard error:
 * standard output belongs to the server's ready line.
 */
import { pathToFileURL } from 'node:url';
import { buildIfNeeded } from './run/build.js';
import { isNodeSupported, NEEDED_NODE } from './run/node-version.js';
import { SCRIPTS } from './run/repository.js';

if (!isNodeSupported(process.versions.node)) {
  console.error(`Porthole needs ${NEEDED_NODE}; this is ${process.versions.node}. See https://nodejs.org/`);
  process.exitCode = 1;
} else if (await buildIfNeeded()) {
  process.argv[1] = SCRIPTS.server;
  await import(pathToFileURL(SCRIPTS.server).href);
} else {
  process.exitCode = 1;
}
