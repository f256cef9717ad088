import { spawnSync } from 'node:child_process';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import { has, startReal } from '../testing/real-client.ts';
import { follow, type Step } from '../testing/scenario.ts';
import { closedPort, echo } from '../testing/servers.ts';
import { setStage } from '../testing/stage.ts';

const ESCAPE = '\u001d';
const { own, serve, terminal } = setStage();

interface Scenario {
  readonly serve: (socket: Socket) => void;
  readonly steps: readonly Step[];
}

const CONNECTED = "Trying 127.0.0.1...\nConnected to 127.0.0.1.\nEscape character is '^]'.\n";

/** Only after a line has gone there and back has the real one surely set its terminal, so that ^] means something. */
const ESCAPED: readonly Step[] = [
  { see: CONNECTED },
  { type: 'a\r' },
  { got: 'a\r\n' },
  { type: ESCAPE },
  { see: 'telnet> ' },
];

const SCENARIOS: Readonly<Record<string, Scenario>> = {
  'sends a line': {
    serve: echo,
    steps: [
      { see: CONNECTED },
      { type: 'hello\r' },
      { see: 'hello\nhello\n' },
      { type: ESCAPE },
      { see: '^]\ntelnet> ' },
      { type: 'quit\r' },
      { see: 'Connection closed.\n' },
    ],
  },
  'edits a line before it is sent': {
    serve: echo,
    steps: [
      { see: CONNECTED },
      { type: 'helk\u007flo\r' },
      { see: '\nhello\n' },
      { type: 'drop this\u0015keep\r' },
      { see: '\nkeep\n' },
    ],
  },
  'sends UTF-8 as it is typed': {
    serve: echo,
    steps: [{ see: CONNECTED }, { type: '你好 é\r' }, { got: '\xe4\xbd\xa0\xe5\xa5\xbd \xc3\xa9\r\n' }],
  },
  'sends the octet 4 for Ctrl-D': {
    serve: echo,
    steps: [{ see: CONNECTED }, { type: 'a\r' }, { see: 'a\na\n' }, { type: '\u0004' }, { got: 'a\r\n\x04' }],
  },
  'says when the server closes': {
    serve: (socket) => socket.on('data', () => socket.end('bye\r\n')),
    steps: [{ see: CONNECTED }, { type: 'x\r' }, { see: 'bye\nConnection closed by foreign host.\n' }],
  },
  'says when the server resets': {
    serve: (socket) => socket.on('data', () => socket.resetAndDestroy()),
    steps: [{ see: CONNECTED }, { type: 'x\r' }, { see: 'Connection closed by foreign host.\n' }],
  },
  'says its status and goes on': {
    serve: echo,
    steps: [
      ...ESCAPED,
      { type: 'status\r' },
      {
        see: "Connected to 127.0.0.1.\nOperating in obsolete linemode\nLocal character echo\nEscape character is '^]'.\n",
      },
      { type: 'on\r' },
      { got: 'a\r\non\r\n' },
    ],
  },
  'sends AYT': {
    serve: () => undefined,
    steps: [...ESCAPED, { type: 'send ayt\r' }, { got: 'a\r\n\xff\xf6' }],
  },
  'answers ECHO and SGA, goes to character mode, and strips IAC': {
    serve: (socket) => socket.write(Buffer.from([255, 251, 1, 255, 251, 3, 0x72, 0x65, 0x61, 0x64, 0x79, 13, 10])),
    steps: [{ see: 'ready\n' }, { type: 'ab\r' }, { got: '\xff\xfd\x01\xff\xfd\x03ab\r\0' }],
  },
  'knows no other command at its prompt': {
    serve: echo,
    steps: [...ESCAPED, { type: 'nonsense\r' }, { see: '?Invalid command\n' }],
  },
};

/** The one whose words ours has, which Debian packages; that of Homebrew and older ones say some things otherwise. */
const isInetutils = /inetutils/.test(spawnSync('telnet', ['--version'], { encoding: 'utf8', input: '' }).stdout ?? '');

describe.skipIf(!isInetutils || !has('socat'))('our telnet and the real one', () => {
  it.each(Object.entries(SCENARIOS))('%s', async (_, scenario) => {
    const real = await serve(scenario.serve);
    const client = startReal(`telnet 127.0.0.1 ${real.port}`);
    own(client);
    await follow(client, real, scenario.steps);

    const ours = await serve(scenario.serve);
    const shell = await terminal();
    shell.enter(`telnet 127.0.0.1 ${ours.port}`);
    await follow(shell, ours, scenario.steps);

    expect(ours.received).toEqual(real.received);
  });

  it('say the same when nobody listens', async () => {
    const port = await closedPort();
    const real = spawnSync('telnet', ['127.0.0.1', String(port)], { encoding: 'utf8', input: '' });
    const shell = await terminal();
    expect(await shell.run(`telnet 127.0.0.1 ${port}`)).toBe(real.stdout + real.stderr);
    expect(await shell.run('echo $?')).toBe(`${real.status}\n`);
  });
});
