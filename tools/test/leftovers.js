import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { runCommand } from '../run/command.js';

/** Variable by which every process that a test run started can be told from all others: children inherit it. */
export const RUN_VARIABLE = 'PORTHOLE_TEST_RUN';

const GRACE_MS = 3_000;
const POLL_MS = 100;

/** @typedef {{ pid: number, command: string }} Leftover */

/**
 * Processes of a test run that outlived it, and with them every socket that it left open; `null` where the system does not
 * tell us the environment of a process (Windows).
 *
 * @param {string} run Value of RUN_VARIABLE.
 * @param {number} [graceMs] Time that a process which is just ending gets.
 * @returns {Promise<Leftover[] | null>}
 */
export async function findLeftovers(run, graceMs = GRACE_MS) {
  const deadline = Date.now() + graceMs;
  for (;;) {
    const found = await processesOf(run);
    if (found === null || found.length === 0 || Date.now() >= deadline) return found;
    await delay(POLL_MS);
  }
}

/**
 * Ends them, so that a failed run does not disturb the next one.
 *
 * @param {readonly Leftover[]} leftovers
 */
export function endLeftovers(leftovers) {
  for (const { pid } of leftovers) {
    try {
      process.kill(pid, 'SIGKILL');
    } catch (error) {
      // ESRCH: it has ended by itself.
      if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
    }
  }
}

/**
 * @param {string} run
 * @returns {Promise<Leftover[] | null>}
 */
async function processesOf(run) {
  const mark = `${RUN_VARIABLE}=${run}`;
  if (process.platform === 'linux') return linuxProcesses(mark);
  return process.platform === 'darwin' ? macProcesses(mark) : null;
}

/** @param {string} mark */
function linuxProcesses(mark) {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.flatMap((pid) => {
    if (!readProcessFile(pid, 'environ').split('\0').includes(mark)) return [];
    return [{ pid: Number(pid), command: readProcessFile(pid, 'cmdline').replaceAll('\0', ' ').trim() }];
  });
}

/**
 * @param {string} pid
 * @param {string} name
 */
function readProcessFile(pid, name) {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch (error) {
    // It ended meanwhile, or belongs to somebody else.
    if (error instanceof Error && 'code' in error) return '';
    throw error;
  }
}

/** @param {string} mark */
async function macProcesses(mark) {
  const { output } = await runCommand('/bin/ps', ['-A', '-E', '-ww', '-o', 'pid=,command=']);
  return output.split('\n').flatMap((line) => {
    const [, pid, command] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
    return pid && command?.split(' ').includes(mark) ? [{ pid: Number(pid), command: command.slice(0, 120) }] : [];
  });
}
