import type { Browser } from 'playwright-core';
import { launchChromium } from '../../tools/clients/launch-chromium.ts';

let starting: Promise<Browser> | null = null;

/**
 * The browser of a worker of the test runner: started by the first test that needs it, since starting one takes longer
 * than most tests, and kept for all files that the worker runs. It ends with the worker's process: playwright sees to
 * that. A worker runs one test at a time, so the clipboard is not shared. Pages of a context that are of the same host
 * share a process, whose compiled code later tests find: see warm-context.ts.
 */
export async function workerBrowser(): Promise<Browser> {
  starting ??= launchChromium(['--process-per-site']);
  const browser = await starting;
  if (browser.isConnected()) return browser;
  // It crashed under an earlier test, which has failed for it; this one is innocent.
  starting = launchChromium(['--process-per-site']);
  return starting;
}
