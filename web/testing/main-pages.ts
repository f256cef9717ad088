import type { Page } from 'playwright-core';

/** A page as a learner finds it. */
export interface MainPage {
  /** What its pictures are called. */
  readonly name: string;
  readonly path: string;
  /** A CSS selector of what comes last on a wide screen. */
  readonly last: string;
}

/** Each page of the app, and a lesson of each kind. */
export const MAIN_PAGES: readonly MainPage[] = [
  { name: 'home', path: '/', last: '[aria-labelledby="demo-tls"]' },
  { name: 'lesson', path: '/lessons/sockets', last: '[data-watching="true"]' },
  { name: 'lesson-lab', path: '/lessons/loss', last: '[data-testid="lesson-lab"] [role="application"]' },
  { name: 'playground', path: '/playground', last: '.xterm-rows' },
  { name: 'lab', path: '/lab', last: '[role="application"]' },
  { name: 'chat', path: '/chat', last: '[role="log"]' },
  { name: 'challenges', path: '/challenges', last: 'main h1' },
  { name: 'challenge', path: '/challenges/echo', last: 'main h1' },
  { name: 'glossary', path: '/glossary', last: 'main h1' },
  { name: 'relay', path: '/relay', last: 'main h1' },
  { name: 'packets', path: '/packets', last: 'main h1' },
  { name: 'shared', path: '/shared', last: 'main h1' },
  { name: 'nowhere', path: '/nowhere', last: 'main h1' },
];

/** Waits until a page has all that it shows by itself. */
export async function isReady(page: Page, { path, last }: MainPage): Promise<void> {
  await page.locator('main h1').waitFor({ state: 'attached' });
  if (path !== '/lab' && path !== '/shared')
    await page.locator('[data-testid="wire-status"][data-status="live"]').waitFor();
  const { width } = page.viewportSize() ?? { width: 0 };
  if (width >= WIDE_PX) await page.locator(last).first().waitFor({ state: 'attached' });
}

/** From here on a page shows its panels side by side. */
const WIDE_PX = 900;
