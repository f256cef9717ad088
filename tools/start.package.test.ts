import { expect, it } from 'vitest';
import { startBuiltServer } from './run/built-server.ts';
import { runCommand } from './run/command.js';
import { inRepository } from './run/repository.js';

const START = inRepository('tools/start.js');

it('prints the ready line and nothing else on standard output, serves, and ends with 0 on SIGTERM', async () => {
  const server = await startBuiltServer({ script: START });
  try {
    expect(await (await fetch(`${server.url}/api/health`)).json()).toEqual({ ok: true });
  } finally {
    expect(await server.stop()).toBe(process.platform === 'win32' ? null : 0);
  }
});

it('passes its arguments on to the server', async () => {
  const { code, output } = await runCommand(process.execPath, [START, '--help']);
  expect(output).toContain('Usage: porthole');
  expect(code).toBe(0);
});

it('ends with the exit code of the server', async () => {
  const { code, output } = await runCommand(process.execPath, [START, '--no-such-option']);
  expect(output).toContain('--no-such-option');
  expect(code).not.toBe(0);
});
