/** Lesson 1, as the browser's tests follow it. */
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { openPage } from './open-page.ts';

/** Its steps up to the one that is followed by hand. */
export type LessonStep = 'connect' | 'talk' | 'second';

/** The card of a step. */
export const task = (page: Page, id: string): Locator => page.locator(`[data-task="${id}"]`);
/** Waits until a step is done. */
export const isDone = (page: Page, id: string) => page.locator(`[data-task="${id}"][data-status="done"]`).waitFor();
/** How many steps are done. */
export const stepsDone = (page: Page) => page.locator('[data-task][data-status="done"]').count();

/** Opens lesson 1 and waits until it watches the wire. */
export async function openLesson1(options: Parameters<typeof openPage>[0] = {}) {
  const opened = await openPage({ path: '/lessons/sockets', ...options });
  await watching(opened.page);
  return opened;
}

/** Waits until the lesson watches the wire. */
export async function watching(page: Page): Promise<void> {
  await page.locator('[data-testid="waiting"][data-watching="true"]').first().waitFor();
}

/** Waits until the terminal shows a text. */
export async function terminalShows(page: Page, text: string): Promise<void> {
  await expect.poll(() => page.locator('.xterm-screen:visible').textContent()).toContain(text);
}

/** Waits until telnet in the terminal that is shown is connected, and has the keyboard. */
export async function connected(page: Page): Promise<void> {
  await terminalShows(page, 'Escape character');
  await page.locator('.xterm-helper-textarea:focus').waitFor({ state: 'attached' });
}

/** Follows the lesson up to and with the step `last`, with the buttons. */
export async function follow(page: Page, last: LessonStep): Promise<void> {
  await task(page, 'connect')
    .getByRole('button', { name: /^Run|^在终端里运行/ })
    .click();
  await isDone(page, 'connect');
  if (last === 'connect') return;
  await connected(page);
  await page.keyboard.type('hello');
  await page.keyboard.press('Enter');
  await isDone(page, 'talk');
  if (last === 'talk') return;
  await task(page, 'second')
    .getByRole('button', { name: /^Run|^在终端里运行/ })
    .click();
  await isDone(page, 'second');
  await connected(page);
}

/** Follows the lesson to where there is something of everything to see: steps done, a prediction compared, a question answered. */
export async function followHalfWay(page: Page): Promise<void> {
  await follow(page, 'talk');
  await page.locator('[data-predict="what-differs"] button').nth(1).click();
  await task(page, 'second')
    .getByRole('button', { name: /^Run|^在终端里运行/ })
    .click();
  await isDone(page, 'second');
  await page.locator('[data-quiz="third"] button').nth(2).click();
}
