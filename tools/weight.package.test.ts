import { expect, it } from 'vitest';
import { initialBytes, MAX_INITIAL_BYTES } from './bench/parts/page.ts';

it('the page needs less JavaScript than it may before it shows anything', async () => {
  const bytes = await initialBytes();
  expect(bytes).toBeGreaterThan(50e3);
  expect(bytes).toBeLessThan(MAX_INITIAL_BYTES);
});
