import { mkdir, mkdtemp, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { isStarted } from './started.js';

it('knows the script that was started, also by a name that goes over a link', async () => {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'porthole-started-')));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  await mkdir(join(folder, 'real'));
  await symlink(join(folder, 'real'), join(folder, 'link'), 'junction');
  const [script, other] = [join(folder, 'real', 'script.js'), join(folder, 'real', 'other.js')];
  await writeFile(script, '');
  await writeFile(other, '');
  const url = pathToFileURL(script).href;
  expect(isStarted(url, script)).toBe(true);
  expect(isStarted(url, join(folder, 'link', 'script.js'))).toBe(true);
  expect(isStarted(url, other)).toBe(false);
});
