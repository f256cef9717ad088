import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { expect, it, onTestFinished } from 'vitest';
import { endLeftovers, findLeftovers, RUN_VARIABLE } from './leftovers.js';

/** A process that listens and never ends by itself. */
const LISTENER = "require('node:net').createServer().listen(0, '127.0.0.1', () => console.log('up'))";

it.runIf(process.platform !== 'win32')('finds a process that a run left behind, and ends it', async () => {
  const run = randomUUID();
  const child = spawn(process.execPath, ['-e', LISTENER], {
    env: { ...process.env, [RUN_VARIABLE]: run },
    stdio: 'pipe',
  });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  await once(child.stdout, 'data');
  const found = await findLeftovers(run, 0);
  expect(found?.map(({ pid }) => pid)).toEqual([child.pid]);
  const ended = once(child, 'close');
  endLeftovers(found ?? []);
  await ended;
  expect(await findLeftovers(run)).toEqual([]);
});

it('finds nothing of a run that never was', async () => {
  expect((await findLeftovers(randomUUID(), 0)) ?? []).toEqual([]);
});
