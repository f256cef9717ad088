/** The programs that captures are made with, in network namespaces of their own. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';

/** The two namespaces: the client is near, the server may be far. */
export const NEAR = 'porthole-near';
export const FAR = 'porthole-far';
/** Time for packets to reach tcpdump, and for the kernel to send what it sends by itself. */
export const SETTLE_MS = 700;

/** Every program that was started, so that none is left. */
export const started: ChildProcess[] = [];

/** Starts a program in a namespace. */
export function within(namespace: string, file: string, ...args: readonly string[]): ChildProcess {
  const child = spawn('ip', ['netns', 'exec', namespace, file, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  started.push(child);
  return child;
}

/** Runs a command to its end. */
export function run(command: string): void {
  const [file = '', ...args] = command.split(' ');
  execFileSync(file, args, { stdio: 'inherit' });
}

/** Runs a Python program to its end, or until it says that it is ready. */
export async function python(namespace: string, program: string, untilReady = false): Promise<ChildProcess> {
  const child = within(namespace, 'python3', '-uc', program);
  child.stderr?.pipe(process.stderr);
  if (untilReady) await once(child.stdout ?? child, 'data');
  else await ended(child);
  return child;
}

/** Waits for a program's end, which may have come already. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode === null && child.signalCode === null) await once(child, 'exit');
}
