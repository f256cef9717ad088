/** `#ifdef NAME`, `#ifndef NAME`, `#else` and `#endif`, with which the scripts of FreeBSD tell systems apart. */
import { ScriptProblem } from './problem.ts';

/** Names that are defined: our stack does what the RFCs say where a system does not. */
const DEFINED: ReadonlySet<string> = new Set(['STANDARD']);
const DIRECTIVE = /^[ \t]*#[ \t]*(ifdef|ifndef|else|endif)\b[ \t]*(\w*)/;

/** The source with what does not apply made blank; every character that is left keeps its place. */
export function preprocess(source: string): string {
  if (!/^[ \t]*#/m.test(source)) return source;
  const open: { readonly holds: boolean; readonly line: number }[] = [];
  const lines = source.split('\n').map((text, index) => {
    const [, directive, name = ''] = DIRECTIVE.exec(text) ?? [];
    if (directive === undefined) return open.every(({ holds }) => holds) ? text : blank(text);
    const place = { line: index + 1, column: 1 };
    if (directive === 'ifdef') open.push({ holds: DEFINED.has(name), line: place.line });
    else if (directive === 'ifndef') open.push({ holds: !DEFINED.has(name), line: place.line });
    else {
      const last = open.pop();
      if (!last) throw new ScriptProblem('syntax', place, `#${directive} without #ifdef`);
      if (directive === 'else') open.push({ ...last, holds: !last.holds });
    }
    return blank(text);
  });
  const unclosed = open.at(-1);
  if (unclosed) throw new ScriptProblem('syntax', { line: unclosed.line, column: 1 }, '#ifdef without #endif');
  return lines.join('\n');
}

function blank(text: string): string {
  return ' '.repeat(text.length);
}
