import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../run/command.js';
import { inRepository, REPOSITORY } from '../run/repository.js';
import { onPath } from './path.js';

/** Where Debian's packages of Python libraries are; other Pythons do not see them. */
export const DEBIAN_MODULES = '/usr/lib/python3/dist-packages';

const PACKAGE = 'python3-aioxmpp';
/** Verifies what it downloads, and goes the way that apt goes. */
const APT_HELPER = '/usr/lib/apt/apt-helper';
/** A download that takes longer is given up. */
const FETCH_TIMEOUT_MS = 2 * 60_000;

/**
 * The folder that holds the folder `tests` of the aioxmpp that is installed; `null`: not fetched yet.
 *
 * @returns {string | null}
 */
export function findAioxmppTests() {
  const folder = folderOf(installedVersion());
  return existsSync(join(folder, 'tests/muc/test_e2e.py')) ? folder : null;
}

/**
 * Fetches aioxmpp's own tests from Debian's source package, into the repository's cache. The binary package leaves them
 * out. Lists and sources are apt's own, but in folders of ours: nothing of the machine's is changed, and no rights are needed.
 *
 * @param {(line: string) => void} log Told what is done, and honestly what failed.
 */
export async function fetchAioxmppTests(log) {
  if (process.platform !== 'linux' || onPath('apt-get') === null || !existsSync(APT_HELPER)) return;
  const work = inRepository('.cache/clients/apt');
  try {
    log(`Fetching the tests of ${PACKAGE} from its source package.`);
    await fetchInto(folderOf(installedVersion()), work);
  } catch (error) {
    log(`That failed: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/**
 * @param {string} folder
 * @param {string} work
 */
async function fetchInto(folder, work) {
  const options = aptOptions(work);
  const { version, origins } = await whereFrom(options);
  writeFileSync(join(work, 'sources.list'), origins.map((origin) => `deb-src ${origin}\n`).join(''));
  await run('apt-get', [...options, ...sourcesOf(work), '-q', 'update']);
  const source = ['source', '--print-uris', '--download-only', `${PACKAGE}=${version}`];
  const printed = await run('apt-get', [...options, ...sourcesOf(work), '-q', ...source]);
  const [, uri, file = '', sha256] = /^'(\S+)' (\S+\.orig\.tar\.\w+) \d+ SHA256:(\w+)$/m.exec(printed) ?? [];
  if (!uri || !sha256) throw new Error('apt-get names no source');
  await run(APT_HELPER, ['download-file', uri, join(work, file), `SHA256:${sha256}`]);
  const unpacked = join(work, 'unpacked');
  mkdirSync(unpacked);
  await run('tar', ['-xf', join(work, file), '-C', unpacked]);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  renameSync(join(rootOf(unpacked), 'tests'), join(folder, 'tests'));
}

/**
 * The version that is installed, and the archives that have it; apt's lists may have been removed since.
 *
 * @param {readonly string[]} options
 */
async function whereFrom(options) {
  const known = policyOf(await run('apt-cache', ['policy', PACKAGE]));
  if (known.origins.length > 0) return known;
  await run('apt-get', [...options, '-q', 'update']);
  return policyOf(await run('apt-cache', [...options, 'policy', PACKAGE]));
}

/**
 * Reads what `apt-cache policy` says of the installed version.
 *
 * @param {string} text
 * @returns {{ version: string, origins: string[] }} Origins as a sources list names them: `URI SUITE COMPONENT`.
 */
export function policyOf(text) {
  const [, version, table = ''] = /^ \*\*\* (\S+) \d+\n((?: {8}.*\n?)*)/m.exec(text) ?? [];
  if (!version) throw new Error(`${PACKAGE} is not installed`);
  const origins = [...table.matchAll(/^ +-?\d+ (\w+:\S+) (\S+)\/([^/\s]+) \S+ Packages$/gm)];
  return { version, origins: origins.map(([, uri, suite, component]) => `${uri} ${suite} ${component}`) };
}

/**
 * @param {string} work
 * @returns {string[]}
 */
function aptOptions(work) {
  for (const folder of ['lists/partial', 'cache/archives/partial', 'no-sources']) {
    mkdirSync(join(work, folder), { recursive: true });
  }
  return ['-o', `Dir::State::Lists=${work}/lists`, '-o', `Dir::Cache=${work}/cache`];
}

/** @param {string} work */
function sourcesOf(work) {
  return ['-o', `Dir::Etc::SourceList=${work}/sources.list`, '-o', `Dir::Etc::SourceParts=${work}/no-sources`];
}

/**
 * Some archives have everything in one folder.
 *
 * @param {string} unpacked
 */
function rootOf(unpacked) {
  const [first = '', ...others] = readdirSync(unpacked);
  return others.length === 0 ? join(unpacked, first) : unpacked;
}

/** @param {string | null} version */
function folderOf(version) {
  return inRepository('.cache/clients', `aioxmpp-${version ?? 'none'}`);
}

/** @returns {string | null} */
function installedVersion() {
  if (!existsSync(DEBIAN_MODULES)) return null;
  const names = readdirSync(DEBIAN_MODULES).map((name) => /^aioxmpp-([\d.]+)\.(?:egg|dist)-info$/.exec(name)?.[1]);
  return names.find((version) => version !== undefined) ?? null;
}

/**
 * @param {string} file
 * @param {readonly string[]} args
 */
async function run(file, args) {
  const env = { ...process.env, LC_ALL: 'C' };
  const { code, output, error } = await runCommand(file, args, { env, cwd: REPOSITORY, timeoutMs: FETCH_TIMEOUT_MS });
  if (code === 0) return output;
  const lastWords = output.trimEnd().split('\n').slice(-2).join(' ');
  throw new Error(error?.message ?? `${file} ended with ${code}. ${lastWords}`);
}
