import { posix } from 'node:path';
import { importsOf } from './imports.ts';
import { isScript, parse, type SourceFile } from './source-files.ts';

/** Files that something finds by a pattern of their names or by convention, and takes all of. */
const FOUND_BY_NAME: readonly RegExp[] = [
  // Vite and Vitest read them.
  /^[^/]+\.config\.ts$/,
  // web/lessons/lesson-structure.ts and lessons/testing/lessons.ts.
  /^lessons\/[^/]+\/lesson\.ts$/,
  // web/i18n/resources.ts.
  /^web\/[^/]+\/strings\.ts$/,
];

/**
 * A sentence for each export that nobody imports. A type may be there for what another export takes or gives; it is said
 * when its own file does not name it either.
 *
 * @param aliases the field `imports` of package.json
 */
export function unusedExports(files: readonly SourceFile[], aliases: Aliases): string[] {
  const scripts = files.filter(isScript);
  const imported = new Set(scripts.flatMap((file) => importedBy(file, aliases)));
  return scripts
    .filter(({ path }) => !FOUND_BY_NAME.some((pattern) => pattern.test(path)) && !imported.has(`${path} *`))
    .flatMap((file) => exportsOf(file).map((each) => ({ ...each, file })))
    .filter(({ file, name }) => !imported.has(`${file.path} ${name}`))
    .filter(({ file, name, isType }) => !isType || mentions(file.text, name) < 2)
    .map(({ file, name }) => `${file.path}: nobody imports ${name}: drop its \`export\`, or it.`);
}

/** The field `imports` of package.json: what an import may begin with, and the folder that it means. */
type Aliases = Readonly<Record<string, string>>;

/** `path name` of everything that a file takes from others of ours. */
function importedBy(file: SourceFile, aliases: Aliases): string[] {
  return importsOf(file).map(({ specifier, name }) => `${resolved(file.path, specifier, aliases)} ${name}`);
}

/** The path of a file of ours; a package stays what it is called. */
function resolved(path: string, specifier: string, aliases: Aliases): string {
  const [file = ''] = specifier.split('?');
  if (file.startsWith('.')) return posix.join(posix.dirname(path), file);
  for (const [alias, folder] of Object.entries(aliases)) {
    const [prefix, target] = [alias.replace(/\*$/, ''), folder.replace(/\*$/, '')];
    if (file.startsWith(prefix)) return posix.join(target, file.slice(prefix.length));
  }
  return file;
}

function exportsOf(file: SourceFile): { readonly name: string; readonly isType: boolean }[] {
  return parse(file).module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ exportName: { kind, name }, isType }) => {
      if (kind === 'Default') return { name: 'default', isType };
      return name ? { name, isType } : [];
    }),
  );
}

/** How often code names something, comments aside. */
function mentions(text: string, name: string): number {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '');
  return code.match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
}
