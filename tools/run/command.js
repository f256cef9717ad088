import { spawn } from 'node:child_process';

/** Longest output of one command that is kept, in UTF-16 units; the rest is dropped. */
const MAX_CAPTURED_CHARS = 1_000_000;

/**
 * @typedef {object} CommandOptions
 * @property {NodeJS.ProcessEnv} [env] Environment; default: ours.
 * @property {string} [cwd] Default: ours.
 * @property {'capture' | 'inherit'} [output] Where its output goes: kept and returned (default), or shown as it comes.
 * @property {number} [timeoutMs] Killed after so many milliseconds; default: never.
 */

/**
 * @typedef {object} CommandResult
 * @property {number | null} code Exit code; `null` when a signal ended it or it could not be started.
 * @property {string} output What it printed, stdout and stderr together (`capture` only).
 * @property {Error | null} error Why it could not be started, else `null`.
 */

/**
 * Runs a command without a shell and without standard input, and waits for its end. Never rejects.
 *
 * @param {string} file
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 * @returns {Promise<CommandResult>}
 */
export function runCommand(file, args, options = {}) {
  const { env = process.env, cwd, output = 'capture', timeoutMs } = options;
  return new Promise((resolve) => {
    const stream = output === 'capture' ? 'pipe' : 'inherit';
    const child = spawn(file, args, {
      env,
      cwd,
      timeout: timeoutMs,
      windowsHide: true,
      stdio: ['ignore', stream, stream],
    });
    let text = '';
    /** @param {string} chunk */
    const keep = (chunk) => {
      if (text.length < MAX_CAPTURED_CHARS) text += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', keep);
    child.stderr?.setEncoding('utf8').on('data', keep);
    child.once('error', (error) => resolve({ code: null, output: text, error }));
    child.once('close', (code) => resolve({ code, output: text, error: null }));
  });
}
