import { runCommand } from '../run/command.js';

const HELP_TIMEOUT_MS = 5_000;

/**
 * The netcats that go by the name `nc`; their options differ (`-N` is OpenBSD's, `-q` Debian's, traditional has neither `-N` nor `-k`).
 *
 * @typedef {'openbsd' | 'traditional' | 'apple' | 'ncat' | 'gnu' | 'busybox' | 'unknown'} NetcatKind
 */

/** @type {readonly [RegExp, NetcatKind][]} */
const SIGNS = [
  [/OpenBSD netcat/, 'openbsd'],
  [/^Ncat \d|ncat/im, 'ncat'],
  [/BusyBox/, 'busybox'],
  [/GNU netcat/i, 'gnu'],
  [/--apple-|\[-K tc\]/, 'apple'],
  [/\[v1\.1\d/, 'traditional'],
];

/**
 * Tells which netcat wrote this help text (`nc -h`).
 *
 * @param {string} help
 * @returns {NetcatKind}
 */
export function netcatKindOf(help) {
  return SIGNS.find(([sign]) => sign.test(help))?.[1] ?? 'unknown';
}

/**
 * Asks a netcat for its help and tells which one it is.
 *
 * @param {string} file
 * @returns {Promise<NetcatKind>}
 */
export async function netcatKind(file) {
  const { output } = await runCommand(file, ['-h'], { timeoutMs: HELP_TIMEOUT_MS });
  return netcatKindOf(output);
}
