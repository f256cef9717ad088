/** A network namespace with a lab host in it, which a test makes and removes. */
import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { REPOSITORY } from '../run/repository.js';

const run = promisify(execFile);
const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));
/** Most that a client in the namespace may print. */
const MAX_OUTPUT_BYTES = 64 * 1024 * 1024;

/** Of the names of our namespaces; the rest is the number of the process that made it. */
const PREFIX = 'porthole-lab-';

/** Removes what a run that was killed has left: a namespace whose maker is gone. */
async function removeStale(): Promise<void> {
  const { stdout } = await run('ip', ['netns', 'list']);
  for (const name of stdout.split('\n').map((line) => line.split(' ')[0] ?? '')) {
    const maker = name.startsWith(PREFIX) ? Number(name.slice(PREFIX.length)) : Number.NaN;
    if (Number.isInteger(maker) && !existsSync(`/proc/${maker}`)) await run('ip', ['netns', 'del', name]);
  }
}

/** What the child answers to one request. */
interface Reply {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** What a client that was run in the namespace printed. */
export interface ClientRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Asks the lab host in it for scenarios, one line of JSON each. */
export class LabNamespace {
  readonly name: string;
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { resolve: (value: unknown) => void; reject: (error: Error) => void }>();
  #nextId = 1;

  private constructor(name: string, child: ChildProcess) {
    this.name = name;
    this.#child = child;
    if (child.stdout) createInterface({ input: child.stdout }).on('line', (line) => this.#answer(line));
    child.once('exit', (code) => this.#fail(new Error(`the lab host ended (${code})`)));
  }

  /** Makes the namespace and starts the host. Needs root. */
  static async open(): Promise<LabNamespace> {
    await removeStale();
    const name = `${PREFIX}${process.pid}`;
    await run('ip', ['netns', 'add', name]);
    await run('ip', ['netns', 'exec', name, 'ip', 'link', 'set', 'lo', 'up']);
    const command = ['netns', 'exec', name, process.execPath, '--import', 'tsx', CHILD];
    const child = spawn('ip', command, { cwd: REPOSITORY, stdio: ['pipe', 'pipe', 'inherit'] });
    const namespace = new LabNamespace(name, child);
    try {
      await namespace.ask('ready', {});
      return namespace;
    } catch (error) {
      await namespace.close();
      throw error;
    }
  }

  /** Runs a scenario of the child and answers what it found. */
  ask<Result>(scenario: string, options: Readonly<Record<string, unknown>>): Promise<Result> {
    const id = this.#nextId;
    this.#nextId += 1;
    return new Promise<Result>((resolve, reject) => {
      this.#waiting.set(id, { resolve: (value) => resolve(value as Result), reject });
      this.#child.stdin?.write(`${JSON.stringify({ id, scenario, options })}\n`);
    });
  }

  /** Runs a client beside the kernel's end. Never rejects. */
  async client(file: string, args: readonly string[], timeoutMs = 30_000): Promise<ClientRun> {
    const all = ['netns', 'exec', this.name, file, ...args];
    try {
      const { stdout, stderr } = await run('ip', all, { timeout: timeoutMs, maxBuffer: MAX_OUTPUT_BYTES });
      return { code: 0, stdout, stderr };
    } catch (error) {
      const { code, stdout, stderr } = error as { code?: unknown; stdout?: string; stderr?: string };
      return { code: typeof code === 'number' ? code : -1, stdout: stdout ?? '', stderr: stderr ?? String(error) };
    }
  }

  /** Ends the host and removes the namespace. */
  async close(): Promise<void> {
    const ended = this.#child.exitCode === null ? once(this.#child, 'exit') : Promise.resolve();
    this.#child.stdin?.end();
    await ended;
    await run('ip', ['netns', 'del', this.name]);
  }

  #answer(line: string): void {
    const reply = JSON.parse(line) as Reply;
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.error === undefined) waiting?.resolve(reply.result);
    else waiting?.reject(new Error(reply.error));
  }

  #fail(error: Error): void {
    for (const { reject } of this.#waiting.values()) reject(error);
    this.#waiting.clear();
  }
}
