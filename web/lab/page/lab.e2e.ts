import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe } from '../../testing/axe.ts';
import { type BuiltServer, startBuiltServer } from '../../testing/built-server.ts';
import { openPage, PHONE } from '../../testing/open-page.ts';
import { screenshot } from '../../testing/screenshot.ts';

let server: BuiltServer;
beforeAll(async () => {
  server = await startBuiltServer();
});
afterAll(() => server.stop());

const ladder = (page: Page) => page.getByRole('application');

/** Everything that the table says, once something in it matches. */
async function table(page: Page, pattern: RegExp): Promise<string> {
  await page.getByRole('tab', { name: 'Table' }).click();
  const rows = page.getByRole('region', { name: 'Everything that happened, in order' });
  await expect.poll(() => rows.textContent()).toMatch(pattern);
  return (await rows.textContent()) ?? '';
}

/** Steps by keyboard until the newest packet was sent for that reason. */
async function stepUntil(page: Page, reason: string): Promise<void> {
  const events = () => page.getByRole('slider', { name: 'Jump to a moment' }).inputValue();
  const found = async () => {
    const before = await events();
    await page.keyboard.press('ArrowRight');
    // A step is done when the run has one event more, for which a program may be waited for: two at once may go too far.
    await expect.poll(events).not.toBe(before);
    await page.keyboard.press('End');
    return (await page.getByText(reason).count()) > 0;
  };
  await expect.poll(found).toBe(true);
}

/** Plays the run to its end, as fast as it goes. */
async function playToEnd(page: Page): Promise<void> {
  await page.getByLabel('Speed').selectOption('100×');
  await page.getByRole('button', { name: 'Play' }).click();
  await expect.poll(() => page.getByRole('button', { name: 'Play' }).isDisabled(), { timeout: 20_000 }).toBe(true);
}

/** Puts a program in the place of alice's. */
async function write(page: Page, text: string): Promise<void> {
  await page.getByRole('tab', { name: 'Programs' }).click();
  const editor = page.getByRole('textbox', { name: 'Program of alice' });
  await editor.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(text);
}

/** Where the numbers of alice's lines stand, and her lines: the same, or an error would be told at another line. */
const linesBeside = (page: Page) =>
  page.evaluate(() => {
    const editor = document.querySelector('.cm-editor');
    const tops = (selector: string) =>
      [...(editor?.querySelectorAll(selector) ?? [])].map((line) => Math.round(line.getBoundingClientRect().top));
    // The first of the numbers is not shown: it keeps their width.
    return { numbers: tops('.cm-lineNumbers .cm-gutterElement').slice(1), lines: tops('.cm-line') };
  });

/** Runs alice's program and gives what it prints, once that matches. */
async function run(page: Page, pattern: RegExp): Promise<string> {
  await page.getByRole('region', { name: 'Programs of alice' }).getByRole('button', { name: 'Run' }).click();
  const output = page.getByRole('region', { name: 'What programs of alice print' });
  await expect.poll(() => output.textContent()).toMatch(pattern);
  return (await output.textContent()) ?? '';
}

describe('the lab', () => {
  it('loses a segment, says why it is sent again, and shares the run packet by packet', async () => {
    const { page, openTab } = await openPage({ server, path: '/lab' });
    await ladder(page).focus();
    await stepUntil(page, '3rd duplicate ACK → fast retransmit');
    await screenshot(page, 'lab-1440-dark-en');
    await axe(page);
    await ladder(page).focus();
    await page.keyboard.press('x');
    await page.getByText('taken by you').first().waitFor();
    await page.getByRole('button', { name: 'Take the last change by hand back' }).click();
    await page.getByRole('button', { name: 'Link' }).click();
    const url = await page.getByLabel('The link', { exact: true }).inputValue();
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    const tab = await openTab(url);
    await tab.getByText('Its programs are somebody else’s').waitFor();
    await playToEnd(page);
    await playToEnd(tab);
    const said = await table(page, /CLOSED/);
    expect(said).toContain('1461:2921');
    expect(await table(tab, /CLOSED/)).toBe(said);
  });

  it('stops programs that loop, reach out or ask for too much, says so at the line, and comes back as it was left', async () => {
    const { page } = await openPage({ server, path: '/lab', tolerate: [/program-worker/, /Content Security Policy/] });
    await page.getByRole('tab', { name: 'Programs' }).click();
    await expect.poll(() => linesBeside(page).then(({ lines }) => lines.length)).toBeGreaterThan(3);
    await expect.poll(() => linesBeside(page).then(({ numbers, lines }) => `${numbers}` === `${lines}`)).toBe(true);
    await write(page, "console.log('before');\nfor (;;) ;\n");
    expect(await run(page, /stopped:.*2 seconds/)).toContain('endless loop');
    await write(page, REACHING_OUT);
    const tried = await run(page, /done/);
    expect(tried).not.toContain('reached');
    expect(tried.match(/refused/g)).toHaveLength(5);
    await write(page, "import net from 'node:net';\n\nnull.x;\n");
    expect(await run(page, /stopped:/)).toMatch(/line 3 TypeError/);
    await page.locator('.cm-lintRange-error').first().waitFor();
    await screenshot(page, 'lab-program-1440-dark-en');
    await axe(page);
    await write(page, 'net.connect(7009).write(Buffer.alloc(4 * 1024 ** 3));\n');
    await run(page, /stopped:/);
    await page.getByRole('button', { name: 'Step', exact: true }).waitFor();
    await page.reload();
    await page.getByRole('tab', { name: 'Programs' }).click();
    await expect
      .poll(() => page.getByRole('textbox', { name: 'Program of alice' }).textContent())
      .toContain('4 * 1024 ** 3');
  });

  it('refuses a damaged link with a reason, and judges a prediction, on a phone and in Chinese, too', async () => {
    const { page } = await openPage({
      server,
      path: '/lab#l1.AAAAAAAA',
      viewport: PHONE,
      theme: 'light',
      language: 'zh-CN',
    });
    await page.getByRole('alert').getByText('链接已损坏').waitFor();
    await page.getByRole('button', { name: '关闭这条提示' }).click();
    await page.getByRole('button', { name: '预测' }).click();
    await page.getByLabel('SYN', { exact: true }).check();
    await page.getByRole('button', { name: '看看会怎样' }).click();
    await page.getByText('1 次中对了 1 次').waitFor();
    await screenshot(page, 'lab-390-light-zh');
    await axe(page);
  });
});

/** Tries every way out of the worker that a program knows, also behind the back of what was taken away. */
const REACHING_OUT = `
const ways = [
  () => fetch('/api/health'),
  () => new WebSocket('ws://localhost/'),
  () => importScripts('/assets/x.js'),
  () => import('/assets/x.js'),
  () => new (Object.getPrototypeOf(async function () {}).constructor)('return import("data:text/javascript,1")')(),
];
for (const way of ways) {
  try {
    await way();
    console.log('reached');
  } catch (error) {
    console.log('refused', error.message);
  }
}
console.log('done');
`;
