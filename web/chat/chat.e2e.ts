import type { BrowserContext, Locator, Page } from 'playwright-core';
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

/** A picture of one red pixel. */
const PIXEL = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

/** The column of a user, connected. */
async function seat(page: Page, user: string, protocol = 'JSON'): Promise<Locator> {
  const panel = page.getByRole('region', { name: `${user}, ${protocol}`, exact: true });
  await panel.getByRole('button', { name: 'Connect', exact: true }).click();
  await panel.getByText('Connected', { exact: true }).waitFor();
  return panel;
}

/** Camera and microphone are given for the length of the test. */
async function allowMedia(context: BrowserContext): Promise<void> {
  await context.grantPermissions(['camera', 'microphone']);
  onTestFinished(async () => {
    await context.clearPermissions();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  });
}

async function say(panel: Locator, text: string): Promise<void> {
  const input = panel.getByRole('textbox');
  await input.fill(text);
  await input.press('Enter');
}

/** Waits until pictures come in: the other camera's, in a call. */
async function expectMoving(video: Locator): Promise<void> {
  await expect
    .poll(() => video.evaluate((element: HTMLVideoElement) => element.videoWidth > 0 && element.currentTime > 0))
    .toBe(true);
}

describe('two tabs', () => {
  it('chat, send a picture and a voice note, and hold a video call', async () => {
    const { page, context, openTab } = await openPage({ server, path: '/chat?users=alice:json' });
    await allowMedia(context);
    const other = await openTab('/chat?users=bob:xmpp');
    const alice = await seat(page, 'alice');
    const bob = await seat(other, 'bob', 'XMPP');

    await alice.getByRole('button', { name: 'bob' }).click();
    await say(alice, 'hello, bob');
    await bob.getByRole('button', { name: 'alice · unread' }).click();
    await bob.getByRole('log').getByText('hello, bob').waitFor();
    await alice.getByTitle('delivered', { exact: true }).waitFor();

    const file = { name: 'pixel.png', mimeType: 'image/png', buffer: PIXEL };
    await alice.locator('input[type=file]').setInputFiles(file);
    const picture = bob.getByRole('img', { name: 'pixel.png' });
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);

    await bob.getByRole('button', { name: 'Record a voice note' }).click();
    await bob.getByRole('button', { name: 'Stop and send the voice note' }).click();
    await expect
      .poll(() => alice.locator('audio').evaluate((audio: HTMLAudioElement) => audio.readyState))
      .toBeGreaterThan(0);

    await alice.getByRole('button', { name: 'Video call with bob' }).click();
    await bob.getByRole('button', { name: 'Take the call' }).click();
    await alice.getByText('Talking with bob').waitFor();
    await expectMoving(alice.getByLabel('Camera of bob'));
    await expectMoving(bob.getByLabel('Camera of alice'));
    const wire = (panel: Locator) => panel.getByRole('list', { name: 'On the wire' });
    await expect.poll(() => wire(bob).textContent()).toContain("step='offer'");
    await expect.poll(() => wire(alice).textContent()).toContain('"step":"answer"');
    await screenshot(other, 'chat-call-1440-dark-en');
    await bob.getByRole('button', { name: 'Hang up' }).click();
    await alice.getByText('The call has ended.').waitFor();
  });
});

describe('two columns', () => {
  it('show the same message as JSON, as a line and as XML', async () => {
    const { page } = await openPage({ server, path: '/chat?users=alice:json,carol:lines,bob:xmpp' });
    const alice = await seat(page, 'alice');
    const carol = await seat(page, 'carol', 'Lines');
    const bob = await seat(page, 'bob', 'XMPP');
    await say(bob, 'one room, three protocols');
    for (const other of [alice, carol]) {
      await other.getByRole('log').getByText('one room, three protocols').waitFor();
    }
    await say(alice, 'three <angles>');
    for (const other of [bob, carol]) await other.getByRole('log').getByText('three <angles>').waitFor();
    const formats = page.getByRole('region', { name: 'The same message, by protocol' });
    await expect.poll(() => formats.textContent()).toContain('"body":"three <angles>"');
    await expect.poll(() => formats.textContent()).toContain('<alice> three <angles>\\r\\n');
    await expect.poll(() => formats.textContent()).toContain('<body>three &lt;angles&gt;</body>');
    await carol.getByRole('link', { name: 'See its bytes in the workbench' }).waitFor();
    await screenshot(page, 'chat-1440-dark-en');
    await axe(page);
  });

  it('say why camera and microphone are withheld', async () => {
    const { page, openTab, at } = await openPage({ server, path: '/chat?users=alice:json,bob:json' });
    const alice = await seat(page, 'alice');
    await seat(page, 'bob');
    await alice.getByRole('button', { name: 'bob' }).click();
    await alice.getByRole('button', { name: 'Video call with bob' }).click();
    await alice.getByRole('alert').getByText('was refused. Allow it').waitFor();
    const insecure = await openTab('about:blank');
    await insecure.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { value: false }));
    await insecure.goto(at('/chat?users=carol:json'));
    const carol = await seat(insecure, 'carol');
    await carol.getByRole('button', { name: 'Record a voice note' }).click();
    await carol.getByRole('alert').getByText('only to pages over HTTPS or from localhost').waitFor();
  });

  it('stand one above the other on a phone, in Chinese', async () => {
    const { page } = await openPage({ server, path: '/chat', viewport: PHONE, theme: 'light', language: 'zh-CN' });
    await page.getByRole('button', { name: '连接', exact: true }).first().click();
    await page.getByText('已连接', { exact: true }).waitFor();
    await page.getByRole('textbox').first().fill('你好');
    await page.getByRole('textbox').first().press('Enter');
    await page.getByRole('log').first().getByText('你好').waitFor();
    const width = await page.evaluate(() => document.documentElement.scrollWidth);
    expect(width).toBeLessThanOrEqual(PHONE.width);
    await screenshot(page, 'chat-390-light-zh');
    await axe(page);
  });
});
