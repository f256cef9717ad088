import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe } from '../../testing/axe.ts';
import { type BuiltServer, startBuiltServer } from '../../testing/built-server.ts';
import { openPage, PHONE } from '../../testing/open-page.ts';
import { screenshot } from '../../testing/screenshot.ts';
import { putInOrder } from './testing.ts';

let server: BuiltServer;
beforeAll(async () => {
  server = await startBuiltServer();
});
afterAll(() => server.stop());

describe('the exercises on captures', () => {
  it('are done without a capture of one’s own: a number, an order, a packet', async () => {
    const { page } = await openPage({ server, path: '/lessons/handshake' });
    const number = page.locator('[data-exercise="phantom"]');
    const blank = number.getByLabel('The number that is left out');
    await blank.fill('0');
    await number.getByText('0 is off by one').waitFor();
    expect(await number.getAttribute('data-status')).toBe('open');
    await blank.fill('1');
    await expect.poll(() => number.getAttribute('data-status')).toBe('done');
    await number.getByText('The SYN carried no octet').waitFor();

    const order = page.locator('[data-exercise="in-order"]');
    await putInOrder(page);
    await expect.poll(() => order.getAttribute('data-status')).toBe('done');
    const inOrder = await order.getByRole('listitem').allTextContents();

    const find = page.locator('[data-exercise="refusal"]');
    await find.getByRole('button', { name: /SYN/ }).click();
    await find.getByText('Not this one. It is client: SYN').waitFor();
    await find.getByRole('button', { name: /RST/ }).click();
    await expect.poll(() => find.getAttribute('data-status')).toBe('done');
    await find.scrollIntoViewIfNeeded();
    await screenshot(page, 'exercises-1440-dark-en');
    await axe(page);
    await page.reload();
    await expect.poll(() => page.locator('[data-exercise][data-status="done"]').count()).toBe(3);
    // What is right stands there again.
    await expect.poll(() => blank.inputValue()).toBe('1');
    expect(await order.getByRole('listitem').allTextContents()).toEqual(inOrder);
    expect(await find.locator('[aria-pressed="true"]').textContent()).toContain('RST');
  });

  it('fit a phone, in Chinese', async () => {
    const { page } = await openPage({
      server,
      path: '/lessons/closing',
      viewport: PHONE,
      theme: 'light',
      language: 'zh-CN',
    });
    const find = page.locator('[data-exercise="first-fin"]');
    await find.getByRole('button', { name: /FIN/ }).first().scrollIntoViewIfNeeded();
    await screenshot(page, 'exercises-390-light-zh');
    await axe(page);
  });
});
