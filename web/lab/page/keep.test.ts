import { expect, it } from 'vitest';
import { keepRun, keptRun, noteBusy, wasBusy } from './keep.ts';
import { setup } from './testing/setup.ts';

function storage() {
  const kept = new Map<string, string>();
  return {
    kept,
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => kept.set(key, value),
  };
}

const run = { experiment: 'handshake', setup: setup(), actions: [], at: 40_000 };

it('comes back as it was left', () => {
  const browser = storage();
  expect(keptRun(browser)).toBeNull();
  keepRun(browser, run);
  expect(keptRun(browser)).toEqual(run);
});

it('keeps what was there when there is too much to keep', () => {
  const browser = storage();
  keepRun(browser, run);
  keepRun(browser, { ...run, experiment: 'x'.repeat(600_000) });
  expect(keptRun(browser)).toEqual(run);
});

it('begins anew where what was kept is damaged', () => {
  const browser = storage();
  keepRun(browser, run);
  browser.kept.set('porthole.lab', browser.kept.get('porthole.lab')?.slice(0, -9) ?? '');
  expect(keptRun(browser)).toBeNull();
});

it('knows whether the page ended while programs ran', () => {
  const browser = storage();
  expect(wasBusy(browser)).toBe(false);
  noteBusy(browser, true);
  expect(wasBusy(browser)).toBe(true);
  noteBusy(browser, false);
  expect(wasBusy(browser)).toBe(false);
});
