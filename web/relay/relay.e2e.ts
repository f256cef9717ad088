import { connect } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Page } from 'playwright-core';
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

/** Starts a relay to the echo demo by the form, and gives its card and the port that it got. */
async function startRelay(page: Page) {
  await page.getByLabel('Server port').fill(String(server.demo('echo').port));
  await page.getByRole('button', { name: 'Start relay' }).click();
  const card = page.getByRole('article').first();
  await card.waitFor();
  const port = Number(/:(\d+)/.exec((await card.getByRole('heading').textContent()) ?? '')?.[1]);
  onTestFinished(async () => {
    for (const stop of await page.getByRole('button', { name: /^Stop the relay/ }).all()) await stop.click();
    await expect.poll(() => page.getByRole('article').count()).toBe(0);
  });
  return { card, port };
}

describe('the relay page', () => {
  it('shows what goes through a relay, and cuts it when a fault is switched on', async () => {
    const { page } = await openPage({ server, path: '/relay' });
    const { card, port } = await startRelay(page);
    const person = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    const answered = text(person);
    person.write('through the porthole\n');
    const workbench = page.getByRole('region', { name: 'Workbench' });
    await expect.poll(() => workbench.textContent()).toContain('through the porthole');
    await expect.poll(() => card.textContent()).toContain('1 conversation, 1 now');
    const back = card.getByRole('group', { name: 'Server → client' });
    await back.getByLabel('Latency').fill('20');
    await screenshot(page, 'relay-1440-dark-en');
    await axe(page);
    await back.getByLabel('Cut').selectOption('half-close');
    expect(await answered).toBe('through the porthole\n');
    person.destroy();
    await card.getByRole('button', { name: /Switch all faults/ }).click();
    await expect.poll(() => back.getByLabel('Latency').inputValue()).toBe('0');
  });

  it('keeps a refusal below the form until something is changed', async () => {
    const { page } = await openPage({ server, path: '/relay', viewport: PHONE, theme: 'light', tolerate: [/403/] });
    await page.getByLabel('Server', { exact: true }).fill('192.0.2.1');
    await page.getByLabel('Server port').fill('80');
    await page.getByRole('button', { name: 'Start relay' }).click();
    await page.getByRole('alert').getByText('--allow 192.0.2.1:80').waitFor();
    await screenshot(page, 'relay-refused-390-light-en');
    await axe(page);
    await page.getByLabel('Server', { exact: true }).fill('localhost');
    await expect.poll(() => page.getByRole('alert').count()).toBe(0);
  });
});
