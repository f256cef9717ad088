import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/**
 * Full path of a program, looked for on the PATH as a shell would; `null` when there is none.
 *
 * @param {string} name Without extension.
 * @param {NodeJS.ProcessEnv} [env]
 * @returns {string | null}
 */
export function onPath(name, env = process.env) {
  const folders = (env.PATH ?? env.Path ?? '').split(delimiter).filter((folder) => folder !== '');
  const extensions = process.platform === 'win32' ? (env.PATHEXT ?? '.EXE').split(';') : [''];
  for (const folder of folders) {
    for (const extension of extensions) {
      const file = join(folder, name + extension);
      if (isExecutable(file)) return file;
    }
  }
  return null;
}

/**
 * @param {string} file
 * @returns {boolean} Whether `file` is a file that we may run.
 */
export function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
