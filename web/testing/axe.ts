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

/** Runs axe-core on the page as it is now. The script comes through the debugger, so the page's CSP does not matter. */
export async function violations(page: Page): Promise<readonly Violation[]> {
  const isThere = await page.evaluate(() => Reflect.has(window, 'axe'));
  if (!isThere) await page.evaluate(axeCore.source);
  return page.evaluate(async () => {
    const axe: typeof axeCore = Reflect.get(window, 'axe');
    const results = await axe.run(document, { resultTypes: ['violations'] });
    return results.violations.map((each) => ({
      rule: each.id,
      impact: each.impact ?? 'unknown',
      help: `${each.help} (${each.helpUrl})`,
      at: each.nodes.map((node) => node.target.join(' ')),
    }));
  });
}

/** Fails the test if axe finds any violation on the page as it is now. */
export async function axe(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([]);
}
