import { type ChildProcess, spawn } from 'node:child_process';
import type { Frame } from '#packets/capture-file.ts';
import { CaptureReader } from '#packets/capture-reader.ts';
import { MAX_WORDS_CHARS, START_TIMEOUT_MS } from './limits.ts';
import type { CaptureTool } from './tools.ts';

/** What a capture program is started with. */
export interface CaptureProcessOptions {
  readonly tool: CaptureTool;
  readonly path: string;
  readonly device: string;
  readonly filter: string;
  readonly frame: (frame: Frame) => void;
  readonly listening: () => void;
  /** Frames that the kernel dropped so far. */
  readonly dropped: (count: number) => void;
  /** It is over; `words` is what it said. Called once. */
  readonly ended: (words: string) => void;
}

/**
 * Runs `"$@"` for as long as its own standard input is open, so that the program ends with us however we end. Each line
 * on that input is a question to the program: SIGUSR1.
 */
const SUPERVISOR = `exec 3<&0
"$@" </dev/null &
child=$!
( while read -r line; do kill -USR1 "$child" 2>/dev/null; done; kill "$child" 2>/dev/null ) <&3 >/dev/null 2>&1 &
exec 3<&-
wait "$child"`;

/** One running capture program. */
export class CaptureProcess {
  readonly #options: CaptureProcessOptions;
  readonly #child: ChildProcess;
  readonly #reader: CaptureReader;
  readonly #timeout: NodeJS.Timeout;
  #words = '';
  #listens = false;
  #over = false;

  constructor(options: CaptureProcessOptions) {
    this.#options = options;
    this.#reader = new CaptureReader({ frame: options.frame });
    this.#child = start(options);
    this.#timeout = setTimeout(() => this.stop(), START_TIMEOUT_MS);
    this.#child.once('error', (error) => this.#end(error.message));
    this.#child.once('close', () => this.#end(''));
    this.#child.stdin?.on('error', ignore);
    this.#child.stderr?.setEncoding('utf8').on('data', (words: string) => this.#hear(words));
    this.#child.stdout?.on('data', (chunk: Buffer) => this.#take(chunk));
  }

  /** Asks how much was dropped; the answer comes as `dropped`, where the program can be asked. */
  ask(): void {
    if (this.#options.tool.tellsOnSignal && !this.#over) this.#child.stdin?.write('?\n');
  }

  /** Ends it. What it has still to say is heard. */
  stop(): void {
    this.#child.stdin?.end();
    if (process.platform === 'win32') this.#child.kill();
  }

  #take(chunk: Buffer): void {
    const problem = this.#reader.push(chunk);
    if (problem === null) return;
    this.#hear(`${problem.message}, octet ${problem.at} of what ${this.#options.tool.name} wrote`);
    this.stop();
  }

  #hear(words: string): void {
    this.#words = `${this.#words}${words}`.slice(-MAX_WORDS_CHARS);
    const { tool, listening, dropped } = this.#options;
    const counts = [...this.#words.matchAll(tool.droppedWords)];
    const count = counts.at(-1)?.[1];
    if (count !== undefined) dropped(Number(count));
    if (this.#listens || !tool.isListening.test(this.#words)) return;
    this.#listens = true;
    clearTimeout(this.#timeout);
    listening();
  }

  #end(words: string): void {
    if (this.#over) return;
    this.#over = true;
    clearTimeout(this.#timeout);
    this.#child.stdin?.destroy();
    this.#options.ended(`${this.#words}${words}`.trim());
  }
}

function start({ tool, path, device, filter }: CaptureProcessOptions): ChildProcess {
  const args = tool.arguments(device, filter, process.platform);
  const [file, ...rest] =
    process.platform === 'win32' ? [path, ...args] : ['/bin/sh', '-c', SUPERVISOR, 'porthole-capture', path, ...args];
  return spawn(file ?? path, rest, { stdio: 'pipe', windowsHide: true, env: { ...process.env, LC_ALL: 'C' } });
}

/** Writing to a program that has just ended: its end is told anyway. */
function ignore(): void {}
