/**
 * `npm test`: the whole check, cheap parts first: machine, format and lint, types, build, then the tests in their projects.
 * Options: `--strict` (also CI=true): whatever is left out is a failure; `--no-install`: install nothing.
 * The last line is `N passed, N failed` and, if any, `, N skipped`.
 */
import { rmSync } from 'node:fs';
import { checkClients } from './clients.js';
import { runCommand } from './run/command.js';
import { isNodeSupported, NEEDED_NODE } from './run/node-version.js';
import { inRepository, REPOSITORY, SCRIPTS } from './run/repository.js';
import { endLeftovers, findLeftovers, RUN_VARIABLE } from './test/leftovers.js';
import { readReport } from './test/report.js';
import { summarize } from './test/summary.js';

/** @typedef {import('./test/summary.js').Outcome} Outcome */
/** @typedef {Omit<Outcome, 'name' | 'ms'>} Result */

/** A step that takes longer hangs. */
const STEP_TIMEOUT_MS = 15 * 60_000;

const strict = process.env.CI === 'true' || process.argv.includes('--strict');
const install = !process.argv.includes('--no-install');
const run = `${process.pid}-${Date.now()}`;
const env = { ...process.env, [RUN_VARIABLE]: run };

/** @type {Outcome[]} */
const outcomes = [];

/** @type {import('./clients.js').SuiteNeeds[]} */
let needs = [];

await step('machine', async () => {
  if (!isNodeSupported(process.versions.node)) return failure(`needs ${NEEDED_NODE}; this is ${process.versions.node}`);
  needs = await checkClients({ install, log: (line) => console.log(line) });
  return success();
});
await step('format+lint', () => script(SCRIPTS.biome, ['ci', '.']));
await step('types', () => script(SCRIPTS.tsc, ['-b']));
const build = await step('build', () => script(SCRIPTS.vite, ['build', '--app']));
await step('unit', () => suite('unit'));
await step('clients', () => suiteWithClients('clients'));
await step('kernel', () => suiteWithClients('kernel'));
// Both wait for programs more than they compute, so they run side by side where both can run.
const together = isReady('xmpp') && isReady('aioxmpp');
await step('xmpp', () => suiteWithClients('xmpp', together ? ['aioxmpp'] : []));
if (!together) await step('aioxmpp', () => suiteWithClients('aioxmpp'));
await step('package', () => onBuild(() => suite('package')));
await step('e2e', () => onBuild(() => suiteWithClients('e2e')));
await step('leftovers', leftovers);

const { lines, success: allGood } = summarize(outcomes, { strict, skipsAllowed: process.platform !== 'linux' });
console.log(`\n${lines.join('\n')}`);
process.exitCode = allGood ? 0 : 1;

/**
 * @param {string} name
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
async function step(name, work) {
  console.log(`\n── ${name} ──`);
  const startedMs = performance.now();
  const result = await work().catch((error) =>
    failure(error instanceof Error ? (error.stack ?? error.message) : String(error)),
  );
  outcomes.push({ name, ms: performance.now() - startedMs, ...result });
  return result;
}

/** @returns {Result} */
function success(note = '') {
  return { result: 'passed', passed: 0, failed: 0, skipped: 0, note };
}

/**
 * @param {string} note
 * @returns {Result}
 */
function failure(note) {
  return { result: 'failed', passed: 0, failed: 1, skipped: 0, note };
}

/**
 * @param {string} file
 * @param {readonly string[]} args
 */
async function script(file, args) {
  const options = /** @type {const} */ ({ env, cwd: REPOSITORY, output: 'inherit', timeoutMs: STEP_TIMEOUT_MS });
  const { code, error } = await runCommand(process.execPath, [file, ...args], options);
  if (code === 0) return success();
  return failure(error?.message ?? (code === null ? 'ended by a signal, or took too long' : `exit code ${code}`));
}

/**
 * @param {string} project
 * @param {readonly string[]} [beside] Projects that run in the same process.
 * @returns {Promise<Result>}
 */
async function suite(project, beside = []) {
  const report = inRepository('.cache', 'test', `${project}.json`);
  rmSync(report, { force: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  const projects = [project, ...beside].flatMap((name) => ['--project', name]);
  const ran = await script(SCRIPTS.vitest, ['run', ...projects, ...reporters]);
  const counts = readReport(report);
  if (counts === null) return ran.result === 'failed' ? ran : failure('vitest wrote no report');
  const { skippedNames, ...numbers } = counts;
  for (const name of skippedNames) console.log(`skipped: ${name}`);
  if (ran.result === 'failed' && numbers.failed === 0) return { ...ran, ...numbers, failed: 1 };
  return { ...numbers, result: ran.result, note: ran.note };
}

/** @param {import('./clients/suites.js').SuiteName} project */
function isReady(project) {
  const need = needs.find((each) => each.suite === project);
  return need !== undefined && need.notHere === null && need.missing.length === 0;
}

/**
 * @param {import('./clients/suites.js').SuiteName} project
 * @param {readonly string[]} [beside] Projects that can run as well, in the same process.
 * @returns {Promise<Result>}
 */
async function suiteWithClients(project, beside = []) {
  const need = needs.find((each) => each.suite === project);
  if (!need) return { ...success('the machine check failed'), result: 'left out' };
  if (need.notHere !== null) return { ...success(need.notHere), result: 'not here' };
  if (need.missing.length > 0) return { ...success(`needs ${need.missing.join(', ')}`), result: 'left out' };
  return suite(project, beside);
}

/**
 * @param {() => Promise<Result>} work
 * @returns {Promise<Result>}
 */
async function onBuild(work) {
  return build.result === 'passed' ? work() : { ...success('needs the build, which failed'), result: 'left out' };
}

async function leftovers() {
  const found = await findLeftovers(run);
  if (found === null) return success('not checked on this system');
  for (const { pid, command } of found) console.log(`still running: ${pid} ${command}`);
  endLeftovers(found);
  return found.length === 0 ? success() : failure(`${found.length} process(es) were still running`);
}
