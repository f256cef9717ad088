import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestPlayground, type TestPlayground } from '../../testing/playground.ts';
import { Program } from '../testing/program.ts';

const HOST = '127.0.0.1';
const LINE = /^[A-Z][a-z]+day, [A-Z][a-z]+ \d{1,2}, \d{4} \d\d:\d\d:\d\d-UTC\r\n$/;

let playground: TestPlayground;
let tcpPort: string;
let udpPort: string;

beforeAll(async () => {
  playground = await startTestPlayground();
  tcpPort = String(playground.address('daytime', 'tcp').port);
  udpPort = String(playground.address('daytime', 'udp').port);
});

afterAll(() => playground.close());

describe('daytime over TCP', () => {
  it.each([
    ['nc', [HOST]],
    ['ncat', [HOST]],
  ])('tells %s date and time and closes', async (name, args) => {
    const { stdout, code } = await Program.run(name, [...args, tcpPort]);
    expect(stdout.toString()).toMatch(LINE);
    expect(code).toBe(0);
  });

  it('tells socat date and time and closes', async () => {
    const { stdout } = await Program.run('socat', ['-u', `TCP4:${HOST}:${tcpPort}`, '-']);
    expect(stdout.toString()).toMatch(LINE);
  });

  it('tells telnet date and time and lets it go', () =>
    Program.using('telnet', [HOST, tcpPort], async (telnet) => {
      await telnet.prints('-UTC');
      await telnet.prints('Connection closed by foreign host.');
      await telnet.result();
    }));

  it('tells the time of now', async () => {
    const { stdout } = await Program.run('nc', [HOST, tcpPort]);
    const told = Date.parse(
      stdout
        .toString()
        .replace(/^\w+, /, '')
        .replace('-UTC', ' UTC'),
    );
    expect(Math.abs(Date.now() - told)).toBeLessThan(10_000);
  });
});

describe('daytime over UDP', () => {
  it.each([
    ['nc', ['-u', HOST]],
    ['ncat', ['-u', HOST]],
  ])('answers a datagram of %s', (name, args) =>
    Program.using(name, [...args, udpPort], async (program) => {
      await program.type('what time is it?\n').prints('-UTC');
      expect(program.stdout.toString()).toMatch(LINE);
    }),
  );

  it('answers an empty datagram of socat', () =>
    Program.using('socat', ['-t', '60', '-', `UDP4:${HOST}:${udpPort},shut-null`], async (socat) => {
      await socat.endInput().prints('-UTC');
    }));
});
