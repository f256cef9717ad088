import type { Page } from 'playwright-core';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startBuiltServer } from '../testing/built-server.ts';
import { openPage } from '../testing/open-page.ts';
import { client, exchange } from '../testing/tcp-client.ts';

/** The rows of the ladder. */
const options = (page: Page) => page.getByRole('listbox').getByRole('option');

/** Picks the conversation that is shown by picking its first event; answers how the address names it. */
async function pick(page: Page): Promise<{ readonly id: number; readonly run: string }> {
  // Behind another tab nothing is drawn, and a click waits for it.
  await page.bringToFront();
  await options(page).first().click();
  await expect.poll(() => page.url()).toContain('?conversation=');
  const [id, run] = new URL(page.url()).searchParams.get('conversation')?.split('-') ?? [];
  return { id: Number(id), run: run ?? '' };
}

describe('what is forgotten', () => {
  it('is gone from the server and from every page: one conversation, or all, or with the server’s run', async () => {
    const { page, server, openTab, problems, at } = await openPage({ path: '/playground' });
    const lesson = await openTab('/lessons/sockets');
    await lesson.getByTestId('waiting').first().waitFor();
    const secret = await client(server, 'discard');
    secret.write('hunter2');
    await options(page).filter({ hasText: 'hunter2' }).waitFor();
    const { id, run } = await pick(page);
    await exchange(await client(server, 'echo'), 'harmless');
    const other = await openTab(`/playground?conversation=${id}-${run}`);
    await options(other).filter({ hasText: 'hunter2' }).waitFor();

    const forget = async (name: RegExp) => {
      await other.bringToFront();
      await other.getByRole('button', { name: 'Forget this conversation, or everything' }).click();
      await other.getByRole('dialog').getByRole('button', { name }).click();
    };
    await forget(new RegExp(`^Forget conversation ${id}$`));
    for (const each of [other, page]) await options(each).filter({ hasText: 'harmless' }).first().waitFor();
    await page.bringToFront();
    await page.getByRole('button', { name: /^Conversation/ }).click();
    await expect.poll(() => page.getByRole('dialog').getByRole('button').count()).toBe(1);
    await page.keyboard.press('Escape');

    const quoted = lesson.getByTestId('seen').filter({ hasText: 'harmless' });
    await quoted.waitFor();
    await forget(/^Forget everything$/);
    await lesson.getByText('or it was forgotten').first().waitFor();
    expect(await quoted.count()).toBe(0);
    expect(await lesson.evaluate(() => JSON.stringify(localStorage))).not.toContain('harmless');
    await expect.poll(() => options(page).count()).toBe(0);
    secret.write('from now on');
    await options(page).filter({ hasText: 'from now on' }).waitFor();
    expect(await options(page).count()).toBe(1);
    const late = await openTab(`/playground?conversation=${id}0-${run}`);
    await late.getByText(`Conversation ${id}0 is not here`).waitFor();
    await late.getByRole('button', { name: 'Show the newest', exact: true }).click();
    await options(late).filter({ hasText: 'from now on' }).waitFor();

    problems.tolerate(/WebSocket connection to|ERR_CONNECTION_(REFUSED|RESET)/);
    const picked = await pick(late);
    await server.stop();
    const next = await startBuiltServer({ args: ['--port', new URL(server.url).port] });
    onTestFinished(async () => {
      await next.stop();
    });
    await exchange(await client(next, 'echo'), 'another run');
    await options(page).filter({ hasText: 'another run' }).first().waitFor();
    await late.getByText(`Conversation ${picked.id} was in another run of Porthole`).waitFor();
    const now = await pick(page);
    expect(now.run).not.toBe(run);
    await late.goto(at(`/playground?conversation=${now.id}-${run}`));
    await late.getByText(`Conversation ${now.id} was in another run of Porthole`).waitFor();
    const follow = (link: string) =>
      late.evaluate((query) => window.history.pushState(null, '', query), `?conversation=${link}`);
    await follow(`${now.id}`);
    await late.getByText(`This link does not say in which run conversation ${now.id} was`).waitFor();
    expect(await options(late).count()).toBe(0);
    await follow(`${now.id}-${now.run}`);
    await options(late).filter({ hasText: 'another run' }).first().waitFor();
  });
});
