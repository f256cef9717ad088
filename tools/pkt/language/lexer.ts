/**
 * Cuts a script into tokens. The language is that of packetdrill, as its reference describes it:
 * https://github.com/google/packetdrill/blob/master/Syntax.md
 */
import { type Place, ScriptProblem } from './problem.ts';

/** What a token is. `mark`: one character that stands for itself, or `...`. */
export type TokenKind =
  | 'option'
  | 'integer'
  | 'hex'
  | 'float'
  | 'word'
  | 'string'
  | 'command'
  | 'code'
  | 'ipv4'
  | 'ipv6'
  | 'mark'
  | 'end';

/** One token. `text` is without quotes, and of a `string` with its escapes resolved. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly place: Place;
  /** First character and the one after the last, in UTF-16 units of the source. */
  readonly start: number;
  readonly end: number;
}

/** Longest script, in UTF-16 units. */
const MAX_SCRIPT_CHARS = 4_000_000;

/** Tried in this order at each place; the first that matches is taken. */
const PATTERNS: readonly (readonly [TokenKind | 'nothing', RegExp])[] = [
  ['nothing', /[\s\uFEFF]+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|#[^\n]*/y],
  ['code', /%\{[\s\S]*?\}%/y],
  ['option', /--[A-Za-z]\w*(?:=(?:\w+=)?(?:"(?:\\.|[^"\\])*"|`(?:\\.|[^`\\])*`|[^\s"`]*))?/y],
  ['string', /"(?:\\[\s\S]|[^"\\])*"/y],
  ['command', /`(?:\\[\s\S]|[^`\\])*`/y],
  [
    'ipv6',
    /(?:[0-9a-fA-F]{1,4}:){7}[0-9a-fA-F]{1,4}|(?:[0-9a-fA-F]{1,4}(?::[0-9a-fA-F]{1,4})*)?::(?:[0-9a-fA-F.]+(?::[0-9a-fA-F.]+)*)?/y,
  ],
  ['ipv4', /\d+\.\d+\.\d+\.\d+/y],
  ['float', /-?\d*\.\d+(?![\w.]*[A-Za-z_])/y],
  ['hex', /0[xX][0-9a-fA-F]+/y],
  ['integer', /-?\d+(?!\w)/y],
  ['word', /\w+/y],
  ['mark', /\.\.\.|[^\s]/y],
];

const UNCLOSED: Readonly<Record<string, string>> = {
  '"': 'this text is not closed by a "',
  '`': 'this command is not closed by a `',
};

/** All tokens of a script; the last is `end`. Throws a ScriptProblem where text, command or code is not closed. */
export function lex(source: string): readonly Token[] {
  if (source.length > MAX_SCRIPT_CHARS)
    throw new ScriptProblem('syntax', { line: 1, column: 1 }, `a script has at most ${MAX_SCRIPT_CHARS} characters`);
  const tokens: Token[] = [];
  const lines = new LineCounter(source);
  let at = 0;
  while (at < source.length) {
    const [kind, raw] = match(source, at);
    const place = lines.placeOf(at);
    refuseUnclosed(kind, raw, source, at, place);
    if (kind !== 'nothing') tokens.push({ kind, text: textOf(kind, raw), place, start: at, end: at + raw.length });
    at += raw.length;
  }
  tokens.push({ kind: 'end', text: 'the end of the script', place: lines.placeOf(at), start: at, end: at });
  return tokens;
}

function match(source: string, at: number): readonly [TokenKind | 'nothing', string] {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at;
    const found = pattern.exec(source)?.[0];
    if (found !== undefined && found !== '') return [kind, found];
  }
  return ['mark', source.charAt(at)];
}

function refuseUnclosed(kind: TokenKind | 'nothing', raw: string, source: string, at: number, place: Place): void {
  if (kind !== 'mark') return;
  const message = UNCLOSED[raw];
  if (message !== undefined) throw new ScriptProblem('syntax', place, message);
  if (source.startsWith('%{', at)) throw new ScriptProblem('syntax', place, 'this code is not closed by }%');
  if (source.startsWith('/*', at)) throw new ScriptProblem('syntax', place, 'this comment is not closed by */');
}

function textOf(kind: TokenKind, raw: string): string {
  if (kind === 'string') return resolved(raw.slice(1, -1));
  if (kind === 'command') return raw.slice(1, -1).replaceAll('\\`', '`');
  if (kind === 'code') return raw.slice(2, -2).trim();
  return raw;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', 0: '\0' };

function resolved(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|([\s\S]))/g, (_, hex: string | undefined, one: string | undefined) =>
    hex === undefined ? (ESCAPES[one ?? ''] ?? one ?? '') : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}

/** Asked for places that only grow. */
class LineCounter {
  readonly #source: string;
  #at = 0;
  #line = 1;
  #lineStart = 0;

  constructor(source: string) {
    this.#source = source;
  }

  placeOf(at: number): Place {
    for (; this.#at < at; this.#at += 1) {
      if (this.#source.charAt(this.#at) !== '\n') continue;
      this.#line += 1;
      this.#lineStart = this.#at + 1;
    }
    return { line: this.#line, column: at - this.#lineStart + 1 };
  }
}
