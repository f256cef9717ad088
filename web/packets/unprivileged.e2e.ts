import { chmod, chown, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inRepository } from '../../tools/run/repository.js';
import { putInOrder } from '../lessons/exercises/testing.ts';
import { axe } from '../testing/axe.ts';
import { type BuiltServer, startBuiltServer } from '../testing/built-server.ts';
import { watching } from '../testing/lesson-1.ts';
import { openPage } from '../testing/open-page.ts';
import { screenshot } from '../testing/screenshot.ts';

/** `nobody`, who may not capture. */
const NOBODY = 65_534;

/** Only root can become somebody else. */
describe.runIf(process.platform === 'linux' && process.getuid?.() === 0)('a server whose user may not capture', () => {
  let folder = '';
  let server: BuiltServer;
  beforeAll(async () => {
    // A copy that this user can read, wherever the repository is.
    folder = await mkdtemp(join(tmpdir(), 'porthole-nobody-'));
    await chmod(folder, 0o755);
    await cp(inRepository('dist'), join(folder, 'dist'), { recursive: true });
    await cp(inRepository('package.json'), join(folder, 'package.json'));
    const data = await mkdtemp(join(folder, 'data-'));
    await chown(data, NOBODY, NOBODY);
    server = await startBuiltServer({
      script: join(folder, 'dist', 'server', 'main.js'),
      data,
      cwd: folder,
      uid: NOBODY,
    });
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('says why and what would allow it, and offers captures to look at', async () => {
    const { page } = await openPage({ server, path: '/lessons/handshake' });
    await page.getByRole('tab', { name: 'Packets' }).click();
    await page.getByText(/the system lets only some users capture/).waitFor();
    expect(await page.getByText(/^sudo (setcap cap_net_raw|usermod -aG wireshark)/).count()).toBe(1);
    await screenshot(page, 'packets-not-permitted-1440-dark-en');
    await axe(page);
    expect(await page.getByRole('link', { name: 'Captures to look at' }).getAttribute('href')).toBe('/packets');
  });

  it('lets lessons 4 and 5 be finished all the same', async () => {
    const { page, at } = await openPage({ server, path: '/lessons/handshake' });
    const done = () => page.locator('[data-status="done"]').count();
    await watching(page);
    const run = (command: RegExp) => page.getByRole('button', { name: command }).first().click();
    await run(/^Run in the terminal: nc -zv/);
    await page.getByText(/they can’t be captured here/).waitFor();
    await screenshot(page, 'lesson-4-not-permitted-1440-dark-en');
    await putInOrder(page);
    await expect.poll(done).toBe(2);
    await page.getByText('Its three packets were not captured').waitFor();
    await run(/^Run in the terminal: send/);
    await page.getByLabel('The number that is left out').fill('1');
    await expect.poll(done).toBe(4);
    await run(/^Run in the terminal: nc -zv 127/);
    await page.locator('[data-exercise="refusal"]').getByRole('button', { name: /RST/ }).click();
    await expect.poll(done).toBe(6);
    await page.goto(at('/lessons/closing'));
    await watching(page);
    await run(/^Run in the terminal: send [^-]/);
    await page
      .locator('[data-exercise="first-fin"]')
      .getByRole('button', { name: /client.*FIN/ })
      .click();
    await expect.poll(done).toBe(2);
    await run(/^Run in the terminal: telnet/);
    await expect.poll(done).toBe(3);
    await run(/^Run in the terminal: send -N/);
    await page.getByLabel('The number that is left out').fill('10');
    await expect.poll(done).toBe(5);
  });
});
