import type { Page } from 'playwright-core';
import { launchChromium } from '../clients/launch-chromium.ts';
import { type BuiltServer, startBuiltServer } from '../run/built-server.ts';

/** Opens a page of the built server in Chromium for as long as `work` takes. */
export async function inChromium<T>(path: string, work: (page: Page, server: BuiltServer) => Promise<T>): Promise<T> {
  const server = await startBuiltServer();
  const browser = await launchChromium();
  try {
    const page = await browser.newPage({ baseURL: server.url, viewport: { width: 1_440, height: 900 } });
    await page.goto(path);
    return await work(page, server);
  } finally {
    await browser.close();
    await server.stop();
  }
}
