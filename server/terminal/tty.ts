/**
 * The line discipline between the keyboard and a running program, as a kernel's terminal has it
 * (POSIX XBD 11 "General Terminal Interface", termios(3)): echo, erase, kill, end of file, interrupt.
 */
import { columnsOf } from '#protocol/columns.ts';
import { lastGrapheme } from './graphemes.ts';
import { MAX_TTY_LINE_CHARS, MAX_TTY_QUEUE_BYTES } from './limits.ts';
import { BELL } from './style.ts';
import { columnsAfter, lastCell, shown, shownLine } from './tty-echo.ts';

/** How the discipline works, after termios' local modes. */
export interface TtyMode {
  /** ICANON: hand over whole lines, with erase and kill. Else every key at once, untouched. Default true. */
  readonly lines: boolean;
  /** ECHO: show what is typed. Default true. */
  readonly echo: boolean;
  /** ISIG: Ctrl-C interrupts. Default true. */
  readonly signals: boolean;
  /** VEOL: characters besides Enter that hand over the line, themselves included. Default none. */
  readonly ends: string;
}

/** As a terminal is when a shell starts a program. */
export const COOKED: TtyMode = { lines: true, echo: true, signals: true, ends: '' };

/** Where the discipline shows and tells things. */
export interface TtyEvents {
  /** Text for the screen: what was typed, or what rubs it out. Holds no control of the learner's own. */
  echo(text: string): void;
  interrupt(): void;
  /** Something typed was dropped because of a bound; `reason` is a sentence. */
  dropped(reason: string): void;
  /** A program waits for input and nothing is queued. */
  wanted(): void;
}

/** A program's standard input. */
export interface ProgramInput {
  /** The next octets: one line of a terminal, or a piece of a pipe; `null` at the end of file. */
  read(): Promise<Uint8Array | null>;
}

/** The keyboard of a running program. */
export interface Tty extends ProgramInput {
  readonly mode: TtyMode;
  setMode(mode: Partial<TtyMode>): void;
  /** Keys as they come. */
  input(text: string): void;
  /**
   * The program is over: returns what it has not read, and goes back to cooked mode. A `read` that still waits never
   * ends, so that a program that was interrupted does not take it for the end of its input.
   */
  release(): string;
}

const CONTROL = { c: '\u0003', d: '\u0004', h: '\b', r: '\u0012', u: '\u0015', v: '\u0016', w: '\u0017' } as const;
const QUIT = '\u001c';
const DELETE = '\u007f';
/** Job control and flow control of a real terminal, which this one has not. */
const IGNORED = '\u0011\u0013\u001a';

class LineDiscipline implements Tty {
  readonly #events: TtyEvents;
  #mode = COOKED;
  #line = '';
  #echoed = '';
  #literal = false;
  /** The cursor has moved since something was drawn: the terminal would hang a mark on nothing. */
  #moved = false;
  /** A bound was reached and said so; quiet until there is room again. */
  #full = false;
  /** What is typed and not read; `null` is an end of file. */
  #queue: (Uint8Array | null)[] = [];
  #queuedBytes = 0;
  #reader: ((octets: Uint8Array | null) => void) | null = null;

  constructor(events: TtyEvents) {
    this.#events = events;
  }

  get mode(): TtyMode {
    return this.#mode;
  }

  setMode(mode: Partial<TtyMode>): void {
    this.#mode = { ...this.#mode, ...mode };
    if (!this.#mode.lines) this.#deliver();
  }

  read(): Promise<Uint8Array | null> {
    const next = this.#queue.shift();
    if (next === undefined) return new Promise((resolve) => this.#wait(resolve));
    this.#queuedBytes -= next?.length ?? 0;
    this.#full = false;
    return Promise.resolve(next);
  }

  input(text: string): void {
    if (!this.#mode.lines) this.#raw(text);
    else for (const character of text) this.#cooked(character);
    this.#flushEcho();
  }

  release(): string {
    const queued = this.#queue.map((octets) => (octets === null ? '' : Buffer.from(octets).toString('utf8')));
    const unread = queued.join('') + this.#line;
    this.#reader = null;
    this.#forget();
    this.#mode = COOKED;
    return unread.replace(/\n/g, '\r');
  }

  #wait(resolve: (octets: Uint8Array | null) => void): void {
    this.#reader = resolve;
    this.#events.wanted();
  }

  #forget(): void {
    this.#queue = [];
    this.#queuedBytes = 0;
    this.#line = '';
    this.#literal = false;
    this.#full = false;
  }

  #echo(text: string): void {
    if (this.#mode.echo) this.#echoed += text;
  }

  /** The echo of one piece of input is shown in one go. */
  #flushEcho(): void {
    const echoed = this.#echoed;
    this.#echoed = '';
    if (echoed !== '') this.#events.echo(echoed);
  }

  #signal(): void {
    this.#flushEcho();
    this.#events.interrupt();
  }

  #raw(text: string): void {
    const interrupt = this.#mode.signals ? text.indexOf(CONTROL.c) : -1;
    const keys = interrupt < 0 ? text : text.slice(0, interrupt);
    this.#echo(
      keys
        .replace(/\r/g, '\n')
        .split(/(?=\n)|(?<=\n)/u)
        .map(shown)
        .join(''),
    );
    this.#queueUp(Buffer.from(keys, 'utf8'));
    if (interrupt >= 0) this.#signal();
  }

  #cooked(character: string): void {
    if (this.#literal) {
      this.#literal = false;
      this.#add(character);
    } else if (this.#mode.signals && (character === CONTROL.c || character === QUIT)) {
      this.#interrupt(character);
    } else if (character === '\r' || character === '\n') {
      this.#endLine();
    } else if (!this.#edit(character)) {
      this.#add(character);
    }
  }

  #interrupt(character: string): void {
    this.#echo(shown(character));
    this.#forget();
    this.#signal();
  }

  #endLine(): void {
    this.#line += '\n';
    this.#echo('\r\n');
    this.#deliver();
  }

  /** The editing keys; false for any other. */
  #edit(character: string): boolean {
    if (character === DELETE || character === CONTROL.h) this.#erase(lastGrapheme(this.#line).length);
    else if (character === CONTROL.u) this.#erase(this.#line.length);
    else if (character === CONTROL.w) this.#erase(/\S*\s*$/u.exec(this.#line)?.[0].length ?? 0);
    else if (character === CONTROL.d) this.#endOfFile();
    else if (character === CONTROL.r) this.#echo(`^R\r\n${shownLine(this.#line)}`);
    else if (character === CONTROL.v) this.#nextIsLiteral();
    else if (IGNORED.includes(character)) this.#echoed += BELL;
    else return false;
    return true;
  }

  #nextIsLiteral(): void {
    this.#literal = true;
    this.#moved = true;
    this.#echo('^\b');
  }

  #add(character: string): void {
    if (this.#line.length + character.length > MAX_TTY_LINE_CHARS) {
      this.#drop(`A line may have ${MAX_TTY_LINE_CHARS} characters; the rest was dropped.`);
      return;
    }
    this.#line += character;
    this.#echo(this.#drawn(character));
    if (this.#mode.ends.includes(character)) this.#deliver();
  }

  /** What shows the line's last character. */
  #drawn(character: string): string {
    const added = shownLine(character);
    if (!this.#moved) return added;
    const cell = lastCell(this.#line);
    this.#moved = cell !== added && cell.endsWith(added);
    if (!this.#moved) return added;
    return `${'\b'.repeat(columnsOf(cell.slice(0, -added.length)))}${cell} \b`;
  }

  #erase(units: number): void {
    const kept = this.#line.slice(0, this.#line.length - units);
    const columns = columnsAfter(kept, this.#line.slice(kept.length));
    this.#line = kept;
    this.#full = false;
    this.#moved = true;
    this.#echo('\b'.repeat(columns) + ' '.repeat(columns) + '\b'.repeat(columns));
  }

  #endOfFile(): void {
    if (this.#line !== '') {
      this.#deliver();
      return;
    }
    if (this.#reader !== null) this.#handOver(null);
    else if (this.#queue.at(-1) !== null) this.#queue.push(null);
  }

  #deliver(): void {
    if (this.#line === '') return;
    const octets = Buffer.from(this.#line, 'utf8');
    this.#line = '';
    this.#queueUp(octets);
  }

  #queueUp(octets: Uint8Array): void {
    if (octets.length === 0) return;
    if (this.#reader !== null) {
      this.#handOver(octets);
      return;
    }
    if (this.#queuedBytes + octets.length > MAX_TTY_QUEUE_BYTES) {
      this.#drop('The program does not read what is typed; the rest was dropped.');
      return;
    }
    this.#queue.push(octets);
    this.#queuedBytes += octets.length;
  }

  #handOver(octets: Uint8Array | null): void {
    const reader = this.#reader;
    this.#reader = null;
    reader?.(octets);
  }

  #drop(reason: string): void {
    if (this.#full) return;
    this.#full = true;
    this.#flushEcho();
    this.#events.dropped(reason);
  }
}

/** A keyboard in cooked mode. */
export function createTty(events: TtyEvents): Tty {
  return new LineDiscipline(events);
}
