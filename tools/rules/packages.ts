import { importsOf } from './imports.ts';
import { isScript, type SourceFile } from './source-files.ts';

/** What the field `types` of our tsconfig.json files names: types of what nobody imports. */
const AMBIENT_TYPES: ReadonlySet<string> = new Set(['@types/node', '@types/mdx']);

/** `"@fontsource/inter/files/a.woff2"` in a style sheet, `node_modules/typescript/bin/tsc` in a script. */
const NAMED_IN_TEXT = /(?:url\("|node_modules\/)((?:@[\w.-]+\/)?[\w.-]+)\//g;

/**
 * A sentence for each package that nothing uses: it is not imported, run, or named in a style sheet, and none that is used
 * asks for it.
 *
 * @param names packages that package.json names
 * @param scripts its commands
 * @param peersOf what a package asks to be installed beside it
 */
export function unusedPackages(
  names: readonly string[],
  files: readonly SourceFile[],
  scripts: readonly string[],
  peersOf: (name: string) => readonly string[],
): string[] {
  const used = new Set([...files.flatMap(packagesIn), ...scripts.map((script) => script.split(' ')[0])]);
  const asked = new Set(names.filter((name) => used.has(name)).flatMap(peersOf));
  return names
    .filter((name) => !used.has(name) && !asked.has(name) && !AMBIENT_TYPES.has(name))
    .filter((name) => !name.startsWith('@types/') || !used.has(name.slice('@types/'.length)))
    .map((name) => `${name} is in package.json, and nothing uses it.`);
}

function packagesIn(file: SourceFile): string[] {
  const imported = isScript(file) ? importsOf(file).map(({ specifier }) => packageOf(specifier)) : [];
  return [...imported, ...[...file.text.matchAll(NAMED_IN_TEXT)].map(([, name = '']) => name)];
}

/** `react` of `react/jsx-runtime`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}
