import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runScript } from '../../../tools/scs/run.ts';
import { parseScript } from '../../../tools/scs/script.ts';
import { startTestServer, type TestServer } from './testing/test-server.ts';

const FOLDER = new URL('scripts/', import.meta.url);

let server: TestServer;

beforeEach(async () => {
  server = await startTestServer({ testMode: true });
});

afterEach(() => server.close());

it.each(readdirSync(FOLDER))('plays %s as it is written', async (file) => {
  const script = parseScript(readFileSync(new URL(file, FOLDER), 'utf8'));
  expect(script.steps.length).toBeGreaterThan(5);
  await runScript(script, { host: '127.0.0.1', port: server.tcpPort, exact: true });
});
