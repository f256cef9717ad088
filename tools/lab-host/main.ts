/**
 * `npm run lab:kernel -- [ROUNDS]`: the lab's stack against the kernel of Linux, longer than `npm test` has time for.
 * Every round has a seed of its own, and sends bodies both ways over wires that lose, reorder and duplicate, at 20 %
 * loss as well. As root, on Linux. Exit code 0 when all contents were identical and nothing was stuck.
 */
import { whyNoNamespace } from '../clients/namespace.js';
import { LabNamespace } from './namespace.ts';

const DEFAULT_ROUNDS = 5;
const SMALL = 100_000;
const LARGE = 5_000_000;
const MILLISECONDS_A_SECOND = 1_000;

const WIRES = [
  { name: 'good', wire: {}, octets: LARGE },
  { name: '2 % lost', wire: { loss: 0.02 }, octets: LARGE },
  { name: '5 % late', wire: { reorder: 0.05 }, octets: LARGE },
  { name: '5 % twice', wire: { duplicate: 0.05 }, octets: LARGE },
  { name: '2 % of each', wire: { loss: 0.02, reorder: 0.02, duplicate: 0.02 }, octets: LARGE },
  { name: '20 % lost', wire: { loss: 0.2 }, octets: SMALL },
] as const;

const reason = await whyNoNamespace();
if (reason !== null) {
  console.error(`Not here: ${reason}.`);
  process.exitCode = 2;
} else process.exitCode = await runAll(Number(process.argv[2] ?? DEFAULT_ROUNDS));

async function runAll(rounds: number): Promise<number> {
  const lab = await LabNamespace.open();
  let failures = 0;
  for (let round = 1; round <= rounds; round += 1)
    for (const { name, wire, octets } of WIRES) {
      await lab.ask('wire', { ...wire, seed: round * 100 });
      for (const scenario of ['download', 'upload', 'parallel'] as const)
        failures += (await timed(lab, `round ${round}, ${name}: ${scenario}`, scenario, octets)) ? 0 : 1;
    }
  await lab.ask('wire', {});
  failures += (await nothingStuck(lab)) ? 0 : 1;
  await lab.close();
  console.log(failures === 0 ? 'All contents identical, nothing stuck.' : `${failures} failed.`);
  return failures === 0 ? 0 : 1;
}

async function timed(lab: LabNamespace, title: string, scenario: string, octets: number): Promise<boolean> {
  const startedMs = performance.now();
  const good = await isGood(lab, scenario, octets).catch((error) => {
    console.log(error instanceof Error ? error.message : String(error));
    return false;
  });
  const seconds = (performance.now() - startedMs) / MILLISECONDS_A_SECOND;
  console.log(`${title.padEnd(42)} ${seconds.toFixed(2).padStart(7)} s  ${good ? 'identical' : 'FAILED'}`);
  return good;
}

async function isGood(lab: LabNamespace, scenario: string, octets: number): Promise<boolean> {
  if (scenario === 'parallel') {
    const { same } = await lab.ask<{ same: number }>(scenario, { connections: 50, octets: Math.min(octets, 20_000) });
    return same === 50;
  }
  const { sent, received } = await lab.ask<{ sent: string; received: string }>(scenario, { octets });
  return sent === received;
}

/** Connections need a moment to end on a wire that has just been bad. */
async function nothingStuck(lab: LabNamespace): Promise<boolean> {
  for (let tries = 0; tries < 30; tries += 1) {
    const left = await lab.ask<{ kernel: readonly string[]; lab: readonly string[] }>('leftovers', {});
    if (left.kernel.length + left.lab.length === 0) return true;
    if (tries === 29) console.log('Stuck:', [...left.kernel, ...left.lab].join('; '));
    await new Promise((resolve) => setTimeout(resolve, MILLISECONDS_A_SECOND));
  }
  return false;
}
