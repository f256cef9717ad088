import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startBuiltServer } from './run/built-server.ts';
import { runCommand } from './run/command.js';
import { npmScript } from './run/npm.js';
import { inRepository, REPOSITORY } from './run/repository.js';

/** Licences of what we may ship. */
const ALLOWED_LICENCES = new Set([
  'MIT',
  'MIT-0',
  'ISC',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  '0BSD',
  'BlueOak-1.0.0',
  'Unlicense',
  'OFL-1.1',
]);

/** Everything that may be in the package; the build is in `dist`. */
const ALLOWED_FILES = /^(dist\/|(package\.json|LICENSE|README\.md|README\.zh-CN\.md|SECURITY\.md|CHANGELOG\.md)$)/;

interface PackedFile {
  readonly path: string;
  readonly mode: number;
}

/** One library in the list of licences that the build writes. */
interface BundledLibrary {
  readonly name: string;
  readonly version: string;
  /** SPDX expression. */
  readonly identifier: string;
}

async function npm(args: readonly string[], cwd: string): Promise<string> {
  const { code, output } = await runCommand(process.execPath, [npmScript(), ...args, '--loglevel=error'], { cwd });
  if (code !== 0) throw new Error(`npm ${args.join(' ')} failed:\n${output}`);
  return output;
}

/** `npm pack`, without building again: the files inside, and the tarball. */
async function pack(into: string): Promise<{ files: readonly PackedFile[]; tarball: string }> {
  const output = await npm(['pack', '--ignore-scripts', '--json', '--pack-destination', into], REPOSITORY);
  const answer = JSON.parse(output.slice(output.search(/^[[{]/m)));
  // npm 10 and 11 answer a list, newer ones an object by package name.
  const [packed] = Object.values<{ filename: string; files: PackedFile[] }>(answer);
  if (!packed) throw new Error(`npm pack said nothing about the package:\n${output}`);
  return { files: packed.files, tarball: join(into, packed.filename) };
}

async function bundledLibraries(list: string): Promise<readonly BundledLibrary[]> {
  return JSON.parse(await readFile(inRepository('dist', list), 'utf8'));
}

/** Whether one of an expression's alternatives is allowed: `MIT`, `(MIT OR GPL-3.0)`, `(MIT AND ISC)`. */
function isAllowed(expression: string): boolean {
  const alternatives = expression.replace(/^\((.*)\)$/, '$1').split(' OR ');
  return alternatives.some((each) => each.split(' AND ').every((licence) => ALLOWED_LICENCES.has(licence.trim())));
}

describe('the package that npm pack makes', () => {
  let folder = '';
  let files: readonly PackedFile[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'porthole-pack-'));
    const packed = await pack(folder);
    files = packed.files;
    await npm(['install', '--offline', '--no-audit', '--no-fund', '--prefix', folder, packed.tarball], folder);
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('holds the built page, the built server and its papers, and nothing else', () => {
    const paths = files.map(({ path }) => path);
    const needed = ['package.json', 'LICENSE', 'README.md', 'dist/server/main.js', 'dist/web/index.html'];
    expect(paths).toEqual(expect.arrayContaining(needed));
    expect(paths.filter((path) => !ALLOWED_FILES.test(path))).toEqual([]);
  });

  it('needs no other package', async () => {
    const description = JSON.parse(await readFile(join(folder, 'node_modules/porthole/package.json'), 'utf8'));
    expect(description).not.toHaveProperty('dependencies');
    expect(description).not.toHaveProperty('optionalDependencies');
    const lock = JSON.parse(await readFile(join(folder, 'node_modules/.package-lock.json'), 'utf8'));
    expect(Object.keys(lock.packages)).toEqual(['node_modules/porthole']);
  });

  it('runs where nothing else is installed, serves page and API, and stops cleanly on SIGTERM', async () => {
    const script = join(folder, 'node_modules/porthole/dist/server/main.js');
    const server = await startBuiltServer({ script, cwd: folder });
    try {
      const page = await fetch(server.url);
      expect(page.headers.get('content-type')).toContain('text/html');
      const [, entry] = /<script[^>]* src="([^"]+)"/.exec(await page.text()) ?? [];
      expect((await fetch(new URL(entry ?? 'no-script-in-the-page', server.url))).status).toBe(200);
      expect(await (await fetch(`${server.url}/api/health`)).json()).toEqual({ ok: true });
    } finally {
      // Windows has no SIGTERM: there the process is simply ended.
      expect(await server.stop()).toBe(process.platform === 'win32' ? null : 0);
    }
  });

  it('has a command that says its version', async () => {
    const command = join(folder, 'node_modules/.bin/porthole');
    const { version } = JSON.parse(await readFile(inRepository('package.json'), 'utf8'));
    const onWindows = process.platform === 'win32';
    const script = join(folder, 'node_modules/porthole/dist/server/main.js');
    const { output } = onWindows
      ? await runCommand(process.execPath, [script, '--version'])
      : await runCommand(command, ['--version'], { cwd: folder });
    expect(output.trim()).toBe(version);
  });

  it.each([
    ['server/licenses.json', 'fastify'],
    ['web/licenses.json', 'react'],
    ['web/asset-licenses.json', '@fontsource-variable/inter'],
  ])('lists in %s the licence of everything bundled, and all are allowed', async (list, knownToBeIn) => {
    const libraries = await bundledLibraries(list);
    expect(libraries.map(({ name }) => name)).toContain(knownToBeIn);
    expect(libraries.filter(({ identifier }) => !isAllowed(identifier ?? ''))).toEqual([]);
  });
});

describe('isAllowed', () => {
  it.each([
    ['MIT', true],
    ['(MIT OR GPL-3.0)', true],
    ['MIT AND ISC', true],
    ['MIT AND GPL-3.0', false],
    ['GPL-3.0', false],
    ['', false],
  ])('%s: %s', (expression, allowed) => {
    expect(isAllowed(expression)).toBe(allowed);
  });
});
