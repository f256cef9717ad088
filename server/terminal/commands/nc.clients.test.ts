import { spawnSync } from 'node:child_process';
import { createConnection, type Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { systemEffects } from '../effects.ts';
import { has, startReal } from '../testing/real-client.ts';
import { type Client, follow, type Step } from '../testing/scenario.ts';
import { closedPort, echo, startUdpEcho } from '../testing/servers.ts';
import { setStage } from '../testing/stage.ts';

const { own, serve, terminal } = setStage({ effects: systemEffects });

const SUCCEEDED = 'succeeded!\n';

interface Scenario {
  readonly options: string;
  readonly serve: (socket: Socket) => void;
  readonly steps: readonly Step[];
}

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'send lines as they are typed': {
    options: '-v',
    serve: echo,
    steps: [
      { see: SUCCEEDED },
      { type: 'hello\r' },
      { see: 'hello\nhello\n' },
      { type: '你\r' },
      { got: 'hello\n\xe4\xbd\xa0\n' },
    ],
  },
  'send a line without its end at Ctrl-D': {
    options: '-v',
    serve: echo,
    steps: [{ see: SUCCEEDED }, { type: 'abc\u0004' }, { got: 'abc' }],
  },
  'half-close with -N at the end of input, and show what still comes': {
    options: '-vN',
    serve: (socket) => socket.on('end', () => socket.end('last words\n')),
    steps: [
      { see: SUCCEEDED },
      { type: 'x\r' },
      { got: 'x\n' },
      { type: '\u0004' },
      { fin: true },
      { see: 'last words\n' },
    ],
  },
  'end lines in CR LF with -C': {
    options: '-vC',
    serve: echo,
    steps: [{ see: SUCCEEDED }, { type: 'hello\r' }, { got: 'hello\r\n' }],
  },
  'go on sending after the peer has half-closed': {
    options: '-v',
    serve: (socket) => socket.once('data', () => socket.end('bye\n')),
    steps: [{ see: SUCCEEDED }, { type: 'one\r' }, { see: 'bye\n' }, { type: 'two\r' }, { got: 'one\ntwo\n' }],
  },
};

const isOpenBsd = /OpenBSD netcat/.test(spawnSync('nc', ['-h'], { encoding: 'utf8' }).stderr ?? '');

describe.skipIf(!isOpenBsd || !has('socat'))('our nc and the real one', () => {
  it.each(Object.entries(SCENARIOS))('%s', async (_, { options, serve: handler, steps }) => {
    const real = await serve(handler);
    const client = startReal(`nc ${options} 127.0.0.1 ${real.port}`);
    own(client);
    await follow(client, real, steps);

    const ours = await serve(handler);
    const shell = await terminal();
    shell.enter(`nc ${options} 127.0.0.1 ${ours.port}`);
    await follow(shell, ours, steps);

    expect(ours.received).toEqual(real.received);
    expect(ours.ends).toEqual(real.ends);
  });

  /** Output (both streams) and exit code of the real one, without a terminal. */
  function real(words: string[]): { text: string; status: number | null } {
    const { stdout, stderr, status } = spawnSync('nc', words, { encoding: 'utf8', input: '', timeout: 10_000 });
    return { text: stderr + stdout, status };
  }

  it('say the same about a port, and exit alike', async () => {
    const server = await serve(echo);
    const closed = await closedPort();
    const shell = await terminal();
    for (const words of [
      ['-zv', '127.0.0.1', String(server.port)],
      ['-zv', 'localhost', String(server.port)],
      ['-zv', '127.0.0.1', String(closed)],
      ['-zv', 'localhost', String(closed)],
      ['-v', '127.0.0.1', String(closed)],
      ['-z', '127.0.0.1', String(closed)],
      ['-z', '127.0.0.1', String(server.port)],
      ['-v', '-w', '0', '127.0.0.1', String(server.port)],
      ['-v', '-w', '0', '127.0.0.1', String(closed)],
      ['-w', '-1', '127.0.0.1', '1'],
      ['-w', '2147484', '127.0.0.1', '1'],
      ['-q', 'x', '127.0.0.1', '1'],
      ['-W', '0', '127.0.0.1', '1'],
      ['127.0.0.1'],
      ['127.0.0.1', 'abc'],
      ['127.0.0.1', '99999'],
      ['-lz', '9000'],
    ]) {
      const expected = real(words);
      const line = `nc ${words.join(' ')}`;
      expect([line, await shell.run(line)]).toEqual([line, expected.text]);
      expect([line, await shell.run('echo $?')]).toEqual([line, `${expected.status}\n`]);
    }
  });

  it('keep one datagram a line over UDP', async () => {
    const steps: Step[] = [{ type: 'one\r' }, { see: 'one\none\n' }, { type: 'two\r' }, { see: 'two\ntwo\n' }];
    const forReal = await startUdpEcho();
    own(forReal.socket);
    const client = startReal(`nc -u 127.0.0.1 ${forReal.port}`);
    own(client);
    const nobody = await serve(echo);
    await follow(client, nobody, steps);

    const ours = await startUdpEcho();
    own(ours.socket);
    const shell = await terminal();
    shell.enter(`nc -u 127.0.0.1 ${ours.port}`);
    await shell.until('\n');
    await follow(shell, nobody, steps);
    expect(ours.received).toEqual(forReal.received);
  });

  it('with -l talk with one client and leave with it', async () => {
    const conversation = async (client: Client, port: number): Promise<string> => {
      const peer = createConnection(port, '127.0.0.1');
      let got = '';
      peer.on('data', (octets) => {
        got += octets.toString('utf8');
      });
      peer.write('from the peer\n');
      await client.until('from the peer\n');
      client.type('to the peer\r');
      await new Promise((resolve) => peer.once('data', resolve));
      peer.end();
      await new Promise((resolve) => peer.once('close', resolve));
      return got;
    };
    const realPort = await closedPort();
    const client = startReal(`nc -lv 127.0.0.1 ${realPort}`);
    own(client);
    await client.until('Listening on');
    const fromReal = await conversation(client, realPort);
    await client.ended();

    const port = await closedPort();
    const shell = await terminal();
    shell.enter(`nc -lv 127.0.0.1 ${port}`);
    await shell.until('Listening on');
    expect(await conversation(shell, port)).toBe(fromReal);
    await shell.until('porthole:~$ ');
  });

  it('talk with each other', async () => {
    const port = await closedPort();
    const shell = await terminal();
    shell.enter(`nc -lv4 ${port}`);
    await shell.until('Listening on');
    const client = startReal(`nc -vN 127.0.0.1 ${port}`);
    own(client);
    await client.until(SUCCEEDED);
    client.type('hello from the real one\r');
    await shell.until('hello from the real one\n');
    shell.enter('hello from ours');
    await client.until('hello from ours\n');
    client.type('\u0004');
    await client.ended();
    await shell.until('porthole:~$ ');
  });
});
