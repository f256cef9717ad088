import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { inRepository } from '../run/repository.js';

const PAGE = inRepository('dist/web');

describe('the compressed copies of the page', () => {
  it.each([
    ['.br', brotliDecompressSync],
    ['.gz', gunzipSync],
  ] as const)('%s: each unpacks to exactly the file beside it', async (extension, unpack) => {
    const files = await readdir(PAGE, { recursive: true });
    const compressed = files.filter((file) => file.endsWith(extension));
    expect(compressed.length).toBeGreaterThan(0);
    for (const file of compressed) {
      const original = await readFile(join(PAGE, file.slice(0, -extension.length)));
      expect(unpack(await readFile(join(PAGE, file))).equals(original), file).toBe(true);
    }
  });
});
