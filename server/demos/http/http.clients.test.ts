import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlayground, type TestPlayground } from '../../testing/playground.ts';
import { Program } from '../testing/program.ts';

let playground: TestPlayground;
let port: string;
let folder: string;

beforeAll(async () => {
  playground = await startTestPlayground();
  port = String(playground.address('http', 'tcp').port);
  folder = await mkdtemp(join(tmpdir(), 'porthole-http-'));
});

afterAll(async () => {
  await playground.close();
  await rm(folder, { recursive: true, force: true });
});

async function curl(...args: readonly string[]): Promise<string> {
  const { stdout, stderr } = await Program.run('curl', ['-sS', '--max-time', '20', ...args]);
  return stdout.toString() + stderr;
}

const url = (path: string): string => `http://127.0.0.1:${port}${path}`;

describe('curl', () => {
  it('gets pages on one connection, and follows a redirect', async () => {
    const said = await curl('-v', url('/hello'), url('/cookies'));
    expect(said).toMatch(/Hello, world\.\n[\s\S]*visit 1/);
    expect(said).toContain('Re-using existing connection');
    expect(await curl('-L', '-d', 'a=b', url('/redirect?status=303'))).toBe('Hello, world.\n');
  });

  it('gets the head alone, chunks, and 404', async () => {
    expect(await curl('-I', url('/hello'))).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*Content-Length: 14\r\n/);
    expect(await curl(url('/chunked?count=3&delay=1'))).toBe(
      'This is chunk 1 of 3.\nThis is chunk 2 of 3.\nThis is chunk 3 of 3.\n',
    );
    expect(await curl('-o', '/dev/null', '-w', '%{http_code}', url('/nothing'))).toBe('404');
  });

  it('keeps a cookie', async () => {
    const jar = join(folder, 'jar');
    await curl('-b', jar, '-c', jar, url('/cookies'));
    expect(await curl('-b', jar, '-c', jar, url('/cookies'))).toContain('You sent visits=1. This is visit 2');
  });

  it('sends a form, a file, and a body that waits for 100', async () => {
    const file = join(folder, 'a.bin');
    await writeFile(file, Buffer.alloc(70_000, 7));
    expect(await curl('-F', 'name=Ann', '-F', `file=@${file}`, url('/form'))).toMatch(
      /field "name" = "Ann"\nfile "file" = "a\.bin" \("[^"]+"\), 70000 octets/,
    );
    expect(await curl('-d', 'name=Ann Lee', url('/form'))).toBe('field "name" = "Ann Lee"\n');
    const said = await curl('-v', '-H', 'Expect: 100-continue', '-T', file, '-o', '/dev/null', url('/echo'));
    expect(said).toContain('HTTP/1.1 100 Continue');
    expect(said).toContain('HTTP/1.1 200 OK');
  });

  it('opens a WebSocket', () => {
    const fields = [
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Version: 13',
      'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
    ];
    // What it says of the fields with -v comes at once; what it prints with -i waits for its end, which never comes.
    const args = ['-sSv', ...fields.flatMap((field) => ['-H', field]), url('/ws')];
    return Program.using('curl', args, async (program) => {
      // The accept value is the one of the example in RFC 6455 §1.3.
      await program.prints('Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=');
      expect(program.text).toContain('< HTTP/1.1 101 ');
    });
  });
});

describe('telnet', () => {
  it('types a request by hand, and learns what was missing from another', () =>
    Program.using('telnet', ['127.0.0.1', port], async (telnet) => {
      await telnet.prints('Escape character');
      telnet.type('GET /hello HTTP/1.1\nHost: localhost\n\n');
      await telnet.prints('Hello, world.');
      telnet.type('GET /hello HTTP/1.1\n\n');
      await telnet.prints('There is no Host field.');
      await telnet.prints('Connection closed by foreign host.');
    }));
});

describe('nc', () => {
  it('sends line feeds alone, and is told that HTTP wants two octets', async () => {
    const { stdout } = await Program.run('nc', ['127.0.0.1', port], 'GET /hello HTTP/1.1\nHost: localhost\n\n');
    expect(stdout.toString()).toMatch(/^HTTP\/1\.1 400 [\s\S]*A line ends in a line feed alone/);
  });
});
