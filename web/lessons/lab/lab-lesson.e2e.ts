import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { axe } from '../../testing/axe.ts';
import { type BuiltServer, startBuiltServer } from '../../testing/built-server.ts';
import { watching } from '../../testing/lesson-1.ts';
import { openPage, PHONE } from '../../testing/open-page.ts';
import { screenshot } from '../../testing/screenshot.ts';

let server: BuiltServer;
beforeAll(async () => {
  server = await startBuiltServer();
});
afterAll(() => server.stop());

describe('a lesson in the lab', () => {
  it('is done by what happens in its scenes, by hand too', async () => {
    const { page } = await openPage({ server, path: '/lessons/loss' });
    await watching(page);
    const status = (task: string) => page.locator(`[data-task="${task}"]`).getAttribute('data-status');
    const step = page.locator('[data-task="one-in-the-middle"]');
    await page.getByLabel('Speed').selectOption('100×');
    await step.getByRole('button', { name: 'Play the scene' }).click();
    await expect.poll(() => status('one-in-the-middle')).toBe('done');
    await step.getByText('Sent again at').waitFor();
    await page.locator('[data-task="the-last-one"]').getByRole('button', { name: 'Play the scene' }).click();
    await expect.poll(() => status('the-last-one')).toBe('done');

    const byHand = page.locator('[data-task="by-hand"]');
    await byHand.getByRole('button', { name: 'Set the scene' }).click();
    const ladder = page.getByRole('application');
    const next = page.getByRole('button', { name: 'Step', exact: true });
    const drop = page.getByRole('button', { name: 'Drop', exact: true });
    // In one look: a button that goes away between two would be waited for.
    const canDrop = () => drop.evaluateAll((buttons) => buttons.some((button) => button.matches(':enabled')));
    // A step is done when the run has one event more: until then the newest packet is still the one before.
    const events = () => page.getByRole('slider', { name: 'Jump to a moment' }).inputValue();
    const stepOn = async () => {
      const before = await events();
      await next.click();
      await expect.poll(events).not.toBe(before);
    };
    for (const taken of [1, 2]) {
      // To a SYN in flight, however many events lie before it.
      await expect
        .poll(async () => {
          await stepOn();
          await ladder.press('End');
          return canDrop();
        })
        .toBe(true);
      await ladder.press('x');
      await expect.poll(() => drop.isEnabled({ timeout: 1_000 }), { message: `SYN ${taken} is taken` }).toBe(false);
    }
    await expect
      .poll(async () => {
        await next.click();
        return status('by-hand');
      })
      .toBe('done');
    await screenshot(page, 'lesson-8-1440-dark-en');
    await axe(page);
  });

  it('fits a phone, in Chinese', async () => {
    const { page } = await openPage({
      server,
      path: '/lessons/tcp-versus-udp',
      viewport: PHONE,
      language: 'zh-CN',
      theme: 'light',
    });
    await page.getByRole('button', { name: '播放场景' }).click();
    const lab = page.getByTestId('lesson-lab');
    await lab.getByText(/udp 1, after \d+ ms/).waitFor();
    await screenshot(page, 'lesson-7-390-light-zh');
  });
});
