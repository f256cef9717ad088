import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { createInterface } from 'node:readline';
import { setTimeout as delay } from 'node:timers/promises';
import { inRepository } from '../run/repository.js';

/** A server that does not listen after this time never will. */
const LISTEN_TIMEOUT_MS = 5_000;
const LISTEN_POLL_MS = 20;
/** Longest time between two lines of a load generator. */
const LINE_TIMEOUT_MS = 60_000;

/** A process that the bench started, such as a peer. */
export interface Child {
  readonly pid: number;
  /** Ends it and waits. Stopping twice is harmless. */
  stop(): Promise<void>;
}

/** A load generator, which talks in lines of JSON. */
export interface LoadChild extends Child {
  /** The next line it prints, parsed. Throws when it ends or says nothing for too long. */
  next(): Promise<Record<string, number | boolean | string | null>>;
  /** Tells it to go on. */
  go(): void;
}

/** Path of one of our child scripts. */
function childScript(name: string): string {
  return inRepository('tools/bench/children', `${name}.js`);
}

/** Starts a program that serves until it is stopped. */
export function startChild(file: string, args: readonly string[]): Child {
  const child = spawn(file, args, { stdio: ['ignore', 'ignore', 'ignore'] });
  return { pid: child.pid ?? -1, stop: stopper(child) };
}

/** Starts one of our child scripts with options as JSON. */
export function startLoad(name: string, options: object): LoadChild {
  const child = spawn(process.execPath, [childScript(name), JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    pid: child.pid ?? -1,
    stop: stopper(child),
    next: async () => {
      const late = delay(LINE_TIMEOUT_MS, undefined, { ref: false });
      const line = await Promise.race([lines.next(), late]);
      if (!line || line.done) throw new Error(`${name} ${line ? 'ended' : 'hangs'} without an answer`);
      return JSON.parse(line.value);
    },
    go: () => {
      child.stdin.write('\n');
    },
  };
}

/** Runs one of our child scripts to its only line. */
export async function runLoad(
  name: string,
  options: object,
): Promise<Record<string, number | boolean | string | null>> {
  const load = startLoad(name, options);
  try {
    return await load.next();
  } finally {
    await load.stop();
  }
}

/** The number that a load generator reported under this key. Throws when it is missing. */
export function numberOf(report: Record<string, number | boolean | string | null>, key: string): number {
  const value = report[key];
  if (typeof value !== 'number') throw new Error(`the load generator reported no ${key}: ${JSON.stringify(report)}`);
  return value;
}

function stopper(child: ChildProcess): () => Promise<void> {
  const killWithUs = () => child.kill('SIGKILL');
  process.once('exit', killWithUs);
  return async () => {
    process.off('exit', killWithUs);
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'close');
    child.kill('SIGKILL');
    await ended;
  };
}

/** A TCP port of 127.0.0.1 that was free a moment ago, for peers that cannot choose one and say which. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('the system gave no port');
  return address.port;
}

/** Waits until somebody accepts connections on this port. */
export async function untilListening(port: number): Promise<void> {
  const deadline = Date.now() + LISTEN_TIMEOUT_MS;
  while (!(await accepts(port))) {
    if (Date.now() > deadline) throw new Error(`nobody listens on port ${port} after ${LISTEN_TIMEOUT_MS} ms`);
    await delay(LISTEN_POLL_MS);
  }
}

/** Connects and ends politely: ncat gives up altogether when a client is gone before it is accepted. */
function accepts(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.end());
    socket.resume();
    socket.once('error', () => resolve(false));
    socket.once('close', (hadError) => resolve(!hadError));
  });
}
