import { randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlayground, type TestPlayground } from '../../testing/playground.ts';
import { FIN_AT_END_OF_INPUT } from '../testing/netcat.ts';
import { Program } from '../testing/program.ts';

/** Largest payload of a UDP datagram over IPv4: 65,535 − 8 − 20. macOS sends 9,216 at the most unless told otherwise. */
const LARGEST_DATAGRAM_BYTES = process.platform === 'darwin' ? 9_216 : 65_507;
const HOST = '127.0.0.1';

let playground: TestPlayground;
let tcpPort: string;
let udpPort: string;

beforeAll(async () => {
  playground = await startTestPlayground();
  tcpPort = String(playground.address('echo', 'tcp').port);
  udpPort = String(playground.address('echo', 'udp').port);
});

afterAll(() => playground.close());

describe('echo over TCP', () => {
  const bytes = randomBytes(1024 * 1024);

  it('gives nc its file of 1 MB back, whole, after the FIN', async () => {
    const { stdout, code } = await Program.run('nc', [...FIN_AT_END_OF_INPUT, HOST, tcpPort], bytes);
    expect(stdout.equals(bytes)).toBe(true);
    expect(code).toBe(0);
  });

  it('gives ncat its file of 1 MB back', async () => {
    const { stdout, code } = await Program.run('ncat', [HOST, tcpPort], bytes);
    expect(stdout.equals(bytes)).toBe(true);
    expect(code).toBe(0);
  });

  it('gives socat its file of 1 MB back', async () => {
    const { stdout, code } = await Program.run('socat', ['-t', '20', '-', `TCP4:${HOST}:${tcpPort}`], bytes);
    expect(stdout.equals(bytes)).toBe(true);
    expect(code).toBe(0);
  });

  it('answers what is typed into telnet, line by line', () =>
    Program.using('telnet', [HOST, tcpPort], async (telnet) => {
      await telnet.prints("Escape character is '^]'.");
      await telnet.type('hello\n').prints('hello');
      await telnet.type('你好\n').prints('你好');
    }));

  it('answers what is typed into telnet at a terminal', () =>
    Program.using('socat', ['-', `EXEC:telnet ${HOST} ${tcpPort},pty,setsid,ctty,echo=0`], async (terminal) => {
      await terminal.prints('Escape character');
      await terminal.type('typed by hand\r').prints('typed by hand');
      await terminal.type('\u001d').prints('telnet>');
      await terminal.type('quit\r').prints('Connection closed');
    }));

  it('answers what is typed into nc and waits for more', () =>
    Program.using('nc', [HOST, tcpPort], async (nc) => {
      await nc.type('one\n').prints('one\n');
      await nc.type('two\n').prints('one\ntwo\n');
    }));
});

describe('echo over UDP', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'porthole-echo-'));
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  /** One datagram from a file, then an empty one; ends when the answer to the empty one has come. */
  async function socatFile(bytes: Uint8Array): Promise<Buffer> {
    await writeFile(join(folder, 'in'), bytes);
    const file = `OPEN:${join(folder, 'in')},rdonly!!CREATE:${join(folder, 'out')}`;
    const udp = `UDP4:${HOST}:${udpPort},shut-null,null-eof`;
    const { code, stderr } = await Program.run('socat', ['-t', '60', '-b', String(LARGEST_DATAGRAM_BYTES), file, udp]);
    expect([code, stderr]).toEqual([0, '']);
    return readFile(join(folder, 'out'));
  }

  it('answers nc', () =>
    Program.using('nc', ['-u', HOST, udpPort], async (nc) => {
      await nc.type('one\n').prints('one\n');
      await nc.type('two\n').prints('one\ntwo\n');
    }));

  it('answers ncat', () =>
    Program.using('ncat', ['-u', HOST, udpPort], async (ncat) => {
      await ncat.type('hello\n').prints('hello\n');
    }));

  it('answers an empty datagram of socat with an empty one', async () => {
    // socat would wait for a minute; only an empty datagram (null-eof) lets it end at once.
    expect(await socatFile(Buffer.alloc(0))).toEqual(Buffer.alloc(0));
  });

  it('gives socat the largest datagram back, whole', async () => {
    const bytes = randomBytes(LARGEST_DATAGRAM_BYTES);
    expect((await socatFile(bytes)).equals(bytes)).toBe(true);
  });
});
