import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SCRIPTS } from '../../run/repository.js';
import { atMost, type Part } from '../part.ts';
import { interleave, median, ratioOf } from '../rounds.ts';

const ROUNDS = 11;

/** From nothing to the ready line, against a Node that does nothing. */
export const startupPart: Part = {
  name: 'startup',
  title: 'Start-up to ready, against `node -e 0`',
  run: async () => {
    const data = await mkdtemp(join(tmpdir(), 'porthole-bench-'));
    try {
      const samples = await interleave(ROUNDS, { ours: () => untilReadyMs(data), node: emptyNodeMs });
      const milliseconds = (values: readonly number[]) => `${median(values).toFixed(0)} ms`;
      return [
        atMost(10, {
          what: 'built server',
          ours: milliseconds(samples.ours),
          peer: milliseconds(samples.node),
          ratio: ratioOf(samples.ours, samples.node),
        }),
      ];
    } finally {
      await rm(data, { recursive: true, force: true });
    }
  },
};

async function untilReadyMs(data: string): Promise<number> {
  const startedMs = performance.now();
  const args = [SCRIPTS.server, '--no-open', '--json', '--ports', 'auto', '--data', data];
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  const readyMs = performance.now() - startedMs;
  const ended = once(child, 'close');
  child.kill('SIGTERM');
  await ended;
  return readyMs;
}

async function emptyNodeMs(): Promise<number> {
  const startedMs = performance.now();
  await once(spawn(process.execPath, ['-e', '0'], { stdio: 'ignore' }), 'close');
  return performance.now() - startedMs;
}
