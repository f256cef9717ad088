import { expect, it } from 'vitest';
import { unusedPackages } from './packages.ts';

const peersOf = (name: string): readonly string[] => (name === 'strophe' ? ['xmldom'] : []);

/** Which of the packages nothing uses, when the only file says this. */
function said(text: string, names: readonly string[], path = 'web/a.tsx'): string[] {
  return unusedPackages(names, [{ path, text }], ['vite build --app'], peersOf);
}

it('says which package nothing uses', () => {
  expect(said("import 'react';", ['react', 'lone'])).toEqual(['lone is in package.json, and nothing uses it.']);
});

it('is not misled by a word, a longer name or a file of ours', () => {
  expect(said("const open = 'open';\nimport 'openssl';\nimport './open/a.ts';", ['open'])).toHaveLength(1);
});

it.each([
  ['react', "import { useState } from 'react';"],
  ['react', "import type { ReactNode } from 'react';"],
  ['react-dom', "import { createRoot } from 'react-dom/client';"],
  ['@mdx-js/rollup', "export { mdx } from '@mdx-js/rollup';"],
  ['open', "const open = (await import('open')).default;"],
  ['typescript', "const TSC = 'node_modules/typescript/bin/tsc';"],
  ['vite', ''],
  ['@types/react', "import 'react';"],
  ['@types/node', ''],
])('knows that %s is used: %s', (name, text) => {
  expect(said(text, [name])).toEqual([]);
});

it('knows that a package is used by one that is', () => {
  expect(said("import 'strophe';", ['strophe', 'xmldom'])).toEqual([]);
  expect(said('', ['strophe', 'xmldom'])).toHaveLength(2);
});

it('reads style sheets', () => {
  expect(said('src: url("@fontsource/inter/files/a.woff2")', ['@fontsource/inter'], 'web/a.css')).toEqual([]);
});
