import type { Command, Program, ShellServices } from './command.ts';
import type { TerminalEffects } from './effects.ts';
import { Interrupted, ProgramError } from './errors.ts';
import type { TerminalHost } from './host.ts';
import type { ListenerTable } from './net/listener-table.ts';
import { createPipe, type FlowControl, type ProgramOutput, type Screen, screenOutput } from './program-output.ts';
import { styled } from './style.ts';
import { createTty, type ProgramInput, type Tty } from './tty.ts';

/** Exit code of a program that Ctrl-C ended: 128 + SIGINT. */
const INTERRUPTED = 130;

/** What a job needs of its shell. */
export interface JobSurroundings {
  readonly host: TerminalHost;
  readonly effects: TerminalEffects;
  readonly listeners: ListenerTable;
  readonly terminal: number;
  readonly flow: FlowControl;
  readonly shell: ShellServices;
  readonly screen: Screen;
  /** A program reads its keyboard and nothing is typed: text that waits may be typed now. */
  wantsInput(): void;
}

/** One command of a pipeline with its words. */
export interface Stage {
  readonly command: Command;
  readonly args: readonly string[];
}

/** A pipeline in the foreground. */
export interface Job {
  /** Name of its last command, which has the keyboard. */
  readonly name: string;
  readonly tty: Tty;
  /** Exit code of the last command. Never rejects. */
  readonly done: Promise<number>;
  /** Ends it and closes whatever it has opened. */
  interrupt(): void;
}

class RunningJob implements Job {
  readonly name: string;
  readonly tty: Tty;
  readonly done: Promise<number>;
  readonly #around: JobSurroundings;
  readonly #controller = new AbortController();
  readonly #closers = new Set<() => void>();
  readonly #screen: ProgramOutput;
  #over = false;

  constructor(stages: readonly Stage[], around: JobSurroundings) {
    this.#around = around;
    this.name = stages.at(-1)?.command.name ?? '';
    this.#screen = screenOutput({
      write: (text) => this.#write(text),
      clear: () => around.screen.clear(),
    });
    this.tty = createTty({
      echo: (text) => this.#write(styled('sent', text)),
      interrupt: () => this.interrupt(),
      dropped: (reason) => this.#screen.line(`\n[${reason}]`, 'dim'),
      wanted: () => around.wantsInput(),
    });
    this.done = this.#run(stages);
  }

  interrupt(): void {
    this.#over = true;
    this.#controller.abort(new Interrupted());
    this.#close();
  }

  #write(text: string): void {
    if (!this.#over) this.#around.screen.write(text);
  }

  #close(): void {
    // The newest first: TLS ends before the socket under it, whose octets it would otherwise go on reading.
    for (const close of [...this.#closers].reverse()) close();
    this.#closers.clear();
  }

  async #run(stages: readonly Stage[]): Promise<number> {
    // The shell has to know of the job before its first output comes.
    await Promise.resolve();
    let input: ProgramInput = this.tty;
    let status = 0;
    for (const [index, stage] of stages.entries()) {
      const pipe = index < stages.length - 1 ? createPipe() : null;
      status = await this.#stage(stage, input, pipe?.output ?? this.#screen);
      if (status === INTERRUPTED && this.#controller.signal.aborted) break;
      if (pipe !== null) input = piped(pipe.octets());
      if (pipe !== null && pipe.droppedBytes > 0) this.#screen.line(`[${pipe.droppedBytes} octets did not fit]`, 'dim');
    }
    this.#close();
    this.#over = true;
    return status;
  }

  async #stage({ command, args }: Stage, input: ProgramInput, output: ProgramOutput): Promise<number> {
    const program = this.#program(command, args, input, output);
    try {
      return await Promise.race([command.run(program), this.#interrupted()]);
    } catch (error) {
      return this.#failed(command.name, error);
    }
  }

  #program(command: Command, args: readonly string[], input: ProgramInput, output: ProgramOutput): Program {
    const { host, effects, listeners, terminal, flow, shell } = this.#around;
    return {
      ...{ name: command.name, args, host, effects, listeners, terminal, flow, shell },
      input,
      tty: input === this.tty ? this.tty : null,
      output,
      errors: this.#screen,
      signal: this.#controller.signal,
      own: (close) => this.#own(close),
    };
  }

  #own(close: () => void): () => void {
    const once = () => {
      if (this.#closers.delete(once)) close();
    };
    this.#closers.add(once);
    if (this.#controller.signal.aborted) once();
    return once;
  }

  #interrupted(): Promise<never> {
    const { signal } = this.#controller;
    return new Promise((_, reject) => {
      const fail = () => reject(signal.reason);
      if (signal.aborted) fail();
      else signal.addEventListener('abort', fail, { once: true });
    });
  }

  #failed(name: string, error: unknown): number {
    if (this.#controller.signal.aborted) return INTERRUPTED;
    if (error instanceof ProgramError) {
      this.#screen.line(`${name}: ${error.message}`);
      return error.exitCode;
    }
    this.#screen.line(`${name}: failed unexpectedly: ${error instanceof Error ? error.message : String(error)}`, 'bad');
    return 1;
  }
}

function piped(octets: Uint8Array): ProgramInput {
  let next: Uint8Array | null = octets.length > 0 ? octets : null;
  return {
    read() {
      const given = next;
      next = null;
      return Promise.resolve(given);
    },
  };
}

/** Starts a pipeline; its commands run one after the other. */
export function startJob(stages: readonly Stage[], around: JobSurroundings): Job {
  return new RunningJob(stages, around);
}
