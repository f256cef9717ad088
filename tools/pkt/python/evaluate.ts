/** A small Python: assertions, assignments and arithmetic, which is what scripts do with TCP_INFO. */
import { binary, compare, type PythonValue, truth } from './operators.ts';
import { PythonProblem, type PythonToken, tokensOf } from './tokens.ts';

/** Names that code may use and set; they live as long as the script. */
export type Names = Map<string, PythonValue>;

/** Why an assertion failed: its text, and what Python would say after the comma. */
export interface FailedAssertion {
  readonly assertion: string;
  readonly message: string;
}

/** Operators by how tightly they bind, loosest first; all of them group to the left. */
const LEVELS: readonly (readonly string[])[] = [['|'], ['^'], ['&'], ['<<', '>>'], ['+', '-'], ['*', '/', '//', '%']];
const COMPARISONS = ['==', '!=', '<', '<=', '>', '>='];
const ASSIGNMENTS = ['=', '+=', '-=', '*=', '/=', '//=', '%=', '|=', '&='];
const MAX_DEPTH = 100;

/** Runs a block. Answers the first assertion that fails, or `null`. Throws a PythonProblem for what it does not know. */
export function runPython(code: string, names: Names, lookUp: (name: string) => PythonValue): FailedAssertion | null {
  return new Interpreter(tokensOf(code), names, lookUp).run();
}

class Interpreter {
  readonly #tokens: readonly PythonToken[];
  readonly #names: Names;
  readonly #lookUp: (name: string) => PythonValue;
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly PythonToken[], names: Names, lookUp: (name: string) => PythonValue) {
    this.#tokens = tokens;
    this.#names = names;
    this.#lookUp = lookUp;
  }

  run(): FailedAssertion | null {
    while (this.#at < this.#tokens.length) {
      if (this.#takeMark(';')) continue;
      const failed = this.#statement();
      if (failed) return failed;
      if (this.#at < this.#tokens.length && !this.#takeMark(';'))
        throw new PythonProblem(`"${this.#shown()}" is not understood here`);
    }
    return null;
  }

  #statement(): FailedAssertion | null {
    if (this.#takeName('assert')) return this.#assertion();
    const token = this.#tokens[this.#at];
    const next = this.#tokens[this.#at + 1];
    if (token?.kind === 'name' && next?.kind === 'mark' && ASSIGNMENTS.includes(next.text)) {
      this.#at += 2;
      const value = this.#expression();
      const operator = next.text.slice(0, -1);
      this.#names.set(token.name, operator === '' ? value : binary(operator, this.#value(token.name), value));
      return null;
    }
    this.#expression();
    return null;
  }

  #assertion(): FailedAssertion | null {
    const start = this.#at;
    const holds = truth(this.#expression());
    const assertion = this.#tokens.slice(start, this.#at).map(shown).join(' ');
    const message = this.#takeMark(',') ? String(this.#expression()) : '';
    return holds ? null : { assertion, message };
  }

  /** `or`, `and`, `not`, with the values that Python gives them. */
  #expression(): PythonValue {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new PythonProblem(`brackets go at most ${MAX_DEPTH} deep`);
    let value = this.#conjunction();
    while (this.#takeName('or')) {
      const right = this.#conjunction();
      value = truth(value) ? value : right;
    }
    this.#depth -= 1;
    return value;
  }

  #conjunction(): PythonValue {
    let value = this.#negation();
    while (this.#takeName('and')) {
      const right = this.#negation();
      value = truth(value) ? right : value;
    }
    return value;
  }

  #negation(): PythonValue {
    return this.#takeName('not') ? !truth(this.#negation()) : this.#comparison();
  }

  /** `a < b < c` is `a < b and b < c`. */
  #comparison(): PythonValue {
    let left = this.#operation(0);
    let holds: boolean | null = null;
    for (let operator = this.#takeAny(COMPARISONS); operator !== null; operator = this.#takeAny(COMPARISONS)) {
      const right = this.#operation(0);
      holds = holds !== false && compare(operator, left, right);
      left = right;
    }
    return holds ?? left;
  }

  #operation(level: number): PythonValue {
    const operators = LEVELS[level];
    if (!operators) return this.#unary();
    let value = this.#operation(level + 1);
    for (let operator = this.#takeAny(operators); operator !== null; operator = this.#takeAny(operators))
      value = binary(operator, value, this.#operation(level + 1));
    return value;
  }

  #unary(): PythonValue {
    if (this.#takeMark('-')) return binary('-', 0, this.#unary());
    if (this.#takeMark('+')) return this.#unary();
    if (this.#takeMark('~')) return binary('-', -1, this.#unary());
    const value = this.#atom();
    return this.#takeMark('**') ? binary('**', value, this.#unary()) : value;
  }

  #atom(): PythonValue {
    const token = this.#tokens[this.#at];
    if (this.#takeMark('(')) {
      const value = this.#expression();
      this.#need(')');
      return value;
    }
    this.#at += 1;
    if (token?.kind === 'number' || token?.kind === 'text') return token.value;
    if (token?.kind !== 'name') throw new PythonProblem(`"${token ? shown(token) : 'the end'}" is not understood here`);
    if (token.name === 'True' || token.name === 'False') return token.name === 'True';
    return this.#takeMark('(') ? this.#call(token.name) : this.#value(token.name);
  }

  #call(name: string): PythonValue {
    const given: PythonValue[] = [];
    while (!this.#takeMark(')')) {
      given.push(this.#expression());
      if (!this.#takeMark(',')) {
        this.#need(')');
        break;
      }
    }
    const numbers = given.map(Number);
    if (name === 'print') return 0;
    if (name === 'abs') return Math.abs(numbers[0] ?? 0);
    if (name === 'int') return Math.trunc(numbers[0] ?? 0);
    if (name === 'float') return numbers[0] ?? 0;
    if (name === 'round') return Math.round(numbers[0] ?? 0);
    if (name === 'min') return Math.min(...numbers);
    if (name === 'max') return Math.max(...numbers);
    if (name === 'str') return String(given[0]);
    throw new PythonProblem(`the function ${name} is not supported`);
  }

  #value(name: string): PythonValue {
    return this.#names.get(name) ?? this.#lookUp(name);
  }

  #takeMark(text: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'mark' || token.text !== text) return false;
    this.#at += 1;
    return true;
  }

  #takeName(name: string): boolean {
    const token = this.#tokens[this.#at];
    if (token?.kind !== 'name' || token.name !== name) return false;
    this.#at += 1;
    return true;
  }

  #takeAny(marks: readonly string[]): string | null {
    return marks.find((mark) => this.#takeMark(mark)) ?? null;
  }

  #need(mark: string): void {
    if (!this.#takeMark(mark)) throw new PythonProblem(`expected "${mark}", found "${this.#shown()}"`);
  }

  #shown(): string {
    const token = this.#tokens[this.#at];
    return token ? shown(token) : 'the end';
  }
}

function shown(token: PythonToken): string {
  if (token.kind === 'name') return token.name;
  return token.kind === 'mark' ? token.text : JSON.stringify(token.value);
}
