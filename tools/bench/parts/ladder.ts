import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { findChromium } from '../../clients/chromium.js';
import { inChromium } from '../in-chromium.ts';
import { alone, type Part, type Row } from '../part.ts';

const MEASURE_MS = 4_000;
const MIN_PACKETS = 2_000;
const MIN_FRAMES_PER_SECOND = 50;
/** The long sender's two million octets are through by then, played at ten times the speed of time. */
const MAX_PLAY_MS = 60_000;

/** The lab's ladder: while a run plays, and while 2,000 packets and more are in view at once. */
export const ladderPart: Part = {
  name: 'ladder',
  title: 'Frames of the lab’s ladder',
  run: async (note) => {
    if ((await findChromium()) === null) {
      note('No Chromium here: nothing is measured.');
      return [];
    }
    return inChromium('/lab', async (page) => {
      await page.evaluate(COUNT);
      await page.getByLabel('Experiment').selectOption('slow-start');
      await page.getByLabel('Speed').selectOption('1/3');
      await page.getByRole('button', { name: 'Play' }).click();
      const playing = await framesWhile(page, () => pause(MEASURE_MS));
      await page.getByLabel('Speed').selectOption('10×');
      await page.getByRole('button', { name: 'Pause' }).waitFor({ state: 'detached', timeout: MAX_PLAY_MS });
      await page.getByRole('radio', { name: 'to scale' }).click();
      for (let zoom = 0; zoom < 4; zoom += 1) await page.getByRole('button', { name: 'Press time together' }).click();
      const packets = await packetsSent(page);
      const scrolling = await framesWhile(page, () => scroll(page));
      note(`${packets} packets, most of them in view at once while scrolling.`);
      return [frames('while a run plays', playing), enough(packets), frames('while scrolling', scrolling)];
    });
  },
};

function frames(what: string, perSecond: number): Row {
  const target = `≥ ${MIN_FRAMES_PER_SECOND} of 60`;
  return alone(`frames a second ${what}`, perSecond.toFixed(1), target, perSecond >= MIN_FRAMES_PER_SECOND);
}

function enough(packets: number): Row {
  return alone('packets on the diagram', String(packets), `≥ ${MIN_PACKETS}`, packets >= MIN_PACKETS);
}

/** As text: what runs in the page must not be touched by whatever runs us. */
const COUNT = `
  globalThis.framesSeen = 0;
  (function count() {
    framesSeen += 1;
    requestAnimationFrame(count);
  })();
`;

async function framesWhile(page: Page, work: () => Promise<unknown>): Promise<number> {
  const before = await page.evaluate<number>('framesSeen');
  const startMs = performance.now();
  await work();
  const after = await page.evaluate<number>('framesSeen');
  return ((after - before) * 1_000) / (performance.now() - startMs);
}

async function scroll(page: Page): Promise<void> {
  await page.getByRole('application').hover();
  const endMs = performance.now() + MEASURE_MS;
  for (let turn = 0; performance.now() < endMs; turn += 1) {
    await page.mouse.wheel(0, turn % 60 < 30 ? -300 : 300);
    await pause(16);
  }
}

/** The last packet is chosen; its header names its number. */
async function packetsSent(page: Page): Promise<number> {
  await page.getByRole('application').press('End');
  await page.getByRole('tab', { name: 'Packet', exact: true }).click();
  const label = await page.getByRole('region', { name: /^Header of packet/ }).getAttribute('aria-label');
  return Number(/\d+/.exec(label ?? '')?.[0] ?? 0);
}
