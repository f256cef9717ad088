import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';

/** How long a wait may take before the test fails, in milliseconds. */
const PATIENCE_MS = 10_000;

/** A real program on a real pseudo-terminal, driven as a person would. */
export interface RealClient {
  /** All that the terminal shows, `\r\n` as `\n`. */
  readonly text: string;
  type(keys: string): void;
  /** Waits until the terminal shows `wanted` after what was waited for before. */
  until(wanted: string): Promise<void>;
  /** Waits for the end. */
  ended(): Promise<void>;
  close(): void;
}

/** Whether programs of these names can be started here. */
export function has(...names: string[]): boolean {
  return names.every((name) => spawnSync(name, ['-h'], { timeout: 5_000, input: '' }).error === undefined);
}

/** Runs `command` on a pseudo-terminal of socat's. */
export function startReal(command: string): RealClient {
  const child: ChildProcessWithoutNullStreams = spawn('socat', [
    '-t1',
    '-lf/dev/null',
    '-',
    `EXEC:"${command}",pty,setsid,ctty,stderr,sane`,
  ]);
  let text = '';
  let read = 0;
  let look: () => void = () => undefined;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  for (const output of [child.stdout, child.stderr]) {
    output.on('data', (octets: Buffer) => {
      text += octets.toString('latin1').replaceAll('\r\n', '\n');
      look();
    });
  }
  return {
    get text() {
      return text;
    },
    type: (keys) => child.stdin.write(Buffer.from(keys, 'utf8')),
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const patience = setTimeout(() => {
          reject(new Error(`waited for ${JSON.stringify(wanted)}, got ${JSON.stringify(text.slice(read))}`));
        }, PATIENCE_MS);
        look = () => {
          const at = text.indexOf(wanted, read);
          if (at < 0) return;
          clearTimeout(patience);
          look = () => undefined;
          read = at + wanted.length;
          resolve();
        };
        look();
      }),
    ended: () => ended,
    close: () => child.kill(),
  };
}
