import { existsSync, readFileSync } from 'node:fs';
import { basename, isAbsolute, relative } from 'node:path';
import { runCommand } from '../run/command.js';
import { REPOSITORY, SCRIPTS } from '../run/repository.js';
import { BREW_FORMULAE, DEBIAN_PACKAGES, packagedOf } from './advice.js';
import { fetchAioxmppTests } from './aioxmpp-tests.js';
import { findChromium } from './chromium.js';
import { findClients } from './find.js';
import { onPath } from './path.js';

/** @typedef {import('./find.js').ClientName} ClientName */

/** A package manager or a download that takes longer is given up. */
const INSTALL_TIMEOUT_MS = 5 * 60_000;
/** Lines shown of a command that failed. */
const LAST_WORDS = 5;
const OS_RELEASE = '/etc/os-release';

/**
 * Installs what is missing, where that can be done without asking anybody: with apt-get on Debian and Ubuntu as root, with
 * Homebrew or sudo on a build server (CI=true), and Chromium by playwright's own download where no package gave one. The
 * tests of aioxmpp are fetched wherever apt-get is.
 *
 * @param {readonly ClientName[]} missing
 * @param {(line: string) => void} log Told what is done, and honestly what failed.
 * @param {NodeJS.ProcessEnv} [env]
 */
export async function installMissing(missing, log, env = process.env) {
  const commands = process.platform === 'darwin' ? brewCommands(missing, env) : await aptCommands(missing, env);
  for (const command of commands) await runInstall(command, log);
  // One package that is not known keeps all the others away: then each is asked for alone.
  const still = await aptCommands(await stillMissing(missing, env), env, { oneByOne: true });
  for (const command of still) await runInstall(command, log);
  if (missing.includes('aioTests')) await fetchAioxmppTests(log);
  if (missing.includes('prosody') && onPath('prosody', env) !== null) await stopService('prosody', env, log);
  if (missing.includes('chromium') && (await findChromium(env)) === null) {
    await runInstall([process.execPath, SCRIPTS.playwright, 'install', 'chromium'], log);
  }
}

/**
 * A package that starts a service when it is installed: the tests run the program themselves, and 5222 is the demo's.
 *
 * @param {string} name
 * @param {NodeJS.ProcessEnv} env
 * @param {(line: string) => void} log
 */
async function stopService(name, env, log) {
  if (process.platform !== 'linux' || onPath('service', env) === null) return;
  await runInstall([...(process.getuid?.() === 0 ? [] : ['sudo', '-n']), 'service', name, 'stop'], log);
}

/**
 * @param {readonly ClientName[]} missing
 * @param {NodeJS.ProcessEnv} env
 * @returns {string[][]}
 */
function brewCommands(missing, env) {
  if (env.CI !== 'true' || onPath('brew', env) === null) return [];
  return missing.flatMap((name) => (BREW_FORMULAE[name] ? [['brew', 'install', BREW_FORMULAE[name]]] : []));
}

/**
 * The lists of packages are read anew, then all packages are installed at once, or each by a command of its own.
 *
 * @param {readonly ClientName[]} missing
 * @param {NodeJS.ProcessEnv} env
 * @param {{ oneByOne?: boolean }} [options]
 * @returns {Promise<string[][]>}
 */
async function aptCommands(missing, env, { oneByOne = false } = {}) {
  if (process.platform !== 'linux' || onPath('apt-get', env) === null) return [];
  const isRoot = process.getuid?.() === 0;
  if (!isRoot && !(env.CI === 'true' && onPath('sudo', env))) return [];
  // Ubuntu's chromium is a stub for a snap: playwright's download is used there.
  const packaged = packagedOf(missing).filter((name) => name !== 'chromium' || !isUbuntu());
  if (packaged.length === 0) return [];
  const apt = [...(isRoot ? [] : ['sudo', '-n']), 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', '-q'];
  const install = [...apt, 'install', '-y', '--no-install-recommends'];
  const packages = packaged.map((name) => DEBIAN_PACKAGES[name].split(' '));
  if (oneByOne) return packages.map((names) => [...install, ...names]);
  return [
    [...apt, 'update'],
    [...install, ...packages.flat()],
  ];
}

/**
 * @param {readonly ClientName[]} missing
 * @param {NodeJS.ProcessEnv} env
 * @returns {Promise<ClientName[]>}
 */
async function stillMissing(missing, env) {
  const clients = await findClients(env);
  return missing.filter((name) => clients[name] === null);
}

function isUbuntu() {
  return existsSync(OS_RELEASE) && /^ID=ubuntu/m.test(readFileSync(OS_RELEASE, 'utf8'));
}

/**
 * @param {readonly string[]} command
 * @param {(line: string) => void} log
 */
async function runInstall([file = '', ...args], log) {
  log(`$ ${[basename(file), ...args.map((arg) => (isAbsolute(arg) ? relative(REPOSITORY, arg) : arg))].join(' ')}`);
  const { code, output, error } = await runCommand(file, args, { timeoutMs: INSTALL_TIMEOUT_MS });
  if (code === 0) return;
  log(`That failed (${error?.message ?? (code === null ? 'it took too long' : `exit code ${code}`)}). Its last words:`);
  for (const line of output.trimEnd().split('\n').slice(-LAST_WORDS)) log(`  ${line}`);
}
