import { type ESTree, Visitor } from 'vite';
import { isForTests, isScript, parse, type SourceFile } from './source-files.ts';

/** The most lines of a file of code: beyond it is a second noun. Prose and data are as long as they are. */
export const MAX_FILE_LINES = 300;
/** The most lines of a function, from its first to its last: beyond it are two ideas. */
export const MAX_FUNCTION_LINES = 40;

/** A sentence for each file that is too long. */
export function longFiles(files: readonly SourceFile[]): string[] {
  return files
    .filter((file) => linesOf(file.text) > MAX_FILE_LINES)
    .map(
      ({ path, text }) => `${path} has ${linesOf(text)} lines, more than ${MAX_FILE_LINES}: give part of it a file.`,
    );
}

/**
 * A sentence for each function that is too long. Biome's noExcessiveLinesPerFunction passes over lines of JSX, which
 * is most of what a component has.
 */
export function longFunctions(files: readonly SourceFile[]): string[] {
  const long = files.filter((file) => isScript(file) && linesOf(file.text) > MAX_FUNCTION_LINES);
  return long.flatMap((file) => {
    const { text } = file;
    const { functions, nameOf } = functionsOf(file);
    return functions
      .map((func) => ({ func, lines: linesOf(text.slice(func.start, func.end)) }))
      .filter(({ lines }) => lines > MAX_FUNCTION_LINES)
      .map(
        ({ func, lines }) =>
          `${file.path}: ${nameOf(func)} has ${lines} lines, more than ${MAX_FUNCTION_LINES}: give part of it a name.`,
      );
  });
}

type Func = ESTree.Function | ESTree.ArrowFunctionExpression;

/** All functions of a file but the scenarios of tests: what is handed to `describe` and `it` is told to its end. */
function functionsOf(file: SourceFile) {
  const { text } = file;
  const functions = new Set<Func>();
  const scenarios = new Set<ESTree.Node>();
  const names = new Map<ESTree.Node, string>();
  const keep = (func: Func) => !scenarios.has(func) && functions.add(func);
  new Visitor({
    CallExpression(call) {
      if (isForTests(file)) for (const argument of call.arguments) scenarios.add(argument);
    },
    VariableDeclarator({ id, init }) {
      if (init && id.type === 'Identifier') names.set(init, id.name);
    },
    FunctionDeclaration: keep,
    FunctionExpression: keep,
    ArrowFunctionExpression: keep,
  }).visit(parse(file).program);
  const lineOf = (func: Func) => linesOf(text.slice(0, func.start));
  const nameOf = (func: Func) => func.id?.name ?? names.get(func) ?? `the function at line ${lineOf(func)}`;
  return { functions: [...functions], nameOf };
}

const linesOf = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);
