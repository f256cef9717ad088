import axeCore from 'axe-core';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** One rule that a page breaks, and where. */
export interface Violation {
  readonly rule: string;
  readonly impact: string;
  readonly help: string;
  /** CSS selectors of the elements. */
  readonly at: readonly string[];
}

/** Runs axe-core on the page as it is now, with all rules or only some. The script comes through the debugger, so the page's CSP does not matter. */
export async function violations(page: Page, rules: readonly string[] = []): Promise<readonly Violation[]> {
  const isThere = await page.evaluate(() => Reflect.has(window, 'axe'));
  if (!isThere) await page.evaluate(axeCore.source);
  return page.evaluate(async (runOnly) => {
    const axe: typeof axeCore = Reflect.get(window, 'axe');
    const only = runOnly.length > 0 ? { runOnly: [...runOnly] } : {};
    const results = await axe.run(document, { resultTypes: ['violations'], ...only });
    return results.violations.map((each) => ({
      rule: each.id,
      impact: each.impact ?? 'unknown',
      help: `${each.help} (${each.helpUrl})`,
      at: each.nodes.map((node) => node.target.join(' ')),
    }));
  }, rules);
}

/** Fails the test if axe finds any violation on the page as it is now. */
export async function axe(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
}

/** Rules of axe that depend on colours, and on nothing else that a theme changes. */
const COLOUR_RULES = ['color-contrast', 'link-in-text-block'];

/** Like {@link axe}, for a page that differs from one that was looked at in its colours only. */
export async function axeColours(page: Page): Promise<void> {
  expect(await violations(page, COLOUR_RULES)).toEqual([]);
}
