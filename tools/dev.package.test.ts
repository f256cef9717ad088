import { type ChildProcess, spawn } from 'node:child_process';
import { cp, mkdtemp, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository, SCRIPTS } from './run/repository.js';

/** What a copy to develop in needs. */
const PARTS = ['package.json', 'vite.config.ts', 'tsconfig.base.json', 'tools', 'web', 'server', 'lessons'];

/** Vite says where it serves; the styles of its output may stand in between. */
const LOCAL = /http:\/\/localhost:(\d+)\//;

let folder = '';
let vite: ChildProcess;
let url = '';

beforeAll(async () => {
  // By its real name: macOS links to its folder for temporary files, Windows may shorten a part of it, and Vite serves neither.
  folder = await realpath(await mkdtemp(join(tmpdir(), 'porthole-dev-')));
  await Promise.all(PARTS.map((part) => cp(inRepository(part), join(folder, part), { recursive: true })));
  await symlink(inRepository('node_modules'), join(folder, 'node_modules'), 'junction');
  vite = spawn(process.execPath, [SCRIPTS.vite, '--port', '0', '--open', 'false'], {
    cwd: folder,
    env: { ...process.env, BROWSER: 'none', NO_COLOR: '1' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  url = await served(vite);
});

afterAll(async () => {
  vite.kill();
  if (vite.exitCode === null) await new Promise((resolve) => vite.once('exit', resolve));
  await rm(folder, { recursive: true, force: true });
});

function served(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (text: Buffer): void => {
      said += text.toString();
      const [found] = LOCAL.exec(said) ?? [];
      if (found) resolve(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`vite ended with ${code}: ${said}`)));
  });
}

async function get(path: string): Promise<string> {
  const response = await fetch(new URL(path, url), { headers: { accept: 'text/html,*/*' } });
  return response.text();
}

async function replace(file: string, from: string, to: string): Promise<void> {
  const text = await readFile(join(folder, file), 'utf8');
  expect(text).toContain(from);
  await writeFile(join(folder, file), text.replace(from, to));
}

describe('npm run dev', () => {
  it('serves the page and the playground in one process', async () => {
    expect(await get('/')).toContain('<div id="root">');
    expect(JSON.parse(await get('/api/health'))).toEqual({ ok: true });
    const { demos } = JSON.parse(await get('/api/demos'));
    expect(demos.map(({ id }: { id: string }) => id)).toContain('echo');
  });

  it('serves a changed part of the page and a changed lesson at once', async () => {
    expect(await get('/page/strings.ts')).toContain('Skip to content');
    await replace('web/page/strings.ts', 'Skip to content', 'Straight to the content');
    await expect.poll(() => get('/page/strings.ts')).toContain('Straight to the content');
    const lesson = `/@fs${pathToFileURL(join(folder, 'lessons', '01-sockets', 'en.mdx')).pathname}?import`;
    expect(await get(lesson)).toContain('Two programs');
    await replace('lessons/01-sockets/en.mdx', 'title: Two programs', 'title: Three programs');
    await expect.poll(() => get(lesson)).toContain('Three programs');
    const structure = lesson.replace('en.mdx', 'lesson.ts');
    expect(await get(structure)).toContain('minutes: 8');
    await replace('lessons/01-sockets/lesson.ts', 'minutes: 8', 'minutes: 77');
    await expect.poll(() => get(structure)).toContain('minutes: 77');
  });

  it('starts the playground anew when the server has changed', async () => {
    await replace(
      'server/gateway/http-app.ts',
      "app.get('/api/health', () => ({ ok: true }))",
      "app.get('/api/health', () => ({ ok: 'anew' }))",
    );
    await expect.poll(() => get('/api/health').catch(() => '')).toBe('{"ok":"anew"}');
  });
});
