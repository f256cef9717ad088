import { connect } from 'node:net';
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

describe('the playground', () => {
  it('runs a demo’s command in the terminal of the page, and the workbench shows what happened', async () => {
    const { page } = await openPage({ server, path: '/playground' });
    const { port } = server.demo('echo');
    await page.getByRole('radio', { name: 'telnet' }).click();
    await page.getByRole('button', { name: `Run telnet localhost ${port} in the terminal of this page` }).click();
    await expect.poll(() => page.locator('.xterm-rows').textContent()).toContain('Connected to localhost');
    await page.keyboard.type('from the playground');
    await page.keyboard.press('Enter');
    const workbench = page.getByRole('region', { name: 'Workbench' });
    await expect.poll(() => workbench.textContent()).toContain('from the playground');
    await screenshot(page, 'playground-running-1440-dark-en');
    await axe(page);
  });

  it('keeps showing the conversation that its address names, whatever opens later', async () => {
    const { page } = await openPage({ server });
    talk('first-word');
    await page
      .getByRole('link', { name: /first-word/ })
      .first()
      .click();
    const workbench = page.getByRole('region', { name: 'Workbench' });
    await expect.poll(() => workbench.textContent()).toContain('first-word');
    const address = page.url();
    expect(address).toMatch(/\/playground\?conversation=\d+-[0-9a-f]{10}$/);
    await page.goto(address);
    await expect.poll(() => workbench.textContent()).toContain('first-word');
    talk('second-word');
    await expect.poll(() => page.getByTestId('wire-status').getAttribute('data-status')).toBe('live');
    expect(page.url()).toBe(address);
    expect(await workbench.textContent()).toContain('first-word');
  });

  it('remembers the sizes of its panels', async () => {
    const { page } = await openPage({ server, path: '/playground' });
    const handle = page.getByRole('separator', { name: 'Resize the list of demos' });
    const panel = page.locator('#playground-side');
    const before = (await panel.boundingBox())?.width ?? 0;
    await handle.focus();
    for (let press = 0; press < 3; press += 1) await page.keyboard.press('ArrowRight');
    await expect.poll(async () => (await panel.boundingBox())?.width ?? 0).toBeGreaterThan(before);
    const after = (await panel.boundingBox())?.width ?? 0;
    await page.reload();
    await expect.poll(async () => Math.round((await panel.boundingBox())?.width ?? 0)).toBe(Math.round(after));
  });

  it('opens the workbench as a sheet on a phone, and the page behind waits', async () => {
    const { page } = await openPage({ server, path: '/playground', viewport: PHONE });
    const open = page.getByRole('button', { name: 'Workbench and terminal' });
    await open.click();
    const sheet = page.getByRole('dialog', { name: 'Workbench and terminal' });
    await sheet.getByRole('region', { name: 'Workbench' }).waitFor();
    expect(await page.locator('main').getAttribute('inert')).toBe('');
    await axe(page);
    await screenshot(page, 'playground-sheet-390-dark-en');
    await sheet.getByRole('tab', { name: 'Sockets' }).click();
    await sheet.getByRole('tab', { name: 'Terminal', exact: true }).click();
    await sheet.getByRole('region', { name: 'Terminals' }).waitFor();
    await sheet.getByRole('tab', { name: 'Workbench', exact: true }).click();
    await sheet.getByRole('tab', { name: 'Sockets', selected: true }).waitFor();
    await sheet.getByRole('button', { name: 'Close', exact: true }).click();
    await sheet.waitFor({ state: 'hidden' });
    await expect.poll(() => open.evaluate((button) => button === document.activeElement)).toBe(true);
  });
});

/** Says one line to echo from outside of the page, and keeps the connection until the test is over. */
function talk(word: string): void {
  const { host, port } = server.demo('echo');
  const socket = connect({ host, port });
  onTestFinished(() => void socket.destroy());
  socket.write(`${word}\n`);
}
