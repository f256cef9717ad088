import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestPlayground, type TestPlayground } from '../../testing/playground.ts';
import { FIN_AT_END_OF_INPUT } from '../testing/netcat.ts';
import { Program } from '../testing/program.ts';

const HOST = '127.0.0.1';

let playground: TestPlayground;
let port: string;

beforeAll(async () => {
  playground = await startTestPlayground();
  port = String(playground.address('discard', 'tcp').port);
});

afterAll(() => playground.close());

it.each([
  ['nc', [...FIN_AT_END_OF_INPUT, HOST]],
  ['ncat', [HOST]],
])('takes 1 MB from %s, answers nothing, and closes after the FIN', async (name, args) => {
  const { stdout, code } = await Program.run(name, [...args, port], randomBytes(1024 * 1024));
  expect(stdout).toHaveLength(0);
  expect(code).toBe(0);
});

it('takes 1 MB from socat and closes after the FIN', async () => {
  const bytes = randomBytes(1024 * 1024);
  const { stdout, code } = await Program.run('socat', ['-t', '60', '-', `TCP4:${HOST}:${port}`], bytes);
  expect(stdout).toHaveLength(0);
  expect(code).toBe(0);
});

it('leaves telnet connected and without an answer', () =>
  Program.using('telnet', [HOST, port], async (telnet) => {
    await telnet.prints("Escape character is '^]'.");
    const before = telnet.text;
    await telnet.type('anybody there?\n').endInput().result();
    expect(telnet.stdout.toString()).toBe(before);
  }));
