import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Program } from '../../../../server/demos/testing/program.ts';
import { labOf, ready } from '../testing/lab.ts';
import { READY_PROGRAMS, type ReadyProgramId } from './ready-programs.ts';

/**
 * What Node's programs import instead of node:net and node:dgram: the same, on a port that is free. The program's text is
 * otherwise as it is. The server prints its port; the client gets it as an argument.
 */
const SHIM = `
import realNet from 'node:net';
import realDgram from 'node:dgram';
const [, , client] = process.argv;
export const net = {
  ...realNet,
  connect: (_port, ...rest) => realNet.connect({ port: Number(client), host: '127.0.0.1' }, ...rest),
  createServer: (...args) => {
    const server = realNet.createServer(...args);
    return { listen: () => server.listen(0, '127.0.0.1', () => console.log('port', server.address().port, '.')) };
  },
};
export const dgram = {
  createSocket: (...args) => {
    const socket = realDgram.createSocket(...args);
    const { bind, send } = socket;
    if (client) socket.send = (bytes) => send.call(socket, bytes, Number(client), '127.0.0.1');
    else socket.bind = () => bind.call(socket, 0, '127.0.0.1', () => console.log('port', socket.address().port, '.'));
    return socket;
  },
};
`;

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porthole-programs-'));
  await writeFile(join(folder, 'shim.mjs'), SHIM);
  for (const { id, text } of READY_PROGRAMS)
    await writeFile(fileOf(id), text.replace(/^import (\w+) from 'node:\w+';/, "import { $1 } from './shim.mjs';"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

function fileOf(id: ReadyProgramId): string {
  return join(folder, `${id}.mjs`);
}

/** Starts a ready program in Node; only its import is another. */
function inNode(id: ReadyProgramId, port?: string): Program {
  return Program.start(process.execPath, port === undefined ? [fileOf(id)] : [fileOf(id), port]);
}

/** What both print in Node, without the line that tells the port; the server is ended when it has printed `last`. */
async function printedInNode(client: ReadyProgramId, server: ReadyProgramId, last = ''): Promise<string[][]> {
  const serving = inNode(server);
  try {
    await serving.prints(' .\n');
    const port = /port (\d+)/.exec(serving.text)?.[1] ?? '';
    const { stdout } = await inNode(client, port).result();
    await serving.prints(last);
    return [lines(stdout.toString()), lines(serving.text).slice(1)];
  } finally {
    await serving.stop();
  }
}

/** How long things took is another matter in Node. */
function lines(text: string): string[] {
  return text.split('\n').flatMap((line) => (line === '' ? [] : line.replace(/\d+ ms/, 'some ms')));
}

/** Eleven pairs of processes at once take their time on a machine with other work to do. */
const PATIENCE_MS = 60_000;

test.concurrent.each([
  ['hello-client', 'echo-server'],
  ['http-client', 'http-server'],
  ['bulk-sender', 'discard-server'],
  ['chatty-sender', 'discard-server'],
  ['udp-client', 'udp-echo-server'],
  ['chat-client', 'chat-server'],
  ['small-sender', 'discard-server'],
  ['long-sender', 'discard-server'],
  ['tcp-ticker', 'tcp-listener'],
  ['udp-ticker', 'udp-listener'],
  ['big-datagrams', 'udp-listener'],
] as const)(
  '%s and %s print the same in the lab and in Node',
  async (client, server) => {
    const lab = await labOf(ready(client, server)).finish();
    const printed = [lab.printed('a'), lab.printed('b')].map((each) => each.flatMap((text) => lines(text)));
    expect(await printedInNode(client, server, printed[1]?.at(-1)?.split(', after')[0])).toEqual(printed);
  },
  PATIENCE_MS,
);
