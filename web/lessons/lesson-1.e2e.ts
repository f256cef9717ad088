import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { axe } from '../testing/axe.ts';
import {
  connected,
  follow,
  isDone,
  openLesson1,
  stepsDone,
  task,
  terminalShows,
  watching,
} from '../testing/lesson-1.ts';
import { DESKTOP_LOOKS, isAccessibleInEveryLook } from '../testing/looks.ts';
import { openPage, PHONE } from '../testing/open-page.ts';

/** More presses of Tab than it takes from the top of the page to the terminal. */
const MAX_TABS = 80;

/** A port of `localhost`, which is either address: systems differ in which comes first. */
const onLoopback = (port: number) => new RegExp(`(127\\.0\\.0\\.1|\\[::1\\]):${port}`);

describe('lesson 1 in the terminal of the page', () => {
  it('is done by keyboard alone', async () => {
    const { page, server } = await openPage();
    const { port } = server.demo('echo');
    await page.getByRole('link', { name: 'Start with lesson 1' }).press('Enter');
    await watching(page);
    await terminalShows(page, 'porthole:~$');

    await tabToTerminal(page);
    await page.keyboard.type(`telnet localhost ${port}`);
    await page.keyboard.press('Enter');
    await isDone(page, 'connect');
    expect(await task(page, 'connect').textContent()).toMatch(onLoopback(port));
    await connected(page);

    await page.keyboard.type('hello');
    await page.keyboard.press('Enter');
    await isDone(page, 'talk');
    expect(await task(page, 'talk').textContent()).toContain('hello\\r\\n');

    // Around the page and back to where the keyboard was in each part of it.
    const typing = page.locator('.xterm-helper-textarea:focus');
    for (const key of ['F6', 'Shift+F6', 'F6', 'F6']) {
      await page.keyboard.press(key);
      await expect.poll(() => typing.count()).toBe(key === 'Shift+F6' ? 1 : 0);
    }
    await page.getByRole('listbox').and(page.locator(':focus')).waitFor();
    await page.keyboard.press('F6');
    await typing.waitFor({ state: 'attached' });

    await page.locator('[data-predict="what-differs"] button').first().press('Enter');
    await page.getByRole('button', { name: 'Open one more terminal' }).press('Enter');
    await terminalShows(page, 'porthole:~$');
    await page.keyboard.type(`telnet localhost ${port}`);
    await page.keyboard.press('Enter');
    await isDone(page, 'second');
    expect(await page.locator('[data-predict="what-differs"]').textContent()).toContain('You saw it coming.');
    await connected(page);

    await page.keyboard.press('Control+BracketRight');
    await page.keyboard.type('quit');
    await page.keyboard.press('Enter');
    await isDone(page, 'hang-up');

    await page.locator('[data-quiz="third"] button').nth(1).press('Enter');
    await page.locator('[data-quiz="third"][data-status="done"]').waitFor();
    await page.getByText('Lesson done').waitFor();
    expect(await page.getByTestId('announcement').textContent()).toBe('Step 4 of 4 done: Close one, keep the other.');
  });

  it('shows in the terminal what is run, and breaks what can be broken', async () => {
    const { page } = await openLesson1();
    await follow(page, 'second');
    await page.keyboard.press('Control+BracketRight');
    await page.keyboard.type('quit');
    await page.keyboard.press('Enter');
    await isDone(page, 'hang-up');
    await task(page, 'nobody-listens').getByRole('button', { name: 'Run in the terminal: telnet localhost 1' }).click();
    await isDone(page, 'nobody-listens');
    expect(await task(page, 'nobody-listens').textContent()).toContain('ECONNREFUSED');
  });
});

/** Presses Tab until the terminal has the keyboard. */
async function tabToTerminal(page: Page): Promise<void> {
  for (let presses = 0; presses < MAX_TABS; presses += 1) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(() => document.activeElement?.classList.contains('xterm-helper-textarea'))) return;
  }
  throw new Error('Tab does not reach the terminal');
}

describe('the page of lesson 1', () => {
  it('turns nothing green by itself, explains its terms, and asks before it gives an answer away', async () => {
    const { page } = await openLesson1();
    await terminalShows(page, 'porthole:~$');
    await page.getByRole('button', { name: 'socket', exact: true }).first().press('Enter');
    await page.getByText('one end of a conversation, an object it gets').waitFor();
    await page.keyboard.press('Escape');

    const card = task(page, 'connect');
    const answer = card.getByText('Type the command above');
    expect(await answer.count()).toBe(0);
    await card.getByRole('button', { name: 'Give me a hint' }).click();
    expect(await answer.count()).toBe(0);
    await card.getByRole('button', { name: 'Show the answer' }).click();
    await answer.waitFor();

    await card.getByText('Waiting for a connection to port').waitFor();
    expect(await stepsDone(page)).toBe(0);
  });

  it('keeps what was done over a reload and for another browser, and home says how far it is', async () => {
    const { page, server, at } = await openLesson1();
    await follow(page, 'talk');
    const kept = async () => (await (await fetch(at('/api/progress'))).json()).lessons.sockets?.steps ?? {};
    await expect.poll(kept).toHaveProperty('talk');
    await page.reload();
    await isDone(page, 'talk');
    expect(await task(page, 'connect').textContent()).toMatch(onLoopback(server.demo('echo').port));
    expect(await stepsDone(page)).toBe(2);

    const { page: other } = await openPage({ server, path: '/lessons/sockets' });
    await isDone(other, 'talk');
    await task(other, 'talk').getByText('another browser saw it').waitFor();

    await other.goto(at('/'));
    const path = other.getByRole('list', { name: 'Lessons' });
    await path.locator('[data-lesson="sockets"]').getByText('2 of 5 done').waitFor();
    expect(await path.locator('> li').count()).toBe(16);
    await path.locator('[data-lesson="tls"]').getByText('Begin').waitFor();
    await path.getByRole('link', { name: /Two programs/ }).click();
    await isDone(other, 'connect');
  });

  it('does a step again when it is undone, and all of it when it is reset', async () => {
    const { page } = await openLesson1();
    await follow(page, 'talk');
    await task(page, 'connect').getByRole('button', { name: 'Do this step again' }).click();
    await page.locator('[data-task="connect"][data-status="active"]').waitFor();
    await page.getByRole('button', { name: 'Reset this lesson' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reset', exact: true }).click();
    await expect.poll(() => stepsDone(page)).toBe(0);
    await page.reload();
    await watching(page);
    expect(await stepsDone(page)).toBe(0);
  });

  it('loses nothing when the language is switched half-way, and is accessible in every look', async () => {
    const { page, server } = await openLesson1();
    await follow(page, 'talk');
    await page.locator('[data-predict="what-differs"] button').nth(1).click();
    await task(page, 'second').getByRole('button', { name: 'Give me a hint' }).click();
    await page.locator('[data-quiz="third"] button').first().click();
    await page.getByRole('button', { name: /切换到中文/ }).click();

    await page.getByRole('heading', { level: 1, name: '两个程序，一个会话' }).waitFor();
    await isDone(page, 'talk');
    expect(await task(page, 'talk').textContent()).toContain('hello\\r\\n');
    await page.getByText('你选了这个').waitFor();
    await task(page, 'second').getByText('提示', { exact: true }).waitFor();
    await page.getByText('这就是第一个会话').waitFor();
    await terminalShows(page, `telnet localhost ${server.demo('echo').port}`);

    await task(page, 'second')
      .getByRole('button', { name: /^在终端里运行/ })
      .click();
    await isDone(page, 'second');
    await page.locator('[data-predict="what-differs"]').getByText('结果不是这样。').waitFor();
    // On a phone the terminal lies over the words.
    await isAccessibleInEveryLook(page, DESKTOP_LOOKS);
  });

  it('says so when stored progress cannot be read, and keeps it', async () => {
    const { page } = await openLesson1();
    // What the server answers is stored once, at the beginning.
    await expect.poll(() => page.evaluate(() => localStorage.getItem('porthole.progress'))).not.toBeNull();
    await page.evaluate(() => localStorage.setItem('porthole.progress', '{"version":1,"lessons":'));
    await page.reload();
    await page.getByText('Your stored progress could not be read').waitFor();
    const kept = await page.evaluate(() => localStorage.getItem('porthole.progress.broken-1'));
    expect(JSON.parse(kept ?? '{}').text).toBe('{"version":1,"lessons":');
  });
});

describe('on a phone', () => {
  it('the words come first, and Run brings the terminal', async () => {
    const { page, server } = await openLesson1({ viewport: PHONE });
    await task(page, 'connect').getByRole('button', { name: /^Run/ }).click();
    await page.getByRole('dialog', { name: 'Terminal and workbench' }).waitFor();
    await terminalShows(page, `telnet localhost ${server.demo('echo').port}`);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await isDone(page, 'connect');
  });
});

it('says honestly that there is no such lesson', async () => {
  const { page } = await openPage({ path: '/lessons/atlantis' });
  await page.getByRole('heading', { name: 'There is no such lesson' }).waitFor();
  await axe(page);
});
