import type { BrowserContext, Page } from 'playwright-core';
import { onTestFinished } from 'vitest';
import { type BuiltServer, startBuiltServer } from './built-server.ts';
import { fileBrowser } from './file-browser.ts';
import { type Problems, watchProblems } from './problems.ts';

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
  readonly language?: 'en' | 'zh-CN';
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
  const starting = [
    options.server ?? startBuiltServer(options.args ? { args: options.args } : {}),
    fileBrowser(),
  ] as const;
  let context: BrowserContext | null = null;
  const closeAll = async () => {
    // The page first, or it would complain that its server is gone.
    await context?.close();
    const [server] = await Promise.allSettled(starting);
    if (server.status === 'fulfilled' && !options.server) await server.value.stop();
  };
  try {
    const [server, browser] = await Promise.all(starting);
    context = await browser.newContext(contextOptions(options, server));
    const { page, problems, openTab } = await openTabs(context, options);
    const close = async () => {
      await closeAll();
      const found = problems.list();
      if (found.length > 0) throw new Error(`the page had ${found.length} problem(s):\n${found.join('\n')}`);
    };
    return { page, context, server, problems, openTab, close };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** Opens the first tab, and further ones on demand; all are watched for problems. */
async function openTabs(context: BrowserContext, options: OpenPageOptions) {
  const tabs: Problems[] = [];
  const openTab = async (path = '/') => {
    const page = await context.newPage();
    tabs.push(await watchProblems(page, options.tolerate));
    await page.goto(path);
    return page;
  };
  return { page: await openTab(options.path), problems: joined(tabs), openTab };
}

function contextOptions(options: OpenPageOptions, server: BuiltServer) {
  return {
    baseURL: server.url,
    colorScheme: options.theme ?? 'dark',
    locale: options.language ?? 'en',
    viewport: options.viewport ?? DESKTOP,
    reducedMotion: options.motion ?? 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
  };
}

function joined(tabs: readonly Problems[]): Problems {
  return {
    list: () => tabs.flatMap((tab) => tab.list()),
    tolerate: (pattern) => {
      for (const tab of tabs) tab.tolerate(pattern);
    },
  };
}
