import { connect } from 'node:net';
import type { Page, WebSocketRoute } from 'playwright-core';
import { expect, it, onTestFinished } from 'vitest';
import { openPage, PHONE } from '../testing/open-page.ts';

/** Opens the page with its wire WebSocket in our hands: `cut` breaks it and keeps it broken until `mend`. */
async function openWithCuttableWire() {
  const opened = await openPage();
  const { page, problems, at } = opened;
  problems.tolerate(/WebSocket connection to .*\/ws\/wire|ERR_FAILED/);
  let isCut = false;
  let routes: WebSocketRoute[] = [];
  await page.routeWebSocket(/\/ws\/wire$/, (route) => {
    if (isCut) {
      void route.close();
      return;
    }
    routes.push(route);
    route.connectToServer();
  });
  await page.goto(at('/'));
  const status = page.getByTestId('wire-status');
  const becomes = (wanted: string) => expect.poll(() => status.getAttribute('data-status')).toBe(wanted);
  await becomes('live');
  const cut = async () => {
    isCut = true;
    for (const route of routes) await route.close();
    routes = [];
    await becomes('lost');
  };
  const mend = () => {
    isCut = false;
  };
  return { ...opened, becomes, cut, mend };
}

/** Not before: a try of its own could heal the page, and take the button away, while the pointer is on its way to it. */
async function mendWhenClicked(page: Page, mend: () => void): Promise<void> {
  await page.exposeFunction('mendWire', mend);
  await page.evaluate('document.addEventListener("click", () => void mendWire(), { capture: true, once: true })');
}

it('says that the connection is lost, moves nothing, and heals with "Retry now", the wish for another language, too', async () => {
  const { page, becomes, cut, mend } = await openWithCuttableWire();
  const heading = page.getByRole('heading', { level: 1 });
  const before = await heading.boundingBox();
  await cut();
  await page.getByText('The connection to the Porthole server is lost.').waitFor();
  await page.getByText(/Next try in \d+ s|Trying…/).waitFor();
  expect(await heading.boundingBox()).toEqual(before);
  await page.route(/\/assets\/words-.*-zh-CN/, (route) => route.abort());
  await page.getByRole('button', { name: /Switch to Chinese/ }).click();
  await page.getByText('The Chinese words could not be fetched.').waitFor();
  await page.unroute(/\/assets\/words-.*-zh-CN/);
  await mendWhenClicked(page, mend);
  await page.getByRole('button', { name: 'Retry now' }).click();
  await becomes('live');
  await page.locator('html[lang="zh-CN"]').waitFor();
  await expect
    .poll(() => page.getByText(/The connection to the Porthole server is lost|服务器的连接断开了/).count())
    .toBe(0);
});

it('heals by itself, and what happened meanwhile is there once and in order', async () => {
  const { page, server, becomes, cut, mend } = await openWithCuttableWire();
  const { host, port } = server.demo('discard');
  const socket = connect({ host, port });
  onTestFinished(() => void socket.destroy());
  const feed = page.getByRole('list', { name: 'The newest wire events, newest last' });
  socket.write('before\n');
  await expect.poll(() => feed.textContent()).toContain('before');
  await cut();
  socket.write('meanwhile\n');
  mend();
  await becomes('live');
  await expect.poll(() => feed.textContent()).toContain('meanwhile');
  const text = (await feed.textContent()) ?? '';
  expect(text.match(/before|meanwhile/g)).toEqual(['before', 'meanwhile']);
});

it('asks an old tab on a newer server to reload, over a sheet too, and does not do it by itself', async () => {
  const { page, at } = await openPage({ viewport: PHONE });
  await page.routeWebSocket(/\/ws\/wire$/, (route) => {
    route.onMessage(() => route.send(JSON.stringify({ type: 'reload', version: 9_999 })));
  });
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  await page.goto(at('/playground'));
  await page.getByText('The server has been updated.').waitFor();
  await page.getByRole('button', { name: 'Workbench and terminal' }).click();
  await page.getByRole('dialog', { name: 'Workbench and terminal' }).waitFor();
  expect(loads).toBe(1);
  // A click that something else would get fails.
  await page.getByRole('button', { name: 'Reload', exact: true }).click();
  await expect.poll(() => loads).toBe(2);
});
