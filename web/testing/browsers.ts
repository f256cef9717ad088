import { type Browser, type BrowserServer, chromium } from 'playwright-core';
import { CHROMIUM_VARIABLE, chromiumFlags, findChromium } from '../../tools/clients/chromium.js';
import { launchChromium } from '../../tools/clients/launch-chromium.ts';

/** Where the running browsers are reached, one a line: workers inherit it from the process that started them. */
const VARIABLE = 'PORTHOLE_TEST_BROWSERS';

/** Tests that run at the same time; each has a browser to itself, for the clipboard is one a browser. */
const WORKERS = 2;

/**
 * Vitest's global set-up of the project `e2e`: starts one browser a worker for the whole run, since starting one takes
 * longer than most tests. Every test gets a context of its own in it: cookies, storage and permissions are never shared.
 */
export async function setup(): Promise<() => Promise<void>> {
  const executablePath = await findChromium();
  if (executablePath === null) {
    throw new Error(`no Chromium found: run \`node tools/clients.js --install\`, or set ${CHROMIUM_VARIABLE} to one`);
  }
  const options = { executablePath, headless: true, args: chromiumFlags(), host: '127.0.0.1' };
  const servers = await Promise.all(Array.from({ length: WORKERS }, () => chromium.launchServer(options)));
  process.env[VARIABLE] = servers.map((server: BrowserServer) => server.wsEndpoint()).join('\n');
  return async () => {
    await Promise.all(servers.map((server: BrowserServer) => server.close()));
  };
}

/**
 * A browser for one test: this worker's, or, outside of the test run, a fresh one. Closing it closes whatever the test
 * opened in it.
 */
export async function testBrowser(): Promise<Browser> {
  const endpoints = process.env[VARIABLE]?.split('\n') ?? [];
  const endpoint = endpoints[Number(process.env.VITEST_POOL_ID ?? 1) - 1];
  return endpoint ? chromium.connect(endpoint) : launchChromium();
}
