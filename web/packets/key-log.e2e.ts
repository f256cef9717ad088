import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect } from 'node:tls';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openPage } from '../testing/open-page.ts';

const run = promisify(execFile);

/** Where the tests may capture: on Linux, as root. */
const mayCapture = process.platform === 'linux' && process.getuid?.() === 0;

describe.runIf(mayCapture)('packets of a TLS conversation', () => {
  it('are saved with the secrets out of the key log, and tshark decrypts them', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'porthole-e2e-'));
    onTestFinished(() => rm(folder, { recursive: true, force: true }));
    const keyLog = join(folder, 'keys.txt');
    const { page, server } = await openPage({ path: '/playground', args: ['--keylog', keyLog] });
    await page.getByRole('tab', { name: 'Packets' }).click();
    await page.getByText(/tcpdump on lo/).waitFor();
    const { port } = server.demo('tls');
    const socket = connect({ port, host: '127.0.0.1', rejectUnauthorized: false });
    socket.write('a word to find again');
    await once(socket, 'data');
    socket.end();
    // It is written beside the conversation, not before it.
    for (const side of ['CLIENT', 'SERVER'])
      await expect
        .poll(() => readFile(keyLog, 'utf8'))
        .toMatch(new RegExp(`^${side}_TRAFFIC_SECRET_0 \\S+ \\S+\\n`, 'm'));
    await expect
      .poll(() =>
        page
          .getByRole('option')
          .filter({ hasText: /FIN, ACK/ })
          .count(),
      )
      .toBeGreaterThan(0);
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByLabel('Key log', { exact: true }).setInputFiles(keyLog),
    ]);
    const file = await download.path();
    const follow = ['-r', file, '-d', `tcp.port==${port},tls`, '-q', '-z', 'follow,tls,ascii,0'];
    expect((await run('tshark', follow)).stdout).toContain('a word to find again');
    await page.getByText('Wireshark decrypts it').waitFor();
  });
});
