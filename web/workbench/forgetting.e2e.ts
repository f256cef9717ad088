import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { openPage } from '../testing/open-page.ts';
import { client, exchange } from '../testing/tcp-client.ts';

/** The rows of the ladder. */
const options = (page: Page) => page.getByRole('listbox').getByRole('option');

describe('forgetting', () => {
  it('takes one conversation, or all, from the server and from every page', async () => {
    const { page, server, openTab } = await openPage({ path: '/playground' });
    const lesson = await openTab('/lessons/sockets');
    await lesson.getByTestId('waiting').first().waitFor();
    const secret = await client(server, 'discard');
    secret.write('hunter2');
    await options(page).filter({ hasText: 'hunter2' }).waitFor();
    const picker = page.getByRole('button', { name: /^Conversation/ });
    const id = /#(\d+?)127\.0\.0\.1/.exec((await picker.textContent()) ?? '')?.[1];
    await exchange(await client(server, 'echo'), 'harmless');
    await options(page).filter({ hasText: 'harmless' }).first().waitFor();
    const other = await openTab(`/playground?conversation=${id}`);
    await options(other).filter({ hasText: 'hunter2' }).waitFor();

    const forget = async (name: RegExp) => {
      await other.getByRole('button', { name: 'Forget this conversation, or everything' }).click();
      await other.getByRole('dialog').getByRole('button', { name }).click();
    };
    await forget(new RegExp(`^Forget conversation ${id}$`));
    await options(other).filter({ hasText: 'harmless' }).first().waitFor();
    await picker.click();
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
    const late = await openTab(`/playground?conversation=${id}0`);
    await late.getByText(`Conversation ${id}0 is not here`).waitFor();
    await late.getByRole('button', { name: 'Show the newest', exact: true }).click();
    await options(late).filter({ hasText: 'from now on' }).waitFor();
  });
});
