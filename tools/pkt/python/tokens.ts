/** Cuts the Python of a script's `%{ … }%` into tokens. */

/** Something that this small Python does not know; the message says what. */
export class PythonProblem extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'PythonProblem';
  }
}

/** One token; a mark is an operator, a bracket or the end of a line. */
export type PythonToken =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'mark'; readonly text: string };

const PATTERN =
  /[ \t\r]+|#[^\n]*|\\\n|(?<number>0[xX][0-9a-fA-F]+|\d+\.?\d*(?:[eE][+-]?\d+)?|\.\d+)|(?<text>'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*")|(?<name>[A-Za-z_]\w*)|(?<mark>\*\*=|\/\/=|<<=|>>=|\*\*|\/\/|<<|>>|[<>=!+\-*/%&|^]=|[-+*/%&|^~<>=(),;:.[\]\n])/y;

/** Longest code of one block, in characters. */
const MAX_CODE_CHARS = 100_000;

/** The tokens of a block; `\n` and `;` both are the mark `;`. */
export function tokensOf(code: string): readonly PythonToken[] {
  if (code.length > MAX_CODE_CHARS) throw new PythonProblem(`code has at most ${MAX_CODE_CHARS} characters`);
  const tokens: PythonToken[] = [];
  let at = 0;
  while (at < code.length) {
    PATTERN.lastIndex = at;
    const match = PATTERN.exec(code);
    if (!match) throw new PythonProblem(`${JSON.stringify(code.charAt(at))} is not understood`);
    at = PATTERN.lastIndex;
    const token = tokenOf(match.groups ?? {});
    if (token) tokens.push(token);
  }
  return tokens;
}

function tokenOf({ number, text, name, mark }: Readonly<Record<string, string | undefined>>): PythonToken | null {
  if (number !== undefined) return { kind: 'number', value: Number(number) };
  if (text !== undefined) return { kind: 'text', value: text.slice(1, -1) };
  if (name !== undefined) return { kind: 'name', name };
  return mark === undefined ? null : { kind: 'mark', text: mark === '\n' ? ';' : mark };
}
