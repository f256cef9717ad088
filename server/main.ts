#!/usr/bin/env node
/** The command line; the only file that touches `process` from outside in. */
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import envPaths from 'env-paths';
import open from 'open';
import { announcement, readyLine } from './announce.ts';
import { checkCommand } from './check-command.ts';
import { type Config, parseCommandLine } from './config.ts';
import { keepFreedMemory } from './heap.ts';
import { announceInstance, runningInstance, withdrawInstance } from './instance.ts';
import { type Playground, startPlayground } from './playground.ts';
import { UsageError } from './read-options.ts';
import { onStopSignal } from './stop-signals.ts';
import { USAGE } from './usage.ts';

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

/** Folder of the built page, beside the built server. */
const PAGE_FOLDER = fileURLToPath(new URL('../web', import.meta.url));

/** The package's own description, beside `dist`. */
const PACKAGE_FILE = new URL('../../package.json', import.meta.url);

async function main(args: readonly string[]): Promise<void> {
  if (args[0] === 'check') {
    process.exitCode = await checkCommand(args.slice(1), print);
    return;
  }
  const command = parseCommandLine(args);
  if (command.type === 'help') return print(USAGE);
  if (command.type === 'version') return print(`${version()}\n`);
  await run(command.config);
}

async function run(config: Config): Promise<void> {
  keepFreedMemory();
  if (!existsSync(PAGE_FOLDER)) throw new UsageError('The page is not built. Run: npm run build');
  const dataFolder = config.dataFolder ?? envPaths('porthole', { suffix: '' }).data;
  const first = await runningInstance(dataFolder);
  if (first) warn(`Porthole already runs at ${first.url}. This one takes other ports where they are taken.`);
  const playground = await startPlayground(config, { version: version(), dataFolder, pageFolder: PAGE_FOLDER, warn });
  stopOnSignals(playground, () => withdrawInstance(dataFolder, process.pid));
  const url = playground.url ?? '';
  try {
    if (!first) await announce(dataFolder, url);
    await sayReady(playground, config.json);
  } catch (error) {
    await playground.close();
    throw error;
  }
  if (config.openBrowser) await openBrowser(config.relays.length > 0 ? `${url}/relay` : url);
}

/** Leaves a note for a second instance. A folder that can't be written is no reason not to run. */
async function announce(dataFolder: string, url: string): Promise<void> {
  try {
    await announceInstance(dataFolder, { pid: process.pid, url });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    warn(
      `Nothing can be kept in ${dataFolder} (${reason}). Progress stays in the browser alone; --data DIR names another folder.`,
    );
  }
}

async function sayReady(playground: Playground, json: boolean): Promise<void> {
  const ready = { url: playground.url ?? '', demos: playground.demos, relays: playground.relays() };
  if (json) print(readyLine(ready));
  else print(announcement(ready, (await playground.certificate()).fingerprint));
}

/** A signal closes every connection, and then the process ends by itself, with 0. */
function stopOnSignals(playground: Playground, withdraw: () => Promise<void>): void {
  const later = (ms: number, work: () => void): void => void setTimeout(work, ms).unref();
  onStopSignal(process, later, () => {
    void Promise.all([playground.close(), withdraw()]).catch(fail);
  });
}

async function openBrowser(url: string): Promise<void> {
  const complain = (): void => warn(`No browser could be started. Open ${url} yourself.`);
  try {
    const child = await open(url);
    child.once('error', complain);
    child.once('exit', (code) => code !== 0 && complain());
  } catch {
    complain();
  }
}

function version(): string {
  const description: unknown = JSON.parse(readFileSync(PACKAGE_FILE, 'utf8'));
  const found = typeof description === 'object' && description && 'version' in description ? description.version : null;
  return typeof found === 'string' ? found : 'unknown';
}

function print(text: string): void {
  process.stdout.write(text);
}

function warn(sentence: string): void {
  process.stderr.write(`porthole: ${sentence}\n`);
}

function fail(error: unknown): void {
  warn(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof UsageError ? EXIT_USAGE : EXIT_FAILED;
}

/** Whoever reads what is printed may stop reading (`… | head`); what was asked for is done all the same. */
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
});

main(process.argv.slice(2)).catch(fail);
