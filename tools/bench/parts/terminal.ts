import type { Page } from 'playwright-core';
import { findChromium } from '../../clients/chromium.js';
import { inChromium } from '../in-chromium.ts';
import { alone, type Part, type Row } from '../part.ts';
import { median } from '../rounds.ts';

const KEYSTROKES = 60;
/** Keystrokes that are not counted: code is compiled and caches are filled by them. */
const WARM_UP_KEYSTROKES = 10;
/** Shortest pause between two keys; the pauses grow unevenly, so that keys do not keep step with the screen's frames. */
const PAUSE_MS = 60;
const UNEVEN_MS = 7;
const MAX_MEDIAN_MS = 15;
const ECHO_TIMEOUT_MS = 5_000;

/** From the key to the letter on the screen of the terminal, by way of the server's shell. */
export const terminalPart: Part = {
  name: 'terminal',
  title: 'Keystroke to echo in the terminal, in Chromium',
  run: async (note) => {
    if ((await findChromium()) === null) {
      note('No Chromium here: `node tools/clients.js --install` finds or installs one.');
      return [row(null)];
    }
    return inChromium('/playground', async (page) => {
      const times = (await typeAndWatch(page)).slice(WARM_UP_KEYSTROKES);
      const sorted = [...times].sort((a, b) => a - b);
      const slow = sorted[Math.floor(sorted.length * 0.95)] ?? Number.NaN;
      note(
        `${times.length} keystrokes; 95 of 100 within ${slow.toFixed(1)} ms. A frame of the screen alone takes 16.7 ms.`,
      );
      return [row(median(times))];
    });
  },
};

function row(medianMs: number | null): Row {
  const ours = medianMs === null ? '—' : `${medianMs.toFixed(1)} ms`;
  return alone('median', ours, `< ${MAX_MEDIAN_MS} ms`, medianMs === null ? null : medianMs < MAX_MEDIAN_MS);
}

/** Types one letter after the other; gives the milliseconds from each key event to its letter in xterm's rows. */
async function typeAndWatch(page: Page): Promise<number[]> {
  const keyboard = page.locator('.xterm-helper-textarea');
  await keyboard.waitFor({ state: 'attached' });
  await page.waitForFunction(() => /\S/.test(document.querySelector('.xterm-rows')?.textContent ?? ''));
  await keyboard.focus();
  await watchRows(page);
  for (let typed = 1; typed <= KEYSTROKES; typed += 1) {
    await page.keyboard.press('x');
    await page.waitForFunction((count) => Reflect.get(window, 'echoTimes').length >= count, typed, {
      timeout: ECHO_TIMEOUT_MS,
    });
    await page.waitForTimeout(PAUSE_MS + (typed % 11) * UNEVEN_MS);
  }
  return page.evaluate(() => Reflect.get(window, 'echoTimes'));
}

/** Notes in the page when a key came and when its letter stood in the rows. */
function watchRows(page: Page): Promise<void> {
  return page.evaluate(() => {
    const echoTimes: number[] = [];
    Reflect.set(window, 'echoTimes', echoTimes);
    const rows = document.querySelector('.xterm-rows');
    if (!rows) throw new Error('the terminal has no rows');
    let keyMs = 0;
    document.addEventListener(
      'keydown',
      (event) => {
        keyMs = event.timeStamp;
      },
      true,
    );
    new MutationObserver(() => {
      const shown = rows.textContent?.match(/x+/g)?.at(-1)?.length ?? 0;
      if (shown === echoTimes.length + 1) echoTimes.push(performance.now() - keyMs);
    }).observe(rows, { childList: true, subtree: true, characterData: true });
  });
}
