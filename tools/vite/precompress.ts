import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const compressions = { br: promisify(brotliCompress), gz: promisify(gzip) };

/** Smaller files gain nothing. */
const MIN_BYTES = 1_024;

/**
 * Writes `.br` and `.gz` beside the page's text files, so that the server compresses nothing while it serves. Works on
 * the files as written: other plugins may change a chunk until the very end.
 */
export function precompress(): Plugin {
  return {
    name: 'porthole:precompress',
    apply: 'build',
    applyToEnvironment: (environment) => environment.name === 'client',
    async writeBundle({ dir = '.' }, bundle) {
      const texts = Object.keys(bundle).filter((fileName) => /\.(js|css|html|svg|json)$/.test(fileName));
      await Promise.all(texts.map((fileName) => compress(join(dir, fileName))));
    },
  };
}

async function compress(path: string): Promise<void> {
  const source = await readFile(path);
  if (source.byteLength < MIN_BYTES) return;
  await Promise.all(
    Object.entries(compressions).map(async ([suffix, run]) => writeFile(`${path}.${suffix}`, await run(source))),
  );
}
