import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { plainIpv4, serializeIpv4 } from '#packets/ipv4.ts';
import { LINK_TYPES } from '#packets/link.ts';
import { interfaceBlock, packetBlock, secretsBlock, sectionBlock } from '#packets/pcapng-writer.ts';
import { serializeTcp, TCP_FLAGS } from '#packets/tcp.ts';
import { startTestPlayground, type TestPlayground } from '../../testing/playground.ts';
import { Program } from '../testing/program.ts';
import { serveDemo } from '../testing/serve-demo.ts';
import { tls } from './tls.ts';

const run = promisify(execFile);

let playground: TestPlayground;
let port: number;
let folder: string;

beforeAll(async () => {
  playground = await startTestPlayground();
  port = playground.address('tls', 'tcp').port;
  // The certificate is made when somebody first asks for it.
  await fetch(`${playground.url}/api/machine`);
  folder = await mkdtemp(join(tmpdir(), 'porthole-tls-'));
});

afterAll(async () => {
  await playground.close();
  await rm(folder, { recursive: true, force: true });
});

const trusted = (): string => join(playground.dataFolder, 'certificate.pem');

describe('openssl s_client', () => {
  it.each(['-tls1_2', '-tls1_3'])(
    'with %s gets its words back, and finds the certificate good where it is trusted',
    (version) =>
      Program.using(
        'openssl',
        [
          's_client',
          version,
          '-connect',
          `127.0.0.1:${port}`,
          '-servername',
          'localhost',
          '-CAfile',
          trusted(),
          '-verify_return_error',
        ],
        async (openssl) => {
          await openssl.prints('Verify return code: 0 (ok)');
          await openssl.type('a secret word\n').prints('a secret word\n');
        },
      ),
  );

  it('sees the fingerprint that the page shows', async () => {
    const machine: { certificateFingerprint: string } = await (await fetch(`${playground.url}/api/machine`)).json();
    const { stdout } = await run('openssl', ['x509', '-in', trusted(), '-noout', '-fingerprint', '-sha256']);
    expect(stdout.toLowerCase()).toContain(machine.certificateFingerprint.toLowerCase());
  });
});

describe('curl', () => {
  const curl = (...args: string[]) =>
    Program.run('curl', ['-sS', '--max-time', '20', ...args, `https://localhost:${port}/x`]);

  it('refuses a certificate that nobody has signed, and takes it with -k', async () => {
    expect((await curl()).code).toBe(60);
    const { stdout, code } = await curl('-k');
    expect([code, stdout.toString()]).toEqual([
      0,
      expect.stringMatching(/^TLSv1\.3, TLS_\S+\. You asked for localhost\.[\s\S]*GET \/x HTTP\/1\.1\nHost: localhost/),
    ]);
  });

  it('needs no -k where it is told whom to trust', async () => {
    expect((await curl('--cacert', trusted(), '--tls-max', '1.2')).stdout.toString()).toMatch(/^TLSv1\.2, /);
  });
});

describe('tshark', () => {
  /** What went over the wire in one conversation of openssl with the demo, as packets, and the key log of it. */
  async function capture(version: string): Promise<{ packets: Uint8Array[]; keyLog: string }> {
    const keys: Buffer[] = [];
    const served = await serveDemo(tls, undefined, { keyLog: (line) => keys.push(line) });
    const args = ['s_client', version, '-quiet', '-connect', `127.0.0.1:${served.tcpPort}`];
    await Program.using('openssl', args, (openssl) =>
      openssl.type('a word to find again\n').prints('a word to find again\n'),
    );
    const packets = segments(served.data(), served.tcpPort);
    await served.close();
    return { packets, keyLog: Buffer.concat(keys).toString() };
  }

  async function follow(version: string, withKeys: boolean): Promise<string> {
    const { packets, keyLog } = await capture(version);
    const file = join(folder, `tls${version}-${withKeys}.pcapng`);
    const blocks = packets.map((bytes, at) =>
      packetBlock({ interface: 0, seconds: 1, nanoseconds: at * 1_000, bytes }),
    );
    const head = [
      sectionBlock({ application: 'Porthole' }),
      interfaceBlock({ linkType: LINK_TYPES.raw, name: 'lo', snapLength: 0 }),
    ];
    await writeFile(file, Buffer.concat([...head, ...(withKeys ? [secretsBlock(keyLog)] : []), ...blocks]));
    expect((await readFile(file)).includes('a word to find again')).toBe(false);
    const decode = `tcp.port==${servedPort(packets)},tls`;
    return (await run('tshark', ['-r', file, '-d', decode, '-q', '-z', 'follow,tls,ascii,0'])).stdout;
  }

  it.each(['-tls1_2', '-tls1_3'])(
    'decrypts a conversation (%s) whose file has the key log in it, and no other',
    async (version) => {
      expect(await follow(version, true)).toContain('a word to find again');
      expect(await follow(version, false)).not.toContain('a word to find again');
    },
  );
});

const CLIENT_PORT = 50_000;

function servedPort(packets: readonly Uint8Array[]): number {
  const [first] = packets;
  return first ? Buffer.from(first).readUInt16BE(22) : 0;
}

/** The octets of a conversation as the segments that would carry them, after a handshake. */
function segments(data: readonly { toServer: boolean; bytes: Uint8Array }[], port: number): Uint8Array[] {
  const next = { client: 1_000, server: 2_000 };
  const segment = (toServer: boolean, flags: number, bytes: Uint8Array): Uint8Array => {
    const [from, to] = toServer ? (['client', 'server'] as const) : (['server', 'client'] as const);
    const ends = { source: `127.0.0.${toServer ? 2 : 1}`, destination: `127.0.0.${toServer ? 1 : 2}` };
    const ports = { sourcePort: toServer ? CLIENT_PORT : port, destinationPort: toServer ? port : CLIENT_PORT };
    const header = {
      ...ports,
      sequence: next[from],
      acknowledgment: next[to],
      flags,
      window: 65_535,
      urgentPointer: 0,
      options: [],
    };
    next[from] += bytes.length + (flags & TCP_FLAGS.syn ? 1 : 0);
    return serializeIpv4(plainIpv4({ ...ends, protocol: 6 }), serializeTcp(header, bytes, ends));
  };
  const none = new Uint8Array(0);
  const { syn, ack } = TCP_FLAGS;
  return [
    segment(true, syn, none),
    segment(false, syn | ack, none),
    segment(true, ack, none),
    ...data.map(({ toServer, bytes }) => segment(toServer, ack, bytes)),
  ];
}
