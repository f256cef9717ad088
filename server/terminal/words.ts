/**
 * Divides a command line into words as a POSIX shell does (XCU 2.2 "Quoting"), without what this shell has not:
 * no variables but `$?`, no redirection, no lists, no substitution. Each of these is answered with a sentence.
 */
import { MAX_PIPELINE_COMMANDS, MAX_WORDS } from './limits.ts';

/** Every code of a LineError. */
export type LineErrorCode =
  | 'unclosed-quote'
  | 'lone-backslash'
  | 'no-redirection'
  | 'no-lists'
  | 'no-background'
  | 'no-variables'
  | 'no-substitution'
  | 'empty-command'
  | 'too-many-words'
  | 'too-many-commands';

/** A line as commands, each a list of words, joined by pipes; no command at all for a blank line or a comment. */
export type ParsedLine =
  | { readonly ok: true; readonly commands: readonly (readonly string[])[] }
  | { readonly ok: false; readonly code: LineErrorCode; readonly message: string };

const MESSAGES: Readonly<Record<LineErrorCode, string>> = {
  'unclosed-quote': 'A quote is opened and not closed. Close it, or write \\\' or \\" for the character itself.',
  'lone-backslash': 'The line ends in a backslash. Write \\\\ for the character itself.',
  'no-redirection': 'This shell has no redirection (<, >): there are no files here. Quote the character to use it.',
  'no-lists': 'This shell runs one command a line (no ;, && or ||). Quote the character to use it.',
  'no-background': 'This shell has no background jobs (&). Open a second terminal instead.',
  'no-variables': "This shell has no variables except $?. Write '$' in single quotes or \\$ for the character itself.",
  'no-substitution': "This shell has no command substitution. Write '`' or '$(' in single quotes to use it.",
  'empty-command': 'A pipe (|) needs a command on each side.',
  'too-many-words': `A command may have ${MAX_WORDS} words.`,
  'too-many-commands': `A pipeline may have ${MAX_PIPELINE_COMMANDS} commands.`,
};

/** Characters that a backslash takes the meaning of inside double quotes. */
const ESCAPED_IN_QUOTES = '$`"\\\n';

class LineError extends Error {
  readonly code: LineErrorCode;
  constructor(code: LineErrorCode) {
    super(MESSAGES[code]);
    this.code = code;
  }
}

class Parser {
  readonly #line: string;
  readonly #status: number;
  readonly #commands: string[][] = [[]];
  #at = 0;
  /** The word being read; `null` between words. */
  #word: string | null = null;

  constructor(line: string, status: number) {
    this.#line = line;
    this.#status = status;
  }

  parse(): string[][] {
    while (this.#at < this.#line.length) this.#character(this.#take());
    this.#endWord();
    if (this.#commands.length === 1 && this.#commands[0]?.length === 0) return [];
    if (this.#commands.some((words) => words.length === 0)) throw new LineError('empty-command');
    return this.#commands;
  }

  #take(): string {
    const character = this.#line.charAt(this.#at);
    this.#at += 1;
    return character;
  }

  #add(text: string): void {
    this.#word = (this.#word ?? '') + text;
  }

  #character(character: string): void {
    if (/\s/.test(character)) this.#endWord();
    else if (character === "'") this.#singleQuoted();
    else if (character === '"') this.#doubleQuoted();
    else if (character === '\\') this.#escaped();
    else if (character === '#' && this.#word === null) this.#at = this.#line.length;
    else if (!this.#operator(character)) this.#dollarOr(character);
  }

  #operator(character: string): boolean {
    const doubled = this.#line.charAt(this.#at) === character;
    if (character === '<' || character === '>') throw new LineError('no-redirection');
    if (character === ';' || (doubled && (character === '&' || character === '|'))) throw new LineError('no-lists');
    if (character === '&') throw new LineError('no-background');
    if (character !== '|') return false;
    this.#endWord();
    if (this.#commands.length >= MAX_PIPELINE_COMMANDS) throw new LineError('too-many-commands');
    this.#commands.push([]);
    return true;
  }

  #dollarOr(character: string): void {
    const next = this.#line.charAt(this.#at);
    if (character === '`' || (character === '$' && next === '(')) throw new LineError('no-substitution');
    if (character !== '$') {
      this.#add(character);
      return;
    }
    if (next === '?') {
      this.#at += 1;
      this.#add(String(this.#status));
    } else if (/[A-Za-z0-9_{@*#!$-]/.test(next)) {
      throw new LineError('no-variables');
    } else {
      this.#add('$');
    }
  }

  #singleQuoted(): void {
    const end = this.#line.indexOf("'", this.#at);
    if (end < 0) throw new LineError('unclosed-quote');
    this.#add(this.#line.slice(this.#at, end));
    this.#at = end + 1;
  }

  #doubleQuoted(): void {
    this.#add('');
    while (this.#at < this.#line.length) {
      const character = this.#take();
      if (character === '"') return;
      if (character !== '\\') this.#dollarOr(character);
      else if (ESCAPED_IN_QUOTES.includes(this.#line.charAt(this.#at))) this.#escaped();
      else this.#add('\\');
    }
    throw new LineError('unclosed-quote');
  }

  #escaped(): void {
    if (this.#at >= this.#line.length) throw new LineError('lone-backslash');
    this.#add(this.#take());
  }

  #endWord(): void {
    if (this.#word === null) return;
    const words = this.#commands.at(-1);
    if (words === undefined || words.length >= MAX_WORDS) throw new LineError('too-many-words');
    words.push(this.#word);
    this.#word = null;
  }
}

/**
 * Divides `line` into commands and words.
 * @param status what `$?` stands for: the exit code of the last command
 */
export function parseLine(line: string, status: number): ParsedLine {
  try {
    return { ok: true, commands: new Parser(line, status).parse() };
  } catch (error) {
    if (!(error instanceof LineError)) throw error;
    return { ok: false, code: error.code, message: error.message };
  }
}
