import type { Browser, BrowserContext, CDPSession, Page } from 'playwright-core';
import { workerBrowser } from './worker-browser.ts';

/** Language of the browser. */
export type Language = 'en' | 'zh-CN';

/** A browser context for one test. */
export interface LentContext {
  readonly context: BrowserContext;
  /** Closes the pages that were opened in it and forgets all that they stored. */
  giveBack(): Promise<void>;
}

interface WarmContext {
  readonly context: BrowserContext;
  /** Keeps the process of our pages alive, and with it the code that it has compiled. */
  readonly keeper: Page;
  readonly session: CDPSession;
  lent: boolean;
}

const warm = new Map<Language, WarmContext>();

/**
 * Lends the worker's context for `language`. A page in it starts in a third of the time of one in a fresh context, whose
 * process must compile everything anew. While it is lent, and if its process has crashed, a fresh one is given.
 *
 * @param address Any address of our server: the process is chosen by its host.
 */
export async function lendContext(language: Language, address: string): Promise<LentContext> {
  const browser = await workerBrowser();
  const kept = warm.get(language);
  if (kept?.lent) return freshContext(browser, language);
  const one = kept && isUsable(kept) ? kept : await warmContext(browser, language, address);
  warm.set(language, one);
  one.lent = true;
  // What a page of the test before wrote while it was being closed may have come after all was forgotten.
  await forget(one, new URL(address).origin);
  return { context: one.context, giveBack: () => clean(one) };
}

async function warmContext(browser: Browser, language: Language, address: string): Promise<WarmContext> {
  const context = await newContext(browser, language);
  const keeper = await context.newPage();
  await keeper.goto(new URL('/porthole.svg', address).href);
  return { context, keeper, session: await context.newCDPSession(keeper), lent: false };
}

async function freshContext(browser: Browser, language: Language): Promise<LentContext> {
  const context = await newContext(browser, language);
  return { context, giveBack: () => context.close() };
}

function newContext(browser: Browser, language: Language): Promise<BrowserContext> {
  return browser.newContext({ locale: language, permissions: ['clipboard-read', 'clipboard-write'] });
}

function isUsable({ context, keeper }: WarmContext): boolean {
  return context.browser()?.isConnected() === true && !keeper.isClosed();
}

async function clean(one: WarmContext): Promise<void> {
  const { context, keeper } = one;
  const pages = context.pages().filter((page) => page !== keeper);
  const origins = new Set(pages.map((page) => new URL(page.url()).origin));
  await Promise.all(pages.map((page) => page.close()));
  await context.clearCookies();
  for (const origin of origins) await forget(one, origin);
  one.lent = false;
}

async function forget({ session }: WarmContext, origin: string): Promise<void> {
  await session.send('Storage.clearDataForOrigin', { origin, storageTypes: 'all' });
}
