import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { initialBytes, MAX_INITIAL_BYTES } from './bench/parts/page.ts';
import { inRepository } from './run/repository.js';

it('the page needs less JavaScript than it may before it shows anything', async () => {
  const bytes = await initialBytes();
  expect(bytes).toBeGreaterThan(50e3);
  expect(bytes).toBeLessThan(MAX_INITIAL_BYTES);
});

it('the page begins with one script, for each file more costs time on the way', async () => {
  const html = await readFile(inRepository('dist/web/index.html'), 'utf8');
  expect(html.match(/<script type="module"/g)).toHaveLength(1);
  expect(html).not.toContain('modulepreload');
});
