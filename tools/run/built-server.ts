import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { DemoAddress } from '#protocol/demos.ts';
import { SCRIPTS } from './repository.js';

/** Longest time from start to the ready line. */
const READY_TIMEOUT_MS = 20_000;
/** Time a server gets to stop on a signal before it is killed and the test fails. */
const STOP_TIMEOUT_MS = 10_000;
/** Lines of the server's standard error that are kept for messages. */
const MAX_STDERR_LINES = 200;

/** How to start a server for a test. */
export interface BuiltServerOptions {
  /** Further arguments, after `--no-open --json --ports auto --data DIR`. */
  readonly args?: readonly string[];
  /** Data folder to use and to keep; default: a fresh one, removed at the end. */
  readonly data?: string;
  /** Script to run instead of `dist/server/main.js`, such as an installed package's. */
  readonly script?: string;
  /** User and group to run it as: only root may choose. */
  readonly uid?: number;
  /** Folder to run it in; default: ours. */
  readonly cwd?: string;
}

/** The built playground, running as a process of its own. */
export interface BuiltServer {
  /** Address of the page, without a slash at its end. */
  readonly url: string;
  readonly demos: readonly DemoAddress[];
  readonly pid: number;
  /** What the server wrote to standard error so far. */
  stderr(): string;
  /** The address of a demo. Throws when there is none. */
  demo(id: string, transport?: 'tcp' | 'udp'): DemoAddress;
  /** Stops it with a signal, SIGTERM unless told, and waits; gives its exit code. Stopping twice is harmless. */
  stop(signal?: NodeJS.Signals): Promise<number | null>;
}

interface ReadyLine {
  readonly ready: true;
  readonly url: string;
  readonly demos: readonly DemoAddress[];
}

/**
 * Starts the built server (`dist/server/main.js`) on free ports and waits until it is ready. The caller stops it.
 * Throws when it is not built, ends early, or is not ready in time; the message carries its standard error.
 */
export async function startBuiltServer(options: BuiltServerOptions = {}): Promise<BuiltServer> {
  const script = options.script ?? SCRIPTS.server;
  if (!existsSync(script)) throw new Error(`${script} is missing: run \`npm run build\` first`);
  const data = options.data ?? (await mkdtemp(join(tmpdir(), 'porthole-test-')));
  const args = [script, '--no-open', '--json', '--ports', 'auto', '--data', data, ...(options.args ?? [])];
  const child = spawn(process.execPath, args, {
    cwd: options.cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(options.uid !== undefined && { uid: options.uid, gid: options.uid }),
  });
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  const stderr = keepLines(child);
  const end = async (signal: NodeJS.Signals = 'SIGTERM') => {
    const code = await stopChild(child, signal);
    process.off('exit', killWithUs);
    if (options.data === undefined) await rm(data, { recursive: true, force: true });
    return code;
  };
  try {
    const ready = await readyLine(child, stderr);
    return {
      url: ready.url.replace(/\/$/, ''),
      demos: ready.demos,
      pid: child.pid ?? -1,
      stderr,
      demo: (id, transport = 'tcp') => demoIn(ready.demos, id, transport),
      stop: end,
    };
  } catch (error) {
    await end();
    throw error;
  }
}

function demoIn(demos: readonly DemoAddress[], id: string, transport: 'tcp' | 'udp'): DemoAddress {
  const demo = demos.find((each) => each.id === id && each.transport === transport);
  if (!demo) throw new Error(`the server runs no ${transport} demo called ${id}`);
  return demo;
}

function keepLines(child: ChildProcess): () => string {
  const lines: string[] = [];
  if (child.stderr) {
    createInterface({ input: child.stderr }).on('line', (line) => {
      lines.push(line);
      if (lines.length > MAX_STDERR_LINES) lines.shift();
    });
  }
  return () => lines.join('\n');
}

function readyLine(child: ChildProcess, stderr: () => string): Promise<ReadyLine> {
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`the built server ${why}\n${stderr()}`));
    const timer = setTimeout(() => fail(`was not ready after ${READY_TIMEOUT_MS} ms`), READY_TIMEOUT_MS);
    child.once('error', (error) => fail(`could not be started: ${error.message}`));
    child.once('close', (code) => {
      clearTimeout(timer);
      fail(`ended with code ${code} before it was ready`);
    });
    if (!child.stdout) return fail('has no standard output');
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer);
      const ready = parseReadyLine(line);
      if (ready) resolve(ready);
      else fail(`said this instead of its ready line: ${line}`);
    });
  });
}

function parseReadyLine(line: string): ReadyLine | null {
  if (!line.startsWith('{')) return null;
  const value: unknown = JSON.parse(line);
  const isReady = typeof value === 'object' && value !== null && 'ready' in value && value.ready === true;
  return isReady ? (value as ReadyLine) : null;
}

async function stopChild(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null || child.signalCode !== null) return child.exitCode;
  if (child.pid === undefined) return null;
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    child.kill('SIGKILL');
  }, STOP_TIMEOUT_MS);
  const ended = once(child, 'close');
  child.kill(signal);
  await ended;
  clearTimeout(timer);
  if (late) throw new Error(`the built server did not stop within ${STOP_TIMEOUT_MS} ms of ${signal}`);
  return child.exitCode;
}
