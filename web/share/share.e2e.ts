import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { axe, violations } from '../testing/axe.ts';
import { type BuiltServer, startBuiltServer } from '../testing/built-server.ts';
import { DESKTOP, type OpenPageOptions, openPage, PHONE } from '../testing/open-page.ts';
import { screenshot } from '../testing/screenshot.ts';
import { fileName } from './file.ts';
import { makeFragment } from './link.ts';
import { recordingJson } from './recording-json.ts';
import { aRecording } from './testing.ts';

/** One where something happens, and another one: other ports, another data folder. */
let maker: BuiltServer;
let other: BuiltServer;
beforeAll(async () => {
  [maker, other] = await Promise.all([startBuiltServer(), startBuiltServer()]);
});
afterAll(() => Promise.all([maker.stop(), other.stop()]));

/** Sends `text` to the echo demo, reads it back whole, and says goodbye. */
async function talkToEcho(server: BuiltServer, text: string): Promise<void> {
  const { host, port } = server.demo('echo');
  const socket = connect({ host, port });
  onTestFinished(() => void socket.destroy());
  let received = '';
  socket.setEncoding('utf8').on('data', (piece) => {
    received += piece;
    if (received.length === text.length) socket.end();
  });
  socket.write(text);
  await once(socket, 'close');
  expect(received).toBe(text);
}

/** The ladder, row for row, as it is read aloud: times, directions, payloads, states, evidence. */
const rowsOf = (page: Page) => page.locator('[role=option]').allTextContents();

const ladderSays = (page: Page, text: string) =>
  expect.poll(async () => (await rowsOf(page)).join('\n')).toContain(text);

async function openMaker(text: string, options: OpenPageOptions = {}) {
  const opened = await openPage({ server: maker, path: '/playground', ...options });
  await opened.page.getByTestId('wire-status').and(opened.page.locator('[data-status=live]')).waitFor();
  await talkToEcho(maker, text);
  // The ladder of an earlier test's conversation has such an end, too.
  await ladderSays(opened.page, text.slice(0, 5).trim());
  await expect.poll(() => rowsOf(opened.page).then((rows) => rows.at(-1))).toMatch(/both directions are finished/);
  return opened;
}

async function sharedLink(page: Page): Promise<string> {
  await page.getByRole('button', { name: 'Share this conversation, or everything' }).click();
  return page.getByLabel('Link that holds the recording').inputValue();
}

async function saved(page: Page): Promise<{ readonly name: string; readonly path: string }> {
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('dialog').getByRole('button', { name: 'Save as a file' }).click(),
  ]);
  return { name: download.suggestedFilename(), path: await download.path() };
}

const banner = (page: Page) =>
  page.getByRole('heading', { level: 1, name: /Shared recording, made on .* nothing here is live/ });

describe('a conversation shared as a link', () => {
  it('shows the same events on another Porthole, and nothing of it is live', async () => {
    const { page } = await openMaker(`hello ${'long '.repeat(300)}\n`);
    const made = await rowsOf(page);
    const link = new URL(await sharedLink(page));
    const { page: there } = await openPage({ server: other, path: `/shared${link.hash}` });
    await banner(there).waitFor();
    await expect.poll(() => rowsOf(there)).toEqual(made);
    expect(made.join()).toContain('observed');
    const workbench = there.getByRole('region', { name: 'Workbench' });
    expect(await workbench.textContent()).toContain(`:${maker.demo('echo').port}`);
    // What happens on the other one now is its own.
    await talkToEcho(other, 'now\n');
    await there.getByRole('button', { name: 'Filter' }).click();
    expect(await rowsOf(there)).toEqual(made);
    for (const name of [/Run/, /Terminal/, /Pause/, /newest/, /Share/])
      expect(await there.getByRole('button', { name }).count(), String(name)).toBe(0);
    expect(await there.getByRole('tab').allTextContents()).toEqual(['Ladder', 'Bytes']);
    expect(await there.locator('.xterm').count()).toBe(0);
  });

  it('has the octets that the maker’s page had not fetched, each one', async () => {
    const text = `${Array.from({ length: 300 }, (_, index) => `line ${index}`).join('\n')}\n`;
    const { page } = await openMaker(text);
    const link = new URL(await sharedLink(page));
    const { page: there } = await openPage({ server: other, path: `/shared${link.hash}` });
    await there.getByRole('tab', { name: 'Bytes' }).click();
    await there.getByRole('button', { name: 'Copy', exact: true }).click();
    await there.getByRole('menuitem', { name: 'Copy as text' }).click();
    await expect.poll(() => there.evaluate(() => navigator.clipboard.readText())).toBe(text);
  });

  it('is never sent to a server', async () => {
    const { ok, ...link } = { fragment: '', ...(await makeFragment(recordingJson(aRecording()))) };
    expect(ok).toBe(true);
    const { page, context, at } = await openPage({ server: other });
    const asked: string[] = [];
    context.on('request', (request) =>
      asked.push(request.url() + (request.postData() ?? '') + JSON.stringify(request.headers())),
    );
    await page.goto(at(`/shared#${link.fragment}`));
    await banner(page).waitFor();
    expect(asked.join()).not.toContain(link.fragment.slice(3, 40));
  });

  it('is made, copied and opened by keyboard alone', async () => {
    const { page } = await openMaker('keys\n');
    await page.getByRole('button', { name: 'Share this conversation, or everything' }).focus();
    await page.keyboard.press('Enter');
    const field = page.getByLabel('Link that holds the recording');
    await field.waitFor();
    const copy = page.getByRole('button', { name: 'Copy the link' });
    await tabTo(page, () => copy.evaluate((button) => button === document.activeElement));
    await page.keyboard.press('Enter');
    await expect.poll(() => page.evaluate(() => navigator.clipboard.readText())).toBe(await field.inputValue());
    // Escape closes a tooltip that is still there before it closes the dialog.
    await expect.poll(() => page.getByRole('tooltip').count()).toBe(0);
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    const { page: there } = await openPage({ server: other, path: '/shared' });
    const paste = there.getByLabel('Or paste a link');
    await tabTo(there, () => paste.evaluate((input) => input === document.activeElement));
    await there.keyboard.insertText(await page.evaluate(() => navigator.clipboard.readText()));
    await there.keyboard.press('Enter');
    await banner(there).waitFor();
    await ladderSays(there, 'keys');
  });
});

async function tabTo(page: Page, arrived: () => Promise<boolean>): Promise<void> {
  for (let presses = 0; presses < 40; presses += 1) {
    if (await arrived()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('the focus never arrived');
}

describe('everything shared as a file', () => {
  it('is opened by picking it and by dropping it, every conversation in it', async () => {
    const { page } = await openMaker('first\n');
    await talkToEcho(maker, 'second\n');
    await ladderSays(page, 'second');
    await page.getByRole('button', { name: 'Share this conversation, or everything' }).click();
    await page.getByRole('radio', { name: 'Everything held here' }).click();
    await expect.poll(() => page.getByRole('dialog').textContent()).toMatch(/\d conversations, /);
    const file = await saved(page);
    expect(file.name).toMatch(/^journal-.*\.porthole\.json$/);
    const text = await readFile(file.path, 'utf8');
    expect(text).toContain('"text":"first\\n"');
    expect(text).not.toContain('"page"');
    const { page: there } = await openPage({ server: other, path: '/shared' });
    await there.getByLabel('Choose a file').setInputFiles(file.path);
    await banner(there).waitFor();
    await ladderSays(there, 'second');
    await there.getByRole('button', { name: 'Close the recording' }).click();
    await there.getByRole('heading', { name: 'Open a shared recording' }).waitFor();
    await drop(there, file.name, text);
    await banner(there).waitFor();
    await there.locator('[aria-haspopup=dialog]').click();
    // Newest first: the one before the last.
    await there.getByRole('dialog').getByRole('button').nth(1).click();
    await ladderSays(there, 'first');
  });

  it('is what a recording too large for a link is offered as', async () => {
    const { page } = await openMaker(
      `${Array.from({ length: 20_000 }, (_, index) => (index * index) % 9_973).join(' ')}\n`,
    );
    await page.getByRole('button', { name: 'Share this conversation, or everything' }).click();
    await page.getByText(/This recording is too large for a link, which may hold 32.0.KiB/).waitFor();
    expect(await page.getByLabel('Link that holds the recording').count()).toBe(0);
    const { path } = await saved(page);
    const { page: there } = await openPage({ server: other, path: '/shared' });
    await there.getByLabel('Choose a file').setInputFiles(path);
    await banner(there).waitFor();
  });
});

/** Drops a file onto the middle of the page, as from a file manager. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const transfer = await page.evaluateHandle(
    ([fileName, content]) => {
      const data = new DataTransfer();
      data.items.add(new File([content ?? ''], fileName ?? '', { type: 'application/json' }));
      return data;
    },
    [name, text],
  );
  const prevented = await page.evaluate(
    (data) =>
      !document.body.dispatchEvent(new DragEvent('dragover', { dataTransfer: data, bubbles: true, cancelable: true })),
    transfer,
  );
  expect(prevented).toBe(true);
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
}

it('a link that is refused leaves the live journal as it was', async () => {
  const { page } = await openMaker('still here\n');
  const before = await rowsOf(page);
  await page.evaluate(() => {
    window.history.pushState(null, '', '/shared#r1.AAAA');
  });
  await page.getByRole('alert').getByText('A part of this link').waitFor();
  await page.goBack();
  await expect.poll(() => rowsOf(page)).toEqual(before);
});

describe('sharing is accessible', () => {
  it.each([
    ['dark', 'en', DESKTOP, 'Share this conversation, or everything', 'Link that holds the recording'],
    ['light', 'zh-CN', PHONE, '分享这个会话，或全部内容', '包含录制内容的链接'],
  ] as const)('in %s and %s', async (theme, language, viewport, button, label) => {
    const name = `${theme}-${viewport.width}`;
    const opened = await openPage({ server: maker, path: '/playground', theme, language, viewport });
    const { page } = opened;
    await talkToEcho(maker, 'axe\n');
    if (viewport === PHONE) await page.getByRole('button', { name: '工作台和终端' }).click();
    await ladderSays(page, 'axe');
    const opener =
      viewport === PHONE ? page.getByRole('button', { name: '更多' }) : page.getByRole('button', { name: button });
    await opener.click();
    if (viewport === PHONE) await page.getByRole('menuitem', { name: button }).click();
    const field = page.getByLabel(label);
    await field.waitFor();
    // Off the closing button, whose tooltip would lie over the dialog.
    await field.focus();
    await screenshot(page, `share-dialog-${name}`);
    expect(await violations(page)).toEqual([]);
    const link = new URL(await field.inputValue());
    const dialog = page.getByRole('dialog').filter({ has: field });
    await dialog.getByRole('button').first().focus();
    await page.getByRole('tooltip').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    await opener.and(page.locator(':focus')).waitFor();
    const there = await opened.openTab('/shared#r1.AAAA');
    await there
      .getByRole('alert')
      .getByText(/A part of this link|这个链接/)
      .waitFor();
    await screenshot(there, `shared-refused-${name}`);
    await axe(there);
    const view = await opened.openTab(`/shared${link.hash}`);
    await view.getByRole('option').first().waitFor();
    await screenshot(view, `shared-view-${name}`);
    await axe(view);
  });

  it('leads to where a recording is opened, also while there is nothing to share', async () => {
    const { page } = await openPage({ path: '/playground' });
    await page.getByRole('button', { name: 'Share this conversation, or everything' }).click();
    await page.getByText('There is nothing to share yet').waitFor();
    await page.getByRole('link', { name: 'Open a recording that you were given' }).click();
    await page.getByRole('heading', { level: 1, name: 'Open a shared recording' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    await axe(page);
  });

  it('names its file for what is in it', async () => {
    const { page } = await openMaker('name\n');
    await page.getByRole('button', { name: 'Share this conversation, or everything' }).click();
    const { name, path } = await saved(page);
    const { madeWallMs, conversations } = JSON.parse(await readFile(path, 'utf8'));
    expect(name).toBe(fileName(conversations[0].id, madeWallMs));
  });
});
