import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { axe, axeColours } from './axe.ts';
import { DESKTOP, PHONE } from './open-page.ts';
import type { Language } from './warm-context.ts';

/** How a page can look. */
export interface Look {
  readonly theme: 'dark' | 'light';
  readonly language: Language;
  readonly viewport: { readonly width: number; readonly height: number };
}

/** Both themes, both languages, a laptop and a phone. Neighbours differ in one thing. */
export const LOOKS: readonly Look[] = [DESKTOP, PHONE].flatMap((viewport) =>
  (['en', 'zh-CN'] as const).flatMap((language) =>
    (['dark', 'light'] as const).map((theme) => ({ theme, language, viewport })),
  ),
);

/** The name of a look, for pictures: `1440-dark-en`. */
export function lookName({ theme, language, viewport }: Look): string {
  return `${viewport.width}-${theme}-${language}`;
}

/**
 * Puts the open page through every look without loading it anew, and fails where axe finds anything or something is wider than
 * the window. Another theme changes nothing but colours, so only what is about colours is looked at again.
 */
export async function isAccessibleInEveryLook(page: Page, looks: readonly Look[] = LOOKS): Promise<void> {
  let before: Look | null = null;
  for (const look of looks) {
    await putOn(page, look);
    const sameButColours = before?.language === look.language && before.viewport === look.viewport;
    await (sameButColours ? axeColours : axe)(page);
    await fits(page, lookName(look));
    before = look;
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
  await settled(page);
  if ((await page.getAttribute('html', 'lang')) === language) return;
  await page.getByRole('button', { name: /切换到/ }).click();
  await page.locator(`html[lang="${language}"]`).waitFor();
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
