import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { inRepository } from '../../../tools/run/repository.js';
import { TestLab } from '../net/testing/lab.ts';
import { EXPERIMENTS, experimentIn, setupOf } from './experiments.ts';
import { openRunJson, runJson } from './share/lab-json.ts';

/** Long enough for everything to be seen; the long transfer goes on. */
const LONG_ENOUGH_US = 2_500_000;

async function rulesOf(id: string): Promise<ReadonlySet<string>> {
  const experiment = experimentIn(`?experiment=${id}`);
  if (!experiment) throw new Error(`there is no experiment ${id}`);
  const lab = new TestLab(setupOf(experiment));
  await lab.driver.advanceTo(LONG_ENOUGH_US);
  const failed = lab.run.events.filter((event) => event.kind === 'output' && event.failed);
  expect(failed).toEqual([]);
  return new Set(lab.run.packets.map(({ because }) => because.rule));
}

it.each([
  ['lose-one', ['duplicate-ack-out-of-order', 'fast-retransmit']],
  ['handshake', ['syn-on-connect', 'syn-ack-on-syn', 'fin-on-close']],
  ['lose-last', ['retransmission-timeout']],
  ['zero-window', ['zero-window-probe', 'window-update']],
  ['nagle', ['ack-delay-over']],
  ['slow-start', ['fast-retransmit', 'sack-retransmit']],
  ['fragmentation', ['ip-fragment']],
])('the experiment %s shows what it is about', async (id, rules) => {
  const seen = await rulesOf(id);
  for (const rule of rules) expect([...seen]).toContain(rule);
});

it('tells experiments by the address', () => {
  expect(experimentIn('?experiment=nagle')?.id).toBe('nagle');
  expect([experimentIn(''), experimentIn('?experiment=../x')]).toEqual([undefined, undefined]);
});

it.each(EXPERIMENTS.map((each) => [each.id, each] as const))('%s fits into a link', (experiment, each) => {
  const run = { experiment, setup: setupOf(each), actions: [], at: 0 };
  expect(openRunJson(runJson(run))).toEqual({ ok: true, run });
});

it('has every experiment that a lesson links to', async () => {
  const folder = inRepository('lessons');
  const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.mdx'));
  const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')));
  const links = texts.flatMap((text) => [...text.matchAll(/\(\/lab(\?[^)]*)\)/g)]);
  expect(links.length).toBeGreaterThan(0);
  for (const [, query] of links) expect(experimentIn(query ?? ''), query).toBeDefined();
});
