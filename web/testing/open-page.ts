import type { BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { type BuiltServer, startBuiltServer } from './built-server.ts';
import { type Problems, watchProblems } from './problems.ts';
import { type Language, type LentContext, lendContext } from './warm-context.ts';

/** Viewport of a laptop, as in the design's sketches. */
export const DESKTOP = { width: 1440, height: 900 };
/** Viewport of a phone. */
export const PHONE = { width: 390, height: 844 };

/** How to open the page. */
export interface OpenPageOptions {
  /** Path and query to open; default `/`. */
  readonly path?: string;
  /** What the system prefers; the page follows it. Default `dark`. */
  readonly theme?: 'dark' | 'light';
  /** Language of the browser; the page follows it. Default `en`. */
  readonly language?: Language;
  /** Default DESKTOP. */
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Default `reduce`, so that nothing moves under a test's hands. */
  readonly motion?: 'reduce' | 'no-preference';
  /** A server that runs already and that the caller stops; default: one of the page's own. */
  readonly server?: BuiltServer;
  /** Further arguments for the page's own server. */
  readonly args?: readonly string[];
  /** Problems that the test provokes on purpose, such as a refused connection. */
  readonly tolerate?: readonly RegExp[];
}

/** A page of the built playground in a real Chromium. */
export interface OpenedPage {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly server: BuiltServer;
  /** Watched until the end of the test, which fails if there are any. */
  readonly problems: Problems;
  /** Opens another tab of the same browser, watched like the first. */
  openTab(path?: string): Promise<Page>;
  /** Address of a path on the server. */
  at(path: string): string;
}

/** An OpenedPage that its caller closes. */
export interface LaunchedPage extends OpenedPage {
  /** Closes page and server, and throws if the page had a problem. Closing twice is harmless. */
  close(): Promise<void>;
}

/**
 * Starts the built playground and opens it in Chromium, for the length of the test that calls it: both are closed when the
 * test is over, and the test fails if the page had an error, a console error or a CSP violation.
 */
export async function openPage(options: OpenPageOptions = {}): Promise<OpenedPage> {
  const opened = await launchPage(options);
  onTestFinished(() => opened.close());
  return opened;
}

/** Like `openPage`, for a hook: the caller closes. */
export async function launchPage(options: OpenPageOptions = {}): Promise<LaunchedPage> {
  const server = options.server ?? (await startBuiltServer(options.args ? { args: options.args } : {}));
  let lent: LentContext | null = null;
  const closeAll = async () => {
    // The pages first, or they would complain that their server is gone.
    await lent?.giveBack();
    lent = null;
    if (!options.server) await server.stop();
  };
  try {
    lent = await lendContext(options.language ?? 'en', server.url);
    const { context } = lent;
    const { page, problems, openTab } = await openTabs(context, server, options);
    const close = async () => {
      await closeAll();
      const found = problems.list();
      if (found.length > 0) throw new Error(`the page had ${found.length} problem(s):\n${found.join('\n')}`);
    };
    const at = (path: string) => new URL(path, server.url).href;
    return { page, context, server, problems, openTab, at, close };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** Opens the first tab, and further ones on demand; all are watched for problems. */
async function openTabs(context: BrowserContext, server: BuiltServer, options: OpenPageOptions) {
  const tabs: Problems[] = [];
  const openTab = async (path = '/') => {
    const page = await context.newPage();
    tabs.push(await watchProblems(page, options.tolerate));
    await page.setViewportSize(options.viewport ?? DESKTOP);
    await page.emulateMedia({ colorScheme: options.theme ?? 'dark', reducedMotion: options.motion ?? 'reduce' });
    await page.goto(new URL(path, server.url).href);
    return page;
  };
  return { page: await openTab(options.path), problems: joined(tabs), openTab };
}

function joined(tabs: readonly Problems[]): Problems {
  return {
    list: () => tabs.flatMap((tab) => tab.list()),
    tolerate: (pattern) => {
      for (const tab of tabs) tab.tolerate(pattern);
    },
  };
}
