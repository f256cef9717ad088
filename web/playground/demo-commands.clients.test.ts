import { exec, execFileSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { promisify } from 'node:util';
import { describe, expect, onTestFinished, test } from 'vitest';
import { type CommandSetting, demoCommand } from './demo-commands.ts';

const run = promisify(exec);
const setting: CommandSetting = { platform: process.platform, tools: {}, pageHost: 'localhost' };
const DEADLINE_MS = 10_000;

/** A server on a port of the system's choice that serves each demo's way of talking; answers what it heard. */
async function serveTcp(demo: string): Promise<{ port: number; heard: () => string }> {
  let heard = '';
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('data', (bytes) => {
      heard += bytes;
      if (demo === 'echo') socket.write(bytes);
    });
    socket.on('end', () => socket.end());
    if (demo === 'daytime') socket.end('Sunday, noon\r\n');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => void server.close());
  return { port: (server.address() as AddressInfo).port, heard: () => heard };
}

async function serveUdp(demo: string): Promise<{ port: number; heard: Promise<string> }> {
  const socket = createSocket('udp4');
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  const heard = once(socket, 'message').then(([bytes, from]) => {
    const answer = demo === 'daytime' ? 'Sunday, noon\r\n' : bytes;
    if (demo !== 'discard') socket.send(answer, from.port, from.address);
    return String(bytes);
  });
  return { port: socket.address().port, heard };
}

const hasPython = (() => {
  try {
    execFileSync(process.platform === 'win32' ? 'python' : 'python3', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
})();

const clients = (['node', 'python'] as const).filter((client) => client === 'node' || hasPython);

describe.each(clients)('the copyable %s command, run by the system’s shell', (client) => {
  const text = (demo: string, transport: 'tcp' | 'udp', port: number) =>
    demoCommand(client, demo, { transport, port, hosts: ['127.0.0.1'] }, setting)?.text ?? '';

  test.each([
    ['echo', 'hello\n', /hello/],
    ['discard', 'hello\n', /^$/],
    ['daytime', '', /Sunday, noon/],
  ])('talks TCP to %s and ends', async (demo, said, printed) => {
    const server = await serveTcp(demo);
    const { stdout } = await run(text(demo, 'tcp', server.port), { timeout: DEADLINE_MS });
    expect(stdout).toMatch(printed);
    await expect.poll(server.heard).toBe(said);
  });

  test.each([
    ['echo', /^hello\n?$/, /hello/],
    ['discard', /^hello\n?$/, /^$/],
    ['daytime', /^$/, /Sunday, noon/],
  ])('talks UDP to %s and ends', async (demo, said, printed) => {
    const server = await serveUdp(demo);
    const { stdout } = await run(text(demo, 'udp', server.port), { timeout: DEADLINE_MS });
    expect(stdout).toMatch(printed);
    expect(await server.heard).toMatch(said);
  });

  test('connects the keyboard to a demo that is talked to', async () => {
    const server = await serveTcp('echo');
    const talking = run(text('chat-lines', 'tcp', server.port), { timeout: DEADLINE_MS });
    talking.child.stdin?.write('ada\n');
    const [first] = await once(talking.child.stdout ?? process.stdin, 'data');
    talking.child.stdin?.end();
    await talking;
    expect([String(first).trim(), server.heard()]).toEqual(['ada', 'ada\n']);
  });
});
