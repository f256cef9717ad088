import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { labOf, ready } from '../../net/testing/lab.ts';
import { pcapngOf } from './pcapng.ts';

const run = promisify(execFile);

it('writes what each host saw: tshark reads it, finds every checksum right, and misses what was lost on the way', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'porthole-lab-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const lab = labOf({
    ...ready('small-sender', 'discard-server'),
    rules: [{ from: 'a', kind: 'data', nth: 2, count: 1, deed: { deed: 'drop' } }],
  });
  await lab.finish();
  const seen = async (host: 'a' | 'b'): Promise<string[]> => {
    const file = join(folder, `${host}.pcapng`);
    await writeFile(file, Buffer.concat(pcapngOf(lab.run.packets, host, host)));
    const options = ['ip.check_checksum:TRUE', 'tcp.check_checksum:TRUE'];
    const fields = ['ip.checksum.status', 'tcp.checksum.status', '_ws.malformed', 'tcp.seq', 'tcp.len', 'ip.src'];
    const args = [
      '-r',
      file,
      '-n',
      ...options.flatMap((one) => ['-o', one]),
      '-T',
      'fields',
      ...fields.flatMap((one) => ['-e', one]),
    ];
    const { stdout, stderr } = await run('tshark', args);
    expect(stderr.replace(/^Running as user.*\n/gm, '')).toBe('');
    return stdout.trimEnd().split('\n');
  };
  const [a, b] = [await seen('a'), await seen('b')];
  const lost = lab.run.packets.filter((packet) => packet.lost).length;
  expect(lost).toBe(1);
  expect(a).toHaveLength(lab.run.packets.length);
  expect(b).toHaveLength(lab.run.packets.length - lost);
  // 1: good.
  for (const line of [...a, ...b]) expect(line).toMatch(/^1\t1\t\t/);
  const second = a.find((line) => line.includes('\t1449\t'));
  const times = (lines: readonly string[]) => lines.filter((line) => line === second).length;
  expect([times(a), times(b)]).toEqual([2, 1]);
});
