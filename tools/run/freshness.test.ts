import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { whyBuild } from './freshness.js';

const OLD = 1_000;
const BUILD = 2_000;
const NEW = 3_000;

/** A repository whose files have these modification times, in seconds. */
async function repositoryOf(files: Record<string, number>): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'porthole-fresh-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [file, seconds] of Object.entries(files)) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    await writeFile(join(folder, file), '');
    await utimes(join(folder, file), seconds, seconds);
  }
  return folder;
}

const built = { 'dist/web/index.html': BUILD, 'dist/server/main.js': BUILD };

it('asks for a build where there is none', async () => {
  expect(whyBuild(await repositoryOf({ 'web/main.tsx': OLD }))).toBe('it has not been built yet');
});

it('asks for a build when only the page is built', async () => {
  expect(whyBuild(await repositoryOf({ 'dist/web/index.html': BUILD }))).toBe('it has not been built yet');
});

it('asks for none when every source is older', async () => {
  expect(whyBuild(await repositoryOf({ ...built, 'web/main.tsx': OLD, 'package.json': OLD }))).toBeNull();
});

it('names a source that is newer, however deep', async () => {
  const repository = await repositoryOf({ ...built, 'lessons/01-sockets/en.mdx': NEW });
  expect(whyBuild(repository)).toBe(`${join('lessons', '01-sockets', 'en.mdx')} is newer than the build`);
});

it.each(['web/session/event-log.test.ts', 'server/check/solutions/python/__pycache__/serving.cpython-311.pyc'])(
  'does not mind a newer %s',
  async (file) => {
    expect(whyBuild(await repositoryOf({ ...built, [file]: NEW }))).toBeNull();
  },
);
