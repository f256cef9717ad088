import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axe } from '../testing/axe.ts';
import { openPage, PHONE } from '../testing/open-page.ts';
import { screenshot } from '../testing/screenshot.ts';
import { client } from '../testing/tcp-client.ts';

const httpTab = (page: Page) => page.getByRole('tab', { name: 'HTTP' });
const cards = (page: Page) => page.getByRole('region', { name: /HTTP messages|HTTP 报文/ }).getByRole('listitem');

describe('the HTTP messages of a conversation', () => {
  it('appear while they are typed, say what they wait for, and what was wrong with them', async () => {
    const { page, server } = await openPage({ path: '/playground' });
    const socket = (await client(server, 'http')).resume();
    await httpTab(page).click();
    socket.write('GET /hello HTTP/1.1\r\nHo');
    await cards(page).filter({ hasText: 'Waiting for more fields' }).waitFor();
    socket.write('st: localhost\r\n\r\n');
    await cards(page).filter({ hasText: 'Response 1' }).filter({ hasText: 'Hello, world.' }).waitFor();
    expect(await cards(page).first().textContent()).toContain('complete');
    socket.write('GET /hello HTTP/1.1\r\n\r\n');
    await cards(page).filter({ hasText: 'Response 2' }).waitFor();
    const refused = await cards(page).filter({ hasText: 'Request 2' }).textContent();
    expect(refused).toContain('There is no Host field.');
    await axe(page);
    await screenshot(page, 'http');
    await cards(page).filter({ hasText: 'Response 1' }).getByRole('button').click();
    await page.getByRole('tab', { name: 'Ladder' }).click();
    expect(await page.getByRole('option', { selected: true }).textContent()).toContain('HTTP/1.1 200 OK');
  });

  it('of the page’s own WebSocket end with its 101', async () => {
    const { page } = await openPage({ path: '/playground', language: 'zh-CN', theme: 'light' });
    await page.getByRole('button', { name: '筛选' }).click();
    await page.getByRole('switch', { name: /Porthole 自己的页面/ }).click();
    await page.getByRole('button', { name: /会话/ }).first().click();
    await page
      .getByRole('button', { name: /不再记录/ })
      .first()
      .click();
    await httpTab(page).click();
    await cards(page).filter({ hasText: '101' }).filter({ hasText: '不再是 HTTP' }).waitFor();
    expect(await cards(page).first().textContent()).toContain('/ws/');
    await page.setViewportSize(PHONE);
    await axe(page);
    await screenshot(page, 'http-page');
  });

  it('are those of a real browser: a page, a form, a file', async () => {
    const { page, context, server } = await openPage({ path: '/playground' });
    const browser = await context.newPage();
    await browser.goto(`http://localhost:${server.demo('http').port}/`);
    await browser.getByRole('link', { name: '/form' }).click();
    await browser
      .getByLabel('File')
      .setInputFiles({ name: 'a.txt', mimeType: 'text/plain', buffer: Buffer.from('hello') });
    await browser.getByRole('button', { name: 'multipart' }).click();
    await browser.getByText('file "file" = "a.txt" ("text/plain"), 5 octets').waitFor();
    await httpTab(page).click();
    const posted = cards(page).filter({ hasText: 'multipart/form-data; boundary=' });
    await posted.filter({ hasText: 'complete' }).waitFor();
    expect(await posted.textContent()).toContain('filename="a.txt"');
    await browser.close();
  });
});
