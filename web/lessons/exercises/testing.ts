import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/** What the packets of the exercise `in-order` say, in their order. */
const LINES = ['SYN  ', 'SYN, ACK', 'ACK  seq=1  ack=1', 'client → PSH', 'server ← PSH'];

/** Puts the handshake of lesson 4 in order by keyboard, as a learner would: bubble sort. The focus goes along with the button. */
export async function putInOrder(page: Page): Promise<void> {
  const order = page.locator('[data-exercise="in-order"]');
  const rows = order.getByRole('listitem');
  await rows.first().waitFor();
  for (let round = 0; round < 10 && (await order.getAttribute('data-status')) !== 'done'; round += 1) {
    const texts = (await rows.allTextContents()).map((text) => text.replace(/\u00a0/g, ' '));
    const ranks = texts.map((text) => LINES.findIndex((each) => text.includes(each)));
    const at = ranks.findIndex((each, index) => each > (ranks[index + 1] ?? Number.POSITIVE_INFINITY));
    if (at < 0) return;
    await rows
      .nth(at)
      .getByRole('button', { name: /^Move down/ })
      .press('Enter');
    expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toMatch(/^Move down/);
  }
}
