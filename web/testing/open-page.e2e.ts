import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { type LaunchedPage, launchPage, openPage } from './open-page.ts';

/** Throws in the page where nobody catches it, and waits until that has been noticed. */
async function breakPage({ problems }: LaunchedPage, page: Page, message: string): Promise<void> {
  await page.evaluate((text) => {
    setTimeout(() => {
      throw new Error(text);
    });
  }, message);
  await expect.poll(() => problems.list().length).toBe(1);
}

const isRunning = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

it('opens the built page, in the theme and language asked for', async () => {
  const { page } = await openPage({ theme: 'light', language: 'zh-CN' });
  await expect.poll(() => page.locator('html').getAttribute('lang')).toBe('zh-CN');
  expect(await page.evaluate(() => matchMedia('(prefers-color-scheme: light)').matches)).toBe(true);
});

it('fails the test when the page breaks', async () => {
  const opened = await launchPage();
  await breakPage(opened, opened.page, 'something broke');
  await expect(opened.close()).rejects.toThrow('something broke');
});

it('leaves neither page nor server behind', async () => {
  const opened = await launchPage();
  expect(isRunning(opened.server.pid)).toBe(true);
  await opened.close();
  expect(isRunning(opened.server.pid)).toBe(false);
  expect(opened.page.isClosed()).toBe(true);
  expect(opened.context.pages().map((page) => new URL(page.url()).pathname)).toEqual(['/porthole.svg']);
});

it('watches further tabs, too', async () => {
  const opened = await launchPage();
  const tab = await opened.openTab();
  await breakPage(opened, tab, 'in the second tab');
  await expect(opened.close()).rejects.toThrow('in the second tab');
});
