import { realpathSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

/**
 * Whether a module is the script that Node was started with, and not one that it imports.
 *
 * @param {string} url `import.meta.url` of the module, which is its real name.
 * @param {string} [script] The script, by a name that may go over a link, as `/tmp` is one on macOS.
 */
export function isStarted(url, script = process.argv[1]) {
  return script !== undefined && pathToFileURL(realpathSync(script)).href === url;
}
