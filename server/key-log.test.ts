import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKeyLog } from './key-log.ts';
import { startTestPlayground } from './testing/playground.ts';

let folder: string;
let path: string;
const warnings: string[] = [];
const warn = (sentence: string): void => void warnings.push(sentence);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porthole-keylog-'));
  path = join(folder, 'keys.txt');
  warnings.length = 0;
});

afterEach(() => rm(folder, { recursive: true, force: true }));

/** Has one conversation with the TLS demo of a playground that writes this key log, or none. */
async function conversation(keyLogFile: string | null): Promise<void> {
  const playground = await startTestPlayground({ keyLogFile });
  const socket = connect({ ...playground.address('tls', 'tcp'), host: '127.0.0.1', rejectUnauthorized: false });
  socket.write('hello');
  await once(socket, 'data');
  socket.destroy();
  await playground.close();
}

describe('the key log', () => {
  it('has the secrets of a connection, and only this user can read it', async () => {
    await writeFile(path, '# mine\n', { mode: 0o644 });
    await conversation(path);
    expect(await readFile(path, 'utf8')).toMatch(/^# mine\n(?:[A-Z_0-9]+ [0-9a-f]{64} [0-9a-f]+\n)+$/);
    if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it('is not written unless it is asked for', async () => {
    await conversation(null);
    await expect(stat(path)).rejects.toThrow('ENOENT');
  });

  it('that cannot be written is an error that names it', async () => {
    await expect(openKeyLog(join(folder, 'no', 'such'), warn)).rejects.toThrow("The key log can't be written");
    await expect(startTestPlayground({ keyLogFile: folder })).rejects.toThrow('--keylog FILE');
  });

  it('says once that it failed', async () => {
    const log = await openKeyLog(path, warn);
    await log.close();
    log.write(Buffer.from('late\n'));
    log.write(Buffer.from('later\n'));
    const [began, ...later] = [...warnings];
    expect([began, later]).toEqual([expect.stringContaining('Whoever reads it can decrypt'), []]);
    await expect.poll(() => warnings.slice(1)).toEqual([expect.stringContaining('failed')]);
  });
});
