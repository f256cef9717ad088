import { readFile } from 'node:fs/promises';
import { gzipSync } from 'node:zlib';
import { findChromium } from '../../clients/chromium.js';
import { inRepository } from '../../run/repository.js';
import { inChromium } from '../in-chromium.ts';
import { alone, type Part, type Row } from '../part.ts';

/** The most JavaScript that the page may need before it shows anything, in octets after gzip. */
export const MAX_INITIAL_BYTES = 180e3;

/** The JavaScript that the page needs before it can show anything. */
export const pagePart: Part = {
  name: 'page',
  title: 'Initial JavaScript of the page, gzip',
  run: async (note) => {
    const rows = [sizeRow('entry and what it imports', await initialBytes())];
    if ((await findChromium()) === null) {
      note('No Chromium here: what the home page asks for besides is not measured.');
      return rows;
    }
    const asked = await scriptsAskedFor('/');
    for (const path of asked) note(`${path}: ${kilobytes(await gzipSize(path))}`);
    return [...rows, sizeRow('all that opening / asks for', await gzipSizeOf(asked))];
  },
};

/** What the built page's entry and all that it imports weigh, in octets after gzip. */
export async function initialBytes(): Promise<number> {
  const html = await readFile(inRepository('dist/web/index.html'), 'utf8');
  return gzipSizeOf(await withStaticImports(initialScripts(html)));
}

function sizeRow(what: string, bytes: number): Row {
  return alone(what, kilobytes(bytes), '< 180 kB', bytes < MAX_INITIAL_BYTES);
}

async function gzipSizeOf(paths: readonly string[]): Promise<number> {
  const sizes = await Promise.all(paths.map(gzipSize));
  return sizes.reduce((sum, size) => sum + size, 0);
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1e3).toFixed(1)} kB`;
}

async function gzipSize(path: string): Promise<number> {
  return gzipSync(await readFile(inRepository('dist/web', path))).length;
}

/** Paths in `dist/web` of the page's module scripts, and of those it asks the browser to load along with them. */
function initialScripts(html: string): string[] {
  const tags = html.match(/<(script|link)\b[^>]*>/g) ?? [];
  return tags.flatMap((tag) => {
    const isScript = tag.startsWith('<script') || /rel="modulepreload"/.test(tag);
    const [, path] = /(?:src|href)="\.?\/?([^"]+\.js)"/.exec(tag) ?? [];
    return isScript && path ? [path] : [];
  });
}

/** The scripts and whatever they import statically. */
async function withStaticImports(paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  const open = [...paths];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (found.has(path)) continue;
    found.add(path);
    const text = await readFile(inRepository('dist/web', path), 'utf8');
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    for (const [, name] of text.matchAll(/(?:\bfrom|\bimport)\s*["']\.\/([^"']+\.js)["']/g))
      open.push(`${folder}${name}`);
  }
  return [...found];
}

/** Paths in `dist/web` of the scripts that a browser loads until the page is quiet. */
async function scriptsAskedFor(path: string): Promise<string[]> {
  return inChromium('about:blank', async (page) => {
    const asked = new Set<string>();
    page.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.endsWith('.js')) asked.add(pathname.slice(1));
    });
    await page.goto(path, { waitUntil: 'networkidle' });
    return [...asked];
  });
}
