import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ParseResult, parseSync } from 'vite';
import { REPOSITORY } from '../run/repository.js';

/** A file of code, read. */
export interface SourceFile {
  /** From the top of the repository, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

/** What is never ours, or made anew by a build. */
const PASSED_OVER: ReadonlySet<string> = new Set(['node_modules', 'dist', '.cache', '.git']);

const CODE = /\.(?:tsx?|m?js|css|c|h|py)$/;
const SCRIPT = /\.(?:tsx?|m?js)$/;

/** Whether it is TypeScript or JavaScript, which the other rules parse. */
export const isScript = ({ path }: SourceFile): boolean => SCRIPT.test(path);

/** Whether it is there for tests only: a test, or what tests share. */
export const isForTests = ({ path }: SourceFile): boolean => /\.(?:test|e2e|looks)\.tsx?$|\/testing\//.test(path);

/**
 * Every file of code in a folder and those below it, whether git knows it yet or not.
 *
 * @param top absolute; default: the repository
 */
export function sourceFiles(top: string = REPOSITORY): SourceFile[] {
  return [...pathsBelow(top, '')].map((path) => ({ path, text: readFileSync(join(top, path), 'utf8') }));
}

function* pathsBelow(top: string, folder: string): Generator<string> {
  for (const entry of readdirSync(join(top, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (PASSED_OVER.has(entry.name)) continue;
    if (entry.isDirectory()) yield* pathsBelow(top, path);
    else if (entry.isFile() && CODE.test(entry.name)) yield path;
  }
}

const parsed = new WeakMap<SourceFile, ParseResult>();

/** What a script says, parsed once. */
export function parse(file: SourceFile): ParseResult {
  const known = parsed.get(file) ?? parseSync(file.path, file.text);
  parsed.set(file, known);
  return known;
}
