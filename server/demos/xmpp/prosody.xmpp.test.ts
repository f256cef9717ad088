import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { runScript } from '../../../tools/scs/run.ts';
import { parseScript } from '../../../tools/scs/script.ts';
import { type Prosody, startProsody } from './testing/prosody.ts';

const FOLDER = new URL('scripts/', import.meta.url);

describe('the scripts that our server plays', () => {
  let prosody: Prosody;

  beforeAll(async () => {
    prosody = await startProsody();
  });

  afterAll(() => prosody.stop());

  it.each(readdirSync(FOLDER))('%s goes the same way on Prosody', async (file) => {
    const script = parseScript(readFileSync(new URL(file, FOLDER), 'utf8'));
    await runScript(script, { host: '127.0.0.1', port: prosody.port, exact: true });
  });
});
