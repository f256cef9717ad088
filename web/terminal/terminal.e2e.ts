import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type BuiltServer, startBuiltServer } from '../testing/built-server.ts';
import { openPage } from '../testing/open-page.ts';

const rows = (page: Page) => page.locator('.xterm-rows:visible');
const input = (page: Page) => page.locator('[data-state="active"] .xterm-helper-textarea');
const tabs = (page: Page) => page.getByRole('tablist', { name: 'Terminals' }).getByRole('tab');

/** Waits until the terminal in view shows a text. */
async function shows(page: Page, text: string): Promise<void> {
  await rows(page).filter({ hasText: text }).waitFor();
}

let server: BuiltServer;
beforeAll(async () => {
  server = await startBuiltServer();
});
afterAll(() => server.stop());

async function open() {
  const opened = await openPage({ server, path: '/playground' });
  await shows(opened.page, 'porthole:~$');
  return opened;
}

async function type(page: Page, line: string): Promise<void> {
  await input(page).focus();
  await page.keyboard.type(line);
  await page.keyboard.press('Enter');
}

/** Presses the button while no terminal is laid out, for two frames; answers whether one had the keyboard then. */
async function openHidden(button: HTMLElement): Promise<boolean> {
  const hidden = new CSSStyleSheet();
  hidden.replaceSync('.xterm { display: none }');
  document.adoptedStyleSheets = [hidden];
  button.click();
  for (let frames = 0; frames < 2; frames += 1) await new Promise(requestAnimationFrame);
  const hasKeyboard = document.activeElement?.closest('.xterm') !== null;
  document.adoptedStyleSheets = [];
  return hasKeyboard;
}

describe('the terminal', () => {
  it('is no trap: Shift+Tab leaves it, Tab comes back, and it says so', async () => {
    const { page } = await open();
    await input(page).focus();
    const hint = await input(page).getAttribute('aria-describedby');
    expect(await page.locator(`[id="${hint}"]`).textContent()).toContain('Shift+Tab leaves the terminal');
    await page.keyboard.press('Shift+Tab');
    const inTerminal = () => page.evaluate(() => document.activeElement?.closest('.xterm') !== null);
    expect(await inTerminal()).toBe(false);
    await page.keyboard.press('Tab');
    expect(await inTerminal()).toBe(true);
  });

  it('names the program that runs, and keeps it over a reload with what it had written', async () => {
    const { page } = await open();
    await type(page, `telnet localhost ${server.demo('echo').port}`);
    await shows(page, 'Escape character');
    expect(await tabs(page).first().textContent()).toContain('telnet');
    await page.reload();
    await shows(page, 'Escape character');
    await type(page, 'still here');
    await expect.poll(async () => ((await rows(page).textContent()) ?? '').match(/still here/g)?.length).toBe(2);
    expect(await tabs(page).count()).toBe(1);
  });

  it('opens another terminal for a command while the first is busy', async () => {
    const { page } = await open();
    // Not every machine has it, and another client's commands are for another terminal.
    await page.getByRole('radio', { name: 'telnet' }).click();
    const run = page.getByRole('button', { name: new RegExp(`Run.*${server.demo('echo').port}`) }).first();
    await run.click();
    await shows(page, 'Escape character');
    await run.click();
    await expect.poll(() => tabs(page).count()).toBe(2);
    await shows(page, 'Escape character');
    await expect.poll(() => input(page).evaluate((each) => each === document.activeElement)).toBe(true);
    await page.getByRole('button', { name: 'Close this terminal' }).click();
    await expect.poll(() => tabs(page).count()).toBe(1);
  });

  it('can be typed into from the moment it is opened, and loses nothing', async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Open one more terminal' }).evaluate(async (button: HTMLElement) => {
      button.click();
      // In the same task: before xterm has drawn anything, and before the server has answered.
      for (let turns = 0; turns < 20; turns += 1) await null;
      const typed = { data: 'echo at-once', inputType: 'insertText' };
      document.activeElement?.dispatchEvent(new InputEvent('input', typed));
    });
    await shows(page, 'echo at-once');
    await page.keyboard.press('Enter');
    await expect.poll(async () => ((await rows(page).textContent()) ?? '').match(/at-once/g)?.length).toBe(2);
  });

  it('gets the keyboard also where it is laid out only after it was opened', async () => {
    const { page } = await open();
    const whileHidden = await page.getByRole('button', { name: 'Open one more terminal' }).evaluate(openHidden);
    expect(whileHidden).toBe(false);
    await expect.poll(() => input(page).evaluate((each) => each === document.activeElement)).toBe(true);
  });

  it('offers a new shell when one has ended', async () => {
    const { page } = await open();
    await type(page, 'exit');
    await page.getByText('The shell has ended.').waitFor();
    await page.getByRole('button', { name: 'New shell' }).click();
    await shows(page, 'porthole:~$');
    await page.getByText('The shell has ended.').waitFor({ state: 'detached' });
  });

  it('copies the selected text with its own keys, and leaves Ctrl+C to the program', async () => {
    const { page } = await open();
    await type(page, 'echo copied-text');
    await expect.poll(async () => ((await rows(page).textContent()) ?? '').match(/copied-text/g)?.length).toBe(2);
    // xterm's own layer takes the mouse over the text. In one go: what is drawn anew takes the row off the page.
    const word = await rows(page).evaluate((each) => {
      const words = [...each.querySelectorAll('span')].filter((span) => span.textContent?.trim() === 'copied-text');
      return words.at(-1)?.getBoundingClientRect().toJSON() as { x: number; y: number } | undefined;
    });
    if (!word) throw new Error('The output is not on the screen.');
    await page.mouse.dblclick(word.x + 5, word.y + 5);
    await page.keyboard.press('Control+Shift+C');
    await page.getByText('Copied.').waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('copied-text');
  });

  it('counts the columns of a character as the shell does, and rubs it out without a trace', async () => {
    const { page } = await open();
    await input(page).focus();
    // In one go, and never by a handle: what is drawn anew takes the row with its cursor off the page.
    const cursor = () =>
      rows(page).evaluate((each) => {
        const at = each.querySelector('.xterm-cursor')?.getBoundingClientRect().x ?? Number.NaN;
        return at - each.getBoundingClientRect().x;
      });
    await expect.poll(cursor).toBeGreaterThan(0);
    const empty = await cursor();
    await page.keyboard.insertText('|');
    await expect.poll(cursor).toBeGreaterThan(empty);
    const start = await cursor();
    for (const character of ['é', '你', '한', '😀', '👩‍👩‍👧', '🇨🇳', '👍🏽', '❤️', '1️⃣']) {
      await page.keyboard.insertText(character);
      const columns = character === 'é' ? 1 : 2;
      await expect
        .poll(async () => [character, Math.round((await cursor()) - start)])
        .toEqual([character, Math.round((start - empty) * columns)]);
      await page.keyboard.press('Backspace');
      await expect.poll(async () => [character, Math.round((await cursor()) - start)]).toEqual([character, 0]);
    }
    expect((await rows(page).textContent())?.trimEnd()).toMatch(/\$.\|$/);
  });

  it('follows the theme of the page', async () => {
    const { page } = await open();
    const colour = () =>
      page.locator('.xterm-viewport:visible').evaluate((each) => getComputedStyle(each).backgroundColor);
    const dark = await colour();
    await page.evaluate(() => {
      document.documentElement.dataset.theme = 'light';
    });
    await expect.poll(colour).not.toBe(dark);
  });
});
