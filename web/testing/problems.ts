import type { Page } from 'playwright-core';

/** Problems of one page that are kept; a page in a loop of errors must not fill the memory. */
const MAX_PROBLEMS = 100;

/** What a healthy page never does: page errors, console errors, CSP violations, collected as they happen. */
export interface Problems {
  /** One line each, in order, without the tolerated ones. */
  list(): readonly string[];
  /** From now on, and for what is listed already: a problem that matches is no problem. */
  tolerate(pattern: RegExp): void;
}

/** Watches a page that has not navigated yet. */
export async function watchProblems(page: Page, tolerated: readonly RegExp[] = []): Promise<Problems> {
  const found: string[] = [];
  const patterns = [...tolerated];
  const add = (problem: string) => {
    if (found.length < MAX_PROBLEMS) found.push(problem);
  };
  page.on('pageerror', (error) => add(`page error: ${error.stack ?? error.message}`));
  page.on('crash', () => add('the page crashed'));
  page.on('console', (message) => {
    if (message.type() !== 'error') return;
    const { url, lineNumber } = message.location();
    add(`console error: ${message.text()} (${url}:${lineNumber})`);
  });
  await watchPolicy(page, add);
  return {
    list: () => found.filter((problem) => !patterns.some((pattern) => pattern.test(problem))),
    tolerate: (pattern) => {
      patterns.push(pattern);
    },
  };
}

/** Name under which the page can reach us; init scripts and bindings are not subject to the page's CSP. */
const BINDING = 'portholeReportsViolation';

async function watchPolicy(page: Page, add: (problem: string) => void): Promise<void> {
  await page.exposeFunction(BINDING, (violation: string) => add(`CSP violation: ${violation}`));
  await page.addInitScript((binding) => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const report: unknown = Reflect.get(window, binding);
      if (typeof report !== 'function') return;
      report(`${event.effectiveDirective} blocked ${event.blockedURI} (${event.sourceFile}:${event.lineNumber})`);
    });
  }, BINDING);
}
