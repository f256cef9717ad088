import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axe } from './axe.ts';
import { DESKTOP, PHONE } from './open-page.ts';
import type { Language } from './warm-context.ts';

/** How a page can look. */
export interface Look {
  readonly theme: 'dark' | 'light';
  readonly language: Language;
  readonly viewport: { readonly width: number; readonly height: number };
}

/** Both themes, both languages, a laptop and a phone: all eight. */
export const LOOKS: readonly Look[] = [DESKTOP, PHONE].flatMap((viewport) =>
  (['en', 'zh-CN'] as const).flatMap((language) =>
    (['dark', 'light'] as const).map((theme) => ({ theme, language, viewport })),
  ),
);

/** Four of them, in which each theme meets each language and each width, and each language each width. */
const PAIRS: readonly Look[] = [
  { theme: 'dark', language: 'en', viewport: DESKTOP },
  { theme: 'light', language: 'zh-CN', viewport: DESKTOP },
  { theme: 'dark', language: 'zh-CN', viewport: PHONE },
  { theme: 'light', language: 'en', viewport: PHONE },
];

/** Those of them that are as wide as a laptop, for pages that a phone shows otherwise. */
export const DESKTOP_LOOKS: readonly Look[] = PAIRS.filter(({ viewport }) => viewport === DESKTOP);

/** The name of a look, for pictures: `1440-dark-en`. */
export function lookName({ theme, language, viewport }: Look): string {
  return `${viewport.width}-${theme}-${language}`;
}

/**
 * Puts the open page through looks without loading it anew, and fails where axe finds anything or something is wider than the
 * window.
 *
 * @param looks Default: four in which every theme meets every language; `npm run looks` has all.
 */
export async function isAccessibleInEveryLook(page: Page, looks: readonly Look[] = PAIRS): Promise<void> {
  for (const look of looks) {
    await putOn(page, look);
    await axe(page);
    await fits(page, lookName(look));
  }
}

/** Fails where the page is wider than the window. */
export async function fits(page: Page, look: string): Promise<void> {
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(overflow, look).toBeLessThanOrEqual(0);
}

async function putOn(page: Page, { theme, language, viewport }: Look): Promise<void> {
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme: theme });
  await page.locator(`html[data-theme="${theme}"]`).waitFor();
  if ((await page.getAttribute('html', 'lang')) !== language) {
    await page.getByRole('button', { name: /切换到[中英]文/ }).click();
    await page.locator(`html[lang="${language}"]`).waitFor();
  }
  await settled(page);
}

/** Waits until nothing moves, and what draws once a frame (the terminal, the lab's ladder) has drawn. */
async function settled(page: Page): Promise<void> {
  await page.evaluate(async () => {
    const ending = document.getAnimations().filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((animation) => animation.finished));
    const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
    await frame();
    await frame();
  });
}
