/** A program's text as what can be run: imports become constants, lines stay where they are. */

const IMPORT =
  /^[ \t]*import[ \t]+(?:\*[ \t]+as[ \t]+)?(\w+)[ \t]+from[ \t]+(['"])(?:node:)?([\w./-]+)\2[ \t]*;?[ \t]*$/gm;

/** What a program may import; it finds these under their own names too. */
const MODULES = ['net', 'dgram'];

/** Throws a SyntaxError about an import that the lab does not have. */
export function prepareSource(text: string): string {
  return text.replace(IMPORT, (_line, name: string, _quote, module: string) => {
    if (!MODULES.includes(module))
      throw new SyntaxError(`the lab has the modules net and dgram; there is no ${module}`);
    return name === module ? '' : `const ${name} = ${module};`;
  });
}
