import { type ChildProcess, execFile, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { testCertificate } from '../../demos/testing/certificate.ts';
import { systemEffects } from '../effects.ts';
import { PROMPT } from '../testing/driver.ts';
import { closedPort, startServer } from '../testing/servers.ts';
import { setStage } from '../testing/stage.ts';

const run = promisify(execFile);
const { own, terminal } = setStage({ effects: systemEffects });
let folder: string;

beforeAll(async () => {
  const { certificatePem, keyPem } = await testCertificate();
  folder = await mkdtemp(join(tmpdir(), 'porthole-openssl-'));
  await writeFile(join(folder, 'c.pem'), certificatePem);
  await writeFile(join(folder, 'k.pem'), keyPem);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

describe('our http and the real curl', () => {
  it.each([
    ['/hello'],
    ['-I', '/hello'],
    ['-d', 'a=1', '-d', 'b=2', '/form?x=1'],
    ['-X', 'PUT', '-d', 'text', '-H', 'Content-Type: text/plain', '-H', 'X-Two: b', '/x'],
    ['-H', 'Host:', '/'],
  ])('send the same request for %s %s %s', async (...words) => {
    const server = await startServer((socket) => {
      socket.once('data', () => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n'));
    });
    own(server);
    const options = words.slice(0, -1);
    const url = `127.0.0.1:${server.port}${words.at(-1)}`;
    await run('curl', ['-sS', '-A', 'x', '--max-time', '20', ...options, url]);
    const shell = await terminal();
    await shell.run(`http -A x ${options.map((word) => `'${word}'`).join(' ')} ${url}`);
    const [real = '', ours = ''] = server.received;
    const sorted = (request: string) => request.split('\r\n').sort();
    expect(sorted(ours)).toEqual(sorted(real));
    expect(ours.split('\r\n')[0]).toBe(real.split('\r\n')[0]);
  });
});

/** LibreSSL, which goes by the same name on macOS, has no server that turns lines around. */
const isOpenSsl = /^OpenSSL/.test(spawnSync('openssl', ['version'], { encoding: 'utf8' }).stdout ?? '');

describe.skipIf(!isOpenSsl)('our tls and the real openssl', () => {
  /** A server that sends each line back reversed. */
  async function openssl(...args: string[]): Promise<number> {
    const port = await closedPort();
    const files = ['-cert', join(folder, 'c.pem'), '-key', join(folder, 'k.pem')];
    const child: ChildProcess = spawn('openssl', [
      's_server',
      '-rev',
      '-accept',
      `127.0.0.1:${port}`,
      ...files,
      ...args,
    ]);
    own({ close: () => child.kill() });
    let said = '';
    while (!said.includes('ACCEPT')) said += String((await once(child.stdout ?? child, 'data'))[0]);
    return port;
  }

  it.each(['1.2', '1.3'])('talk TLS %s with each other', async (version) => {
    const port = await openssl(`-tls${version.replace('.', '_')}`, '-alpn', 'rev');
    const shell = await terminal();
    shell.enter(`tls -a rev localhost ${port}`);
    await shell.until(new RegExp(`\\[TLSv${version.replace('.', '\\.')}, \\S+, rev \\(ALPN\\); asked for localhost`));
    shell.enter('olleh');
    await shell.until('hello\n');
    shell.type('\u0003');
    await shell.until(PROMPT);
  });
});
