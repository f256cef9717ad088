import { CALLS, type CodeLanguage, type CodeRole, LANGUAGES, partsOf } from '#lessons/11-your-own-server/languages.ts';

const files = import.meta.glob<string>('../../../lessons/11-your-own-server/code/*', {
  eager: true,
  query: '?raw',
  import: 'default',
});

/** A file of the comparison, cut at its calls. */
export interface CodeFile {
  readonly language: CodeLanguage;
  readonly name: string;
  /** All of it, with its marks: they are comments. */
  readonly text: string;
  /** What comes before the first call. */
  readonly head: string;
  /** The code of each call. */
  readonly calls: ReadonlyMap<string, string>;
}

/** The file of a language. */
export function codeFile(id: CodeLanguage['id'], role: CodeRole): CodeFile | null {
  const language = LANGUAGES.find((each) => each.id === id);
  const name = language?.[role];
  const text = Object.entries(files).find(([path]) => path.endsWith(`/code/${name}`))?.[1];
  if (!language || !name || text === undefined) return null;
  const [head, ...parts] = partsOf(text);
  return {
    language,
    name,
    text,
    head: head?.code ?? '',
    calls: new Map(parts.map(({ call, code }) => [call ?? '', dedented(code)])),
  };
}

export { CALLS, LANGUAGES };

/** Without what all lines are indented by. */
function dedented(code: string): string {
  const lines = code.split('\n');
  const indents = lines.filter((line) => line.trim() !== '').map((line) => /^\s*/.exec(line)?.[0].length ?? 0);
  const least = Math.min(...indents);
  return lines.map((line) => line.slice(least)).join('\n');
}
