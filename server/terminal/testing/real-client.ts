import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from 'node:child_process';
import { createLookout } from './lookout.ts';

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
  const lookout = createLookout(PATIENCE_MS);
  let text = '';
  let read = 0;
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  for (const output of [child.stdout, child.stderr]) {
    output.on('data', (octets: Buffer) => {
      text += octets.toString('latin1').replaceAll('\r\n', '\n');
      lookout.look();
    });
  }
  /** Where `wanted` ends after what was waited for before. */
  const endOf = (wanted: string): number | undefined => {
    const at = text.indexOf(wanted, read);
    return at < 0 ? undefined : at + wanted.length;
  };
  return {
    get text() {
      return text;
    },
    type: (keys) => child.stdin.write(Buffer.from(keys, 'utf8')),
    async until(wanted) {
      const missing = () => `waited for ${JSON.stringify(wanted)}, got ${JSON.stringify(text.slice(read))}`;
      read = await lookout.until(() => endOf(wanted), missing);
    },
    ended: () => ended,
    close: () => child.kill(),
  };
}
