import type { Browser } from 'playwright-core';
import { afterAll } from 'vitest';
import { launchChromium } from '../../tools/clients/launch-chromium.ts';

let starting: Promise<Browser> | null = null;

/**
 * The browser of a test file: started by the first test that needs it, since starting one takes longer than most tests,
 * and closed after the last. Every test opens a context of its own in it: cookies, storage and permissions are never
 * shared, and test files that run at the same time have a clipboard each.
 */
export async function fileBrowser(): Promise<Browser> {
  starting ??= launchChromium();
  const browser = await starting;
  if (browser.isConnected()) return browser;
  // It crashed under an earlier test, which has failed for it; this one is innocent.
  starting = launchChromium();
  return starting;
}

// Registered for each test file that imports this.
afterAll(async () => {
  const browser = await starting?.catch(() => null);
  starting = null;
  await browser?.close();
});
