import { parse, type SourceFile } from './source-files.ts';

/** One name that a file takes from another, or from a package. */
export interface Import {
  /** As it is written: `./a.ts`, `#packets/tcp.ts`, `react`. */
  readonly specifier: string;
  /** `default` for that; `*` where all is taken; empty where the other is only run. */
  readonly name: string;
}

/** `import('./a.ts')`, also in a type or a comment of JSDoc, and the one name that is taken from it at once. */
const IMPORT_CALL = /\bimport\(\s*'([^']+)'\s*,?\s*\)\)?(?:\.(\w+))?/g;

/** Everything that a file takes from others, types too. */
export function importsOf(file: SourceFile): Import[] {
  const { staticImports, staticExports } = parse(file).module;
  const statements = staticImports.flatMap(({ moduleRequest: { value: specifier }, entries }) => [
    { specifier, name: '' },
    ...entries.map(({ importName: { kind, name } }) => ({
      specifier,
      name: kind === 'Default' ? 'default' : (name ?? '*'),
    })),
  ]);
  const passedOn = staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, importName }) =>
      moduleRequest ? { specifier: moduleRequest.value, name: importName.name ?? '*' } : [],
    ),
  );
  const calls = [...file.text.matchAll(IMPORT_CALL)].map(([, specifier = '', name = '*']) => ({ specifier, name }));
  return [...statements, ...passedOn, ...calls];
}
