import { lex, type Token, type TokenKind } from './lexer.ts';
import { preprocess } from './preprocess.ts';
import { ScriptProblem } from './problem.ts';

/** Longest list of anything in a script: arguments, options, fields. */
const MAX_ITEMS = 1_000;
/** Deepest nesting of brackets. */
const MAX_DEPTH = 20;

/** Goes through the tokens of a script, and says what it finds instead of what was wanted. */
export class Cursor {
  readonly source: string;
  #tokens: readonly Token[];
  #at = 0;
  #depth = 0;

  constructor(source: string) {
    this.source = preprocess(source);
    this.#tokens = lex(this.source);
  }

  /** The token `ahead` places on; 0 is the next one. The end goes on for ever. */
  peek(ahead = 0): Token {
    const token = this.#tokens[this.#at + ahead] ?? this.#tokens.at(-1);
    if (token === undefined) throw new RangeError('a list of tokens ends with an end');
    return token;
  }

  /** Takes the next token, whatever it is. */
  next(): Token {
    const token = this.peek();
    this.#at += 1;
    return token;
  }

  /** Whether the next token is this mark or word. */
  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && (token.kind === 'mark' || token.kind === 'word');
  }

  isKind(kind: TokenKind, ahead = 0): boolean {
    return this.peek(ahead).kind === kind;
  }

  /** Takes the next token when it is this mark or word. */
  takeIf(text: string): boolean {
    if (!this.is(text)) return false;
    this.#at += 1;
    return true;
  }

  /** Takes this mark or word. `what` names it in the message when something else stands there. */
  take(text: string, what = `"${text}"`): Token {
    return this.is(text) ? this.next() : this.#fail(what);
  }

  takeKind(kind: TokenKind, what: string): Token {
    return this.isKind(kind) ? this.next() : this.#fail(what);
  }

  /** A whole number from `least` to `most`; decimal or hexadecimal. */
  takeNumber(what: string, least = 0, most = 0xffff_ffff): number {
    const token = this.peek();
    if (token.kind !== 'integer' && token.kind !== 'hex') return this.#fail(what);
    const value = Number(token.text);
    if (value < least || value > most)
      throw new ScriptProblem('syntax', token.place, `${what} is from ${least} to ${most}, not ${token.text}`);
    return this.next() && value;
  }

  /** `item` once or more, with commas between. */
  list<Item>(item: () => Item): Item[] {
    const place = this.peek().place;
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new ScriptProblem('syntax', place, `brackets go at most ${MAX_DEPTH} deep`);
    const items: Item[] = [];
    do {
      if (items.length >= MAX_ITEMS) throw new ScriptProblem('syntax', place, `a list has at most ${MAX_ITEMS} items`);
      items.push(item());
    } while (this.takeIf(','));
    this.#depth -= 1;
    return items;
  }

  /** Gives up at the next token. */
  fail(wanted: string): never {
    return this.#fail(wanted);
  }

  /** Gives up at the next token for what is not supported. */
  refuse(what: string): never {
    throw new ScriptProblem('unsupported', this.peek().place, what);
  }

  /** Puts other tokens in the place of the next one. */
  replace(text: string): void {
    const { place, start, end } = this.peek();
    const tokens = lex(text).slice(0, -1);
    const moved = tokens.map((token) => ({ ...token, place, start, end }));
    this.#tokens = [...this.#tokens.slice(0, this.#at), ...moved, ...this.#tokens.slice(this.#at + 1)];
  }

  #fail(wanted: string): never {
    const token = this.peek();
    const found = token.kind === 'end' ? token.text : JSON.stringify(this.source.slice(token.start, token.end));
    throw new ScriptProblem('syntax', token.place, `expected ${wanted}, found ${found}`);
  }
}
