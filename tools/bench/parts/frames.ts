import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright-core';
import { findChromium } from '../../clients/chromium.js';
import type { BuiltServer } from '../../run/built-server.ts';
import { inChromium } from '../in-chromium.ts';
import { alone, type Part, type Row } from '../part.ts';

/** Conversations around the one that is looked at, and lines that each echoes: two events a line, opening and end besides. */
const OTHERS = 90;
const LINES_EACH = 50;
/** Lines of the one that is looked at, and the pace at which the journal records every one of them. */
const LINES = 500;
const LINES_A_SECOND = 80;

const SCROLL_MS = 4_000;
const MIN_FRAMES_PER_SECOND = 55;
const MAX_TASK_MS = 50;

/** What the page noted while it was scrolled. */
interface Noted {
  readonly frames: number;
  readonly longestTaskMs: number;
}

/** Scrolling a long ladder while the page holds ten thousand events. */
export const framesPart: Part = {
  name: 'frames',
  title: 'Frames while scrolling, 10,000 events held',
  run: async (note) => {
    if ((await findChromium()) === null) {
      note('No Chromium here: nothing is measured.');
      return [];
    }
    return inChromium('/playground', async (page, server) => {
      await Promise.all(Array.from({ length: OTHERS }, () => talk(server, LINES_EACH, 1_000)));
      await talk(server, LINES, LINES_A_SECOND);
      const { frames, longestTaskMs } = await scroll(page);
      const perSecond = (frames * 1_000) / SCROLL_MS;
      note(`${OTHERS * LINES_EACH * 2 + LINES * 2} octet events, and ${(OTHERS + 1) * 3} openings and endings.`);
      return rows(perSecond, longestTaskMs);
    });
  },
};

function rows(perSecond: number, longestTaskMs: number): readonly Row[] {
  return [
    alone(
      'frames a second while the ladder scrolls',
      perSecond.toFixed(1),
      `≥ ${MIN_FRAMES_PER_SECOND} of 60`,
      perSecond >= MIN_FRAMES_PER_SECOND,
    ),
    alone(
      'longest task meanwhile',
      `${longestTaskMs.toFixed(0)} ms`,
      `≤ ${MAX_TASK_MS} ms`,
      longestTaskMs <= MAX_TASK_MS,
    ),
  ];
}

/** Echoes lines one by one, no faster than asked, so that every one is an event. */
async function talk(server: BuiltServer, lines: number, perSecond: number): Promise<void> {
  const { host, port } = server.demo('echo');
  const socket: Socket = connect({ host, port, noDelay: true });
  await once(socket, 'connect');
  for (let line = 0; line < lines; line += 1) {
    socket.write(`line ${line}\n`);
    await once(socket, 'data');
    await pause(1_000 / perSecond);
  }
  socket.end();
  await once(socket, 'close');
}

/** Counts frames and long tasks from now on. As text: what runs in the page must not be touched by whatever runs us. */
const NOTE = `
  globalThis.noted = { frames: 0, longestTaskMs: 0 };
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) noted.longestTaskMs = Math.max(noted.longestTaskMs, duration);
  }).observe({ entryTypes: ['longtask'] });
  (function count() {
    noted.frames += 1;
    requestAnimationFrame(count);
  })();
`;

async function scroll(page: Page): Promise<Noted> {
  const ladder = page.getByRole('listbox').first();
  await ladder.waitFor();
  await ladder.hover();
  await page.evaluate(NOTE);
  const endMs = performance.now() + SCROLL_MS;
  for (let turn = 0; performance.now() < endMs; turn += 1) {
    // Up and down again, a few screens each way.
    await page.mouse.wheel(0, turn % 60 < 30 ? -400 : 400);
    await pause(16);
  }
  return page.evaluate(() => (globalThis as unknown as { noted: Noted }).noted);
}
