import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

/** What a program did. */
export interface ProgramResult {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

/** A real program (telnet, nc …) with its standard streams in a test's hands. */
export class Program {
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #chunks: Buffer[] = [];
  #errors = '';
  #ended = false;
  #changed: () => void = () => {};
  readonly #exit: Promise<number | null>;

  private constructor(child: ChildProcessWithoutNullStreams) {
    this.#child = child;
    child.stdout.on('data', (chunk: Buffer) => {
      this.#chunks.push(chunk);
      this.#changed();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      this.#errors += chunk.toString();
      this.#changed();
    });
    child.stdin.on('error', (error: NodeJS.ErrnoException) => {
      // A program may end without having read everything.
      if (error.code !== 'EPIPE') throw error;
    });
    this.#exit = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (code) => {
        this.#ended = true;
        this.#changed();
        resolve(code);
      });
    });
  }

  /** Starts a program; rejects (in `result`) when it is not installed. */
  static start(name: string, args: readonly string[]): Program {
    return new Program(spawn(name, args, { stdio: 'pipe', env: { ...process.env, TERM: 'dumb' } }));
  }

  /** Runs a program to its end, with `input` on its standard input. */
  static run(name: string, args: readonly string[], input: Uint8Array | string = ''): Promise<ProgramResult> {
    return Program.start(name, args).type(input).endInput().result();
  }

  /** Starts a program, uses it, and ends it. */
  static async using(
    name: string,
    args: readonly string[],
    use: (program: Program) => Promise<unknown>,
  ): Promise<void> {
    const program = Program.start(name, args);
    try {
      await use(program);
    } finally {
      await program.stop();
    }
  }

  get stdout(): Buffer {
    return Buffer.concat(this.#chunks);
  }

  /** Standard output and error as text. */
  get text(): string {
    return this.stdout.toString('utf8') + this.#errors;
  }

  /** Writes to the program's standard input. */
  type(input: Uint8Array | string): this {
    this.#child.stdin.write(input);
    return this;
  }

  endInput(): this {
    this.#child.stdin.end();
    return this;
  }

  /** Waits until the program has printed `wanted`. Throws when it ended without. */
  async prints(wanted: string): Promise<this> {
    while (!this.text.includes(wanted)) {
      if (this.#ended) throw new Error(`ended without ${JSON.stringify(wanted)}: ${JSON.stringify(this.text)}`);
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
    return this;
  }

  /** Waits for the program's own end. */
  async result(): Promise<ProgramResult> {
    const code = await this.#exit;
    return { code, stdout: this.stdout, stderr: this.#errors };
  }

  /** Ends the program, if it has not ended, and waits for that. */
  async stop(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#exit;
  }
}
