import { describe, expect, it } from 'vitest';
import { unusedExports } from './exports.ts';

const ALIASES = { '#protocol/*': './server/protocol/*' };

/** What is said of `export const one…` in server/protocol/a.ts when another file says this. */
function said(other: string, exporting = 'export const one = 1;\nexport const two = one;') {
  const files = [
    { path: 'server/protocol/a.ts', text: exporting },
    { path: 'web/b/c.tsx', text: other },
  ];
  return unusedExports(files, ALIASES).map((sentence) => /nobody imports (\w+)/.exec(sentence)?.[1]);
}

describe('an export', () => {
  it('is said when nobody imports it', () => {
    expect(unusedExports([{ path: 'web/a.ts', text: 'export function lone() {}' }], {})).toEqual([
      'web/a.ts: nobody imports lone: drop its `export`, or it.',
    ]);
    expect(said("import { two } from '../other.ts';")).toEqual(['one', 'two']);
  });

  it.each([
    "import { one } from '../../server/protocol/a.ts';",
    "import { one as first } from '#protocol/a.ts';",
    "export { one } from '#protocol/a.ts';\nimport './c.tsx'; import * as it from './c.tsx';",
    "const later = async () => (await import('#protocol/a.ts')).one;",
    "let it: typeof import('#protocol/a.ts').one;",
  ])('is used by %s', (other) => {
    expect(said(other)).not.toContain('one');
    expect(said(other)).toContain('two');
  });

  it.each([
    "import * as all from '#protocol/a.ts';",
    "export * from '#protocol/a.ts'; import * as it from './c.tsx';",
    "const all = import('#protocol/a.ts');",
  ])('is used with all others by %s', (other) => {
    expect(said(other)).toEqual([]);
  });

  it('may be a type that only its own file names, not one that nobody names', () => {
    const named = 'export interface Props { a: 1 }\nexport const one = (props: Props) => props;';
    const unnamed = '/** A Props. */\nexport interface Props { a: 1 }\nexport const one = 1;';
    const importing = "import { one } from '#protocol/a.ts';";
    expect(said(importing, named)).toEqual([]);
    expect(said(importing, unnamed)).toEqual(['Props']);
  });

  it('is found by its file’s name where that is what finds it', () => {
    const text = 'export const strings = {};\nexport default 1;';
    const files = ['web/chat/strings.ts', 'vite.config.ts', 'lessons/01-a/lesson.ts'].map((path) => ({ path, text }));
    expect(unusedExports(files, {})).toEqual([]);
  });
});
