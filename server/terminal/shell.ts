/** One terminal's shell: a prompt, and one pipeline at a time in the foreground. */
import type { Command } from './command.ts';
import { complete } from './completion.ts';
import { createHistory } from './editor/history.ts';
import { createKeyReader } from './editor/keys.ts';
import { createLineEditor, type LineEditor } from './editor/line-editor.ts';
import type { Prompt } from './editor/line-view.ts';
import type { TerminalEffects } from './effects.ts';
import type { TerminalHost } from './host.ts';
import { type Job, type Stage, startJob } from './job.ts';
import { MAX_TYPED_AHEAD_CHARS } from './limits.ts';
import type { ListenerTable } from './net/listener-table.ts';
import { type FlowControl, type Screen, screenOutput } from './program-output.ts';
import { CSI, styled } from './style.ts';
import { parseLine } from './words.ts';

/** What a shell needs of its session. */
export interface ShellSurroundings {
  readonly host: TerminalHost;
  readonly effects: TerminalEffects;
  readonly listeners: ListenerTable;
  readonly commands: readonly Command[];
  /** Number of this terminal. */
  readonly terminal: number;
  readonly flow: FlowControl;
  /** Takes text that is safe for the terminal. */
  write(text: string): void;
  columns(): number;
  /** A program runs in the foreground, or `null`: the prompt is there. */
  running(command: string | null): void;
  exited(code: number): void;
}

/** A shell as its terminal drives it. */
export interface Shell {
  /** Greets, and shows the first prompt. */
  begin(): void;
  /** Name of the program in the foreground, or `null` at the prompt. */
  readonly running: string | null;
  /** Keys as xterm sends them. */
  input(text: string): void;
  /** Enters a command as if typed; refused with a notice while a program runs. */
  run(command: string): void;
  resized(): void;
  /** Ends what runs and closes whatever it has opened. */
  close(): void;
}

const PROMPT_TEXT = 'porthole:~$ ';
const PROMPT: Prompt = { text: PROMPT_TEXT, style: 'prompt', styledLength: PROMPT_TEXT.length };
const GREETING = 'Type help to see what you can run. Every byte goes through a real socket.';
const PASTE_MARKS_ON = `${CSI}?2004h`;
const PASTE_MARKS_OFF = `${CSI}?2004l`;
/** Exit codes of a POSIX shell (XCU 2.8.2). */
const SYNTAX_ERROR = 2;
const NOT_FOUND = 127;
const INTERRUPTED = 130;
const AT_LINE_START = new RegExp(`[\\r\\n](?:${CSI.replace('[', '\\[')}\\d*m)*$`, 'u');

class PortholeShell implements Shell {
  readonly #around: ShellSurroundings;
  readonly #history = createHistory();
  readonly #keys = createKeyReader();
  readonly #editor: LineEditor;
  readonly #screen: Screen;
  #job: Job | null = null;
  #status = 0;
  #atLineStart = true;
  #exitCode: number | null = null;
  #closed = false;
  /** What is typed or pasted and has no reader yet. */
  #ahead = '';
  #draining = false;

  constructor(around: ShellSurroundings) {
    this.#around = around;
    this.#screen = {
      write: (text) => this.#write(text),
      clear: () => this.#clear(),
    };
    this.#editor = createLineEditor({
      prompt: PROMPT,
      history: this.#history,
      write: (text) => this.#write(text),
      columns: () => around.columns(),
      complete: (before) => complete(before, around.commands, around.host),
      submit: (text) => this.#submit(text),
      interrupt: () => this.#interrupted(),
      endOfFile: () => this.#exit(0),
      notice: (text) => screenOutput(this.#screen).line(text, 'dim'),
    });
  }

  get running(): string | null {
    return this.#job?.name ?? null;
  }

  begin(): void {
    this.#write(`${styled('dim', GREETING)}\r\n`);
    this.#prompt();
  }

  input(text: string): void {
    if (this.#closed) return;
    if (this.#job !== null && (this.#ahead === '' || text.includes('\u0003'))) {
      this.#ahead = '';
      this.#job.tty.input(text);
      return;
    }
    this.#ahead += text.slice(0, MAX_TYPED_AHEAD_CHARS - this.#ahead.length);
    this.#drain();
  }

  run(command: string): void {
    if (this.#closed) return;
    if (this.#job === null) {
      this.#editor.run(command);
      return;
    }
    const name = this.#job.name;
    this.#notice(`${name} is running. End it first (Ctrl-C), or use another terminal, then run: ${command}`);
  }

  resized(): void {
    if (this.#job === null && !this.#closed) this.#editor.redraw();
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#job?.interrupt();
  }

  #write(text: string): void {
    if (this.#closed || text === '') return;
    this.#atLineStart = AT_LINE_START.test(text);
    this.#around.write(text);
  }

  #clear(): void {
    this.#write(`${CSI}H${CSI}2J${CSI}3J`);
    this.#atLineStart = true;
  }

  #notice(text: string): void {
    if (!this.#atLineStart) this.#write('\r\n');
    screenOutput(this.#screen).line(`[${text}]`, 'dim');
  }

  #prompt(): void {
    if (!this.#atLineStart) this.#write('\r\n');
    this.#write(PASTE_MARKS_ON);
    this.#editor.begin();
  }

  /** Hands on what was typed: to the editor key by key, to a program a line at a time as it asks. */
  #drain(): void {
    if (this.#draining) return;
    this.#draining = true;
    while (this.#ahead !== '' && this.#job === null && !this.#closed) {
      this.#editor.press(this.#keys.push(this.#takeLine()));
    }
    this.#draining = false;
  }

  #feedProgram(): void {
    if (this.#ahead !== '') this.#job?.tty.input(this.#takeLine());
  }

  #takeLine(): string {
    const [line = ''] = /^[^\r\n]*[\r\n]?/u.exec(this.#ahead) ?? [];
    this.#ahead = this.#ahead.slice(line.length);
    return line;
  }

  #submit(text: string): void {
    const [line = '', ...more] = text.split('\n');
    if (more.length > 0) this.#ahead = `${more.join('\r')}\r${this.#ahead}`;
    this.#history.add(line);
    const stages = this.#stages(line);
    if (stages === null || stages.length === 0) this.#prompt();
    else void this.#foreground(stages);
  }

  /** The commands of a line; `null` after saying what is wrong with it. */
  #stages(line: string): Stage[] | null {
    const parsed = parseLine(line, this.#status);
    if (!parsed.ok) return this.#refuse(SYNTAX_ERROR, parsed.message);
    const stages: Stage[] = [];
    for (const [index, [name = '', ...args]] of parsed.commands.entries()) {
      const command = this.#around.commands.find((candidate) => candidate.name === name);
      if (command === undefined) return this.#refuse(NOT_FOUND, `${name}: command not found. Type help for what is.`);
      if (command.conversation && index < parsed.commands.length - 1) {
        return this.#refuse(SYNTAX_ERROR, `${name} has to be the last command of a pipeline here.`);
      }
      stages.push({ command, args });
    }
    return stages;
  }

  #refuse(status: number, message: string): null {
    this.#status = status;
    screenOutput(this.#screen).line(`porthole: ${message}`);
    return null;
  }

  async #foreground(stages: readonly Stage[]): Promise<void> {
    this.#write(PASTE_MARKS_OFF);
    // The marks leave the cursor where it was.
    this.#atLineStart = true;
    const job = this.#start(stages);
    this.#job = job;
    this.#around.running(job.name);
    this.#status = await job.done;
    this.#ahead = job.tty.release() + this.#ahead;
    this.#job = null;
    if (this.#closed) return;
    if (this.#exitCode !== null) return this.#exit(this.#exitCode);
    this.#around.running(null);
    this.#prompt();
    this.#drain();
  }

  #start(stages: readonly Stage[]): Job {
    const { host, effects, listeners, terminal, flow, commands } = this.#around;
    return startJob(stages, {
      ...{ host, effects, listeners, terminal, flow },
      screen: this.#screen,
      wantsInput: () => this.#feedProgram(),
      shell: {
        commands,
        status: this.#status,
        history: () => this.#history.lines.map((line, index) => ({ number: this.#history.firstNumber + index, line })),
        exit: (code) => {
          this.#exitCode = code;
        },
      },
    });
  }

  #interrupted(): void {
    this.#ahead = '';
    this.#status = INTERRUPTED;
    this.#prompt();
  }

  #exit(code: number): void {
    this.#write('exit\r\n');
    this.#closed = true;
    this.#around.exited(code);
  }
}

/** A shell that has not greeted yet. */
export function createShell(around: ShellSurroundings): Shell {
  return new PortholeShell(around);
}
