/**
 * `npm run pictures`: makes the README's pictures anew, from a real playground with real conversations. Run it after
 * the page has changed its looks; the ports of the demos must be free.
 */
import { mkdir } from 'node:fs/promises';
import type { Browser, Page } from 'playwright-core';
import { launchChromium } from './clients/launch-chromium.ts';
import { buildIfNeeded } from './run/build.js';
import { type BuiltServer, startBuiltServer } from './run/built-server.ts';
import { inRepository } from './run/repository.js';

/** The usual ports, so that the pictures show what a reader will see. */
const USUAL_PORTS = ['echo=7007', 'discard=7009', 'daytime=7013', 'chat-lines=7020', 'http=7080', 'tls=7443'].flatMap(
  (port) => ['--demo-port', port],
);

/** The languages, and what their pictures are called. */
const LANGUAGES = [
  { locale: 'en', suffix: '' },
  { locale: 'zh-CN', suffix: '.zh-CN' },
];

async function main(): Promise<void> {
  if (!(await buildIfNeeded())) throw new Error('the build failed');
  await mkdir(inRepository('docs'), { recursive: true });
  const browser = await launchChromium();
  try {
    for (const language of LANGUAGES) await picturesIn(browser, language);
  } finally {
    await browser.close();
  }
}

async function picturesIn(browser: Browser, { locale, suffix }: (typeof LANGUAGES)[number]): Promise<void> {
  const server = await startBuiltServer({ args: USUAL_PORTS });
  try {
    await picture(browser, server, locale, '/lessons/sockets', `lesson${suffix}.png`, talkToEcho);
    await picture(browser, server, locale, '/playground', `playground${suffix}.png`, chatWithOneself);
    await picture(browser, server, locale, '/lessons/handshake', `packets${suffix}.png`, shakeHands);
    await picture(browser, server, locale, '/lab', `lab${suffix}.png`, loseSegment);
  } finally {
    await server.stop();
  }
}

async function picture(
  browser: Browser,
  server: BuiltServer,
  locale: string,
  path: string,
  file: string,
  act: (page: Page, server: BuiltServer) => Promise<void>,
): Promise<void> {
  const context = await browser.newContext({ locale, colorScheme: 'dark', viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  await page.goto(`${server.url}${path}`);
  await act(page, server);
  await page.screenshot({ path: inRepository('docs', file) });
  await context.close();
}

async function talkToEcho(page: Page, server: BuiltServer): Promise<void> {
  await typeLine(page, `telnet localhost ${server.demo('echo').port}`);
  await page.locator('[data-task="connect"][data-status="done"]').waitFor();
  await typeLine(page, 'hello');
  await page.locator('[data-task="talk"][data-status="done"]').waitFor();
  await page.locator('[data-task="talk"]').scrollIntoViewIfNeeded();
}

async function chatWithOneself(page: Page, server: BuiltServer): Promise<void> {
  await typeLine(page, `nc localhost ${server.demo('chat-lines').port}`);
  for (const line of ['ann', '/who', 'Is anybody there?']) await typeLine(page, line);
  await page.locator('[role="tabpanel"]').getByText('Is anybody there?').first().waitFor();
}

/** Needs a user who may capture. */
async function shakeHands(page: Page, server: BuiltServer): Promise<void> {
  await page.getByRole('tab', { name: /^(Packets|数据包)/ }).click();
  const panel = page.getByRole('tabpanel', { name: /^(Packets|数据包)/ });
  await panel
    .getByText(/tcpdump/)
    .first()
    .waitFor();
  // The first conversation is one step of the lesson, the second another.
  for (let time = 0; time < 2; time += 1) {
    await typeLine(page, `send localhost ${server.demo('echo').port} hello`);
    await page.waitForTimeout(1_000);
  }
  const packets = panel.getByRole('listbox').getByRole('option');
  await packets.nth(1).click();
  await packets.nth(1).scrollIntoViewIfNeeded();
  await page
    .getByRole('button', { name: /^(Acknowledgment number|确认号)/ })
    .first()
    .click();
  await page.waitForTimeout(1_500);
}

/** The lab's first experiment, up to the acknowledgment that fills the gap. */
async function loseSegment(page: Page): Promise<void> {
  const ladder = page.getByRole('application');
  await ladder.focus();
  for (let step = 0; step < 120; step += 1) {
    if ((await page.getByText(/3rd duplicate ACK|第 3 个重复 ACK/).count()) > 0) break;
    await page.keyboard.press('ArrowRight');
    await page.keyboard.press('End');
    await page.waitForTimeout(80);
  }
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowRight');
  await page.waitForTimeout(1_000);
}

async function typeLine(page: Page, line: string): Promise<void> {
  await page.locator('.xterm-helper-textarea').first().focus();
  await page.keyboard.type(line, { delay: 15 });
  await page.keyboard.press('Enter');
  await page.waitForTimeout(700);
}

await main();
