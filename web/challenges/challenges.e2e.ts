import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { axe } from '../testing/axe.ts';
import { type BuiltServer, startBuiltServer } from '../testing/built-server.ts';
import { openPage, PHONE } from '../testing/open-page.ts';
import { screenshot } from '../testing/screenshot.ts';

let server: BuiltServer;
beforeAll(async () => {
  server = await startBuiltServer();
});
afterAll(() => server.stop());

/** A server of the learner's; gives its port. */
async function listen(serve: (socket: Socket) => void): Promise<number> {
  const sockets = new Set<Socket>();
  const listening = createServer({ allowHalfOpen: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    serve(socket);
  }).listen(0, '127.0.0.1');
  onTestFinished(() => {
    listening.close();
    for (const socket of sockets) socket.destroy();
  });
  await once(listening, 'listening');
  const address = listening.address();
  if (typeof address !== 'object' || !address) throw new Error('it does not listen');
  return address.port;
}

/**
 * Leaves out of what the page hears the ports that began to listen meanwhile and are not `mine`: the servers of other tests,
 * of which there may be more than the page has places for.
 */
async function withoutOthers(page: Page, mine: ReadonlySet<number>): Promise<void> {
  let known: ReadonlySet<number> | null = null;
  await page.route('**/api/check/listeners', async (route) => {
    const response = await route.fetch();
    const { listeners }: { listeners: readonly { readonly port: number }[] } = await response.json();
    const before = known ?? new Set(listeners.map(({ port }) => port));
    known = before;
    await route.fulfill({
      response,
      json: { listeners: listeners.filter(({ port }) => before.has(port) || mine.has(port)) },
    });
  });
}

/** Where the tops of all that fit are, in one look: two looks may see the page at two places of its scrolling. */
function topsOf(elements: Locator): Promise<number[]> {
  return elements.evaluateAll((all) => all.map((each) => each.getBoundingClientRect().top));
}

describe('the challenges', () => {
  it('find what began to listen, say what is wrong, and keep the points', async () => {
    const { page, openTab, at } = await openPage({ server, path: '/challenges' });
    const mine = new Set<number>();
    await withoutOthers(page, mine);
    await page.goto(at('/challenges/echo'));
    await page.getByText('Nothing checked yet').waitFor();
    // What listens at the first look is known; what comes after is new.
    await page.getByText('Type the port of your server.').waitFor({ state: 'hidden' });
    await screenshot(page, 'challenges-empty-1440-dark-en');
    await axe(page);
    let habit: 'once' | 'always' = 'once';
    const port = await listen((socket) => {
      if (habit === 'always') return void socket.pipe(socket);
      socket.once('data', (data) => socket.end(data));
    });
    mine.add(port);
    await page.getByRole('button', { name: `${port} new` }).click();
    await page.unrouteAll({ behavior: 'wait' });
    await page.getByRole('button', { name: 'Check it' }).click();
    await page.getByText('Not yet: 1 of 8 stages passed.').waitFor();
    const failed = page.locator('[data-stage="twice"]');
    await expect.poll(() => failed.textContent()).toContain('Read and answer in a loop');
    await expect.poll(() => failed.textContent()).toContain(`| nc -w 2 127.0.0.1 ${port}`);
    await expect.poll(() => failed.getByRole('table').textContent()).toContain('6f 6e 65 0a');
    await screenshot(page, 'challenges-failed-1440-dark-en');
    await axe(page);
    habit = 'always';
    await page.getByRole('button', { name: 'Check it' }).click();
    await page.getByText('Passed: all 8 stages.').waitFor();
    await page.getByText('90 of 90 points').first().waitFor();
    const later = await openTab('/challenges/echo');
    await later.getByText('90 of 90 points').first().waitFor();
    await later.getByText(/call by call/).click();
    const accept = later.locator('[data-code="server"] pre', { hasText: 'accept' });
    await expect.poll(() => accept.count()).toBe(2);
    expect(new Set(await topsOf(accept)).size).toBe(1);
    await accept.first().scrollIntoViewIfNeeded();
    await screenshot(later, 'challenges-beside-1440-dark-en');
    await axe(later);
  });

  it('wait for the learner’s client, on a phone and in Chinese', async () => {
    const { page } = await openPage({
      server,
      path: '/challenges',
      viewport: PHONE,
      theme: 'light',
      language: 'zh-CN',
    });
    const client = page.getByRole('link', { name: /echo 客户端/ });
    await client.waitFor();
    await screenshot(page, 'challenges-390-light-zh');
    await axe(page);
    await client.click();
    await page.getByRole('button', { name: '开始检查' }).click();
    await page.getByText(/Porthole 正在 127\.0\.0\.1:\d+ 监听/).waitFor();
    await screenshot(page, 'challenges-client-390-light-zh');
    await axe(page);
    await page.getByRole('button', { name: '停止' }).click();
    await page.getByText('已停止：通过 0 / 3 关。').waitFor();
  });

  it('are part of lesson 11, beside the code in several languages', async () => {
    const { page } = await openPage({ server, path: '/lessons/your-own-server' });
    const code = page.locator('[data-code="server"]');
    await code.getByText('run by our tests').first().waitFor();
    expect(await code.getByText('ssize_t got;').count()).toBe(1);
    await code.getByLabel('beside').selectOption('swift');
    await code.getByText('not run here').waitFor();
    await code.scrollIntoViewIfNeeded();
    await screenshot(page, 'lesson-11-code-1440-dark-en');
    const card = page.locator('[data-challenge="your-crowd"]');
    await card.getByLabel('Your server’s port').fill(String(server.demo('echo').port));
    await card.getByRole('button', { name: 'Check it' }).click();
    await card.getByText('Passed: all 6 stages.').waitFor();
    await card.getByText('Done.').waitFor();
    await card.scrollIntoViewIfNeeded();
    await screenshot(page, 'lesson-11-challenge-1440-dark-en');
    await axe(page);
  });
});
