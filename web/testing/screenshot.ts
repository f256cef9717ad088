import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { inRepository } from '../../tools/run/repository.js';

/** Folder of the pictures; git ignores it. */
const FOLDER = inRepository('screenshots');

/** Writes `screenshots/NAME.png` and gives its path. Fonts are loaded first, so that pictures of two runs agree. */
export async function screenshot(page: Page, name: string): Promise<string> {
  await mkdir(FOLDER, { recursive: true });
  const path = join(FOLDER, `${name}.png`);
  await page.evaluate(async () => {
    await document.fonts.ready;
  });
  await page.screenshot({ path, animations: 'disabled' });
  return path;
}
