import type { Completion } from './editor/completions.ts';
import type { TerminalEffects } from './effects.ts';
import type { TerminalHost } from './host.ts';
import type { ListenerTable } from './net/listener-table.ts';
import type { FlowControl, ProgramOutput } from './program-output.ts';
import type { ProgramInput, Tty } from './tty.ts';

/** What the shell does for the commands that are about the shell itself. */
export interface ShellServices {
  readonly commands: readonly Command[];
  /** Commands entered so far with their numbers, oldest first. */
  history(): readonly { readonly number: number; readonly line: string }[];
  /** Exit code of the command before this one: `$?`. */
  readonly status: number;
  /** Ends the shell when the command returns. */
  exit(code: number): void;
}

/** Everything a running command is handed. */
export interface Program {
  /** The name it was called by. */
  readonly name: string;
  /** The words after the name. */
  readonly args: readonly string[];
  readonly host: TerminalHost;
  readonly effects: TerminalEffects;
  /** Number of the terminal it runs in. */
  readonly terminal: number;
  readonly shell: ShellServices;
  readonly listeners: ListenerTable;
  /** Standard input: the keyboard, or what the command before the pipe wrote. */
  readonly input: ProgramInput;
  /** The keyboard, where it is the standard input; `null` behind a pipe. */
  readonly tty: Tty | null;
  /** Standard output: the screen, or the pipe. */
  readonly output: ProgramOutput;
  /** Error output: always the screen. */
  readonly errors: ProgramOutput;
  readonly flow: FlowControl;
  /** Aborted by Ctrl-C, and when the terminal ends. */
  readonly signal: AbortSignal;
  /** Has `close` called when the program ends, however it ends. Returns what closes it earlier. */
  own(close: () => void): () => void;
}

/** One command of the shell. One file each, in `commands/`; the list is `commands/commands.ts`. */
export interface Command {
  readonly name: string;
  /** One line for `help`. */
  readonly summary: string;
  /** What `--help` prints. */
  readonly usage: string;
  /** What `man` prints: plain text of at most 80 columns. */
  readonly manual: string;
  /** It talks with a peer until one of them ends, so it can only be the last of a pipeline. */
  readonly conversation?: boolean;
  /** Its words are names of commands. */
  readonly completesNames?: boolean;
  /** What Tab offers for the word that is being written, after `words`. */
  complete?(words: readonly string[], host: TerminalHost): readonly Completion[];
  /**
   * Runs to the end and gives the exit code. A ProgramError thrown is printed after the command's name;
   * whatever was handed to `own` is closed by the shell.
   */
  run(program: Program): number | Promise<number>;
}
