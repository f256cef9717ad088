import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { freePort } from '../server/testing/free-port.ts';
import { type BuiltServer, type BuiltServerOptions, startBuiltServer } from './run/built-server.ts';
import { runCommand } from './run/command.js';
import { SCRIPTS } from './run/repository.js';

let data = '';
const running: BuiltServer[] = [];
const listeners: Server[] = [];

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'porthole-cli-'));
});

afterEach(async () => {
  await Promise.all(running.splice(0).map((server) => server.stop()));
  for (const listener of listeners.splice(0)) listener.close();
  await rm(data, { recursive: true, force: true });
});

async function start(...args: string[]): Promise<BuiltServer> {
  const options: BuiltServerOptions = { data, args };
  const server = await startBuiltServer(options);
  running.push(server);
  return server;
}

function porthole(...args: string[]) {
  return runCommand(process.execPath, [SCRIPTS.server, '--data', data, ...args]);
}

async function takenPort(): Promise<number> {
  const listener = createServer().listen(0, '127.0.0.1');
  listeners.push(listener);
  await once(listener, 'listening');
  const address = listener.address();
  return typeof address === 'object' && address ? address.port : 0;
}

describe('porthole', () => {
  it('answers the demos it announced, and its health', async () => {
    const server = await start();
    expect(await (await fetch(`${server.url}/api/demos`)).json()).toEqual({ demos: server.demos });
    expect(await (await fetch(`${server.url}/api/health`)).json()).toEqual({ ok: true });
  });

  // Windows has no signals: a process there ends at once.
  it.skipIf(process.platform === 'win32')(
    'stops on each signal with exit code 0 while connections and a WebSocket are open, also when npm sends it once more',
    async () => {
      const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
      const stopped = signals.map(async (signal, number) => {
        const server = await start('--data', join(data, String(number)));
        const { host, port } = server.demo('echo');
        const client = connect({ host, port });
        await once(client, 'connect');
        const page = new WebSocket(`${server.url.replace('http', 'ws')}/ws/wire`);
        await once(page, 'open');
        const closed = once(client, 'close');
        const pageClosed = once(page, 'close');
        // Both at once, as a terminal and npm send them: a signal to a process that has all but ended ends it otherwise.
        process.kill(server.pid, signal);
        const exitCode = await server.stop(signal);
        const [closeCode] = await pageClosed;
        await closed;
        return [closeCode, exitCode];
      });
      const GOING_AWAY = 1001;
      expect(await Promise.all(stopped)).toEqual(signals.map(() => [GOING_AWAY, 0]));
    },
  );

  it('says where the first instance runs when a second one starts, and both serve', async () => {
    const first = await start();
    const second = await start();
    expect(second.stderr()).toContain(`Porthole already runs at ${first.url}`);
    expect(second.url).not.toBe(first.url);
    expect((await fetch(`${second.url}/api/health`)).status).toBe(200);
  });

  it('runs where nothing can be kept, and says what that means', async () => {
    const file = join(data, 'file');
    await writeFile(file, '');
    const server = await start('--data', file);
    expect(server.stderr()).toContain(`Nothing can be kept in ${file}`);
    expect((await fetch(`${server.url}/api/health`)).status).toBe(200);
  });

  it('listens on the port that was named for a demo', async () => {
    const port = await freePort();
    const server = await start('--demo-port', `echo=${port}`);
    expect(server.demo('echo').port).toBe(port);
  });

  it('fails clearly when a port that was named is taken', async () => {
    const port = await takenPort();
    const { code, output } = await porthole('--ports', 'auto', '--no-open', '--demo-port', `echo=${port}`);
    expect(code).toBe(1);
    expect(output).toContain(`Port ${port}, which you named for echo, is taken`);
  });

  it('fails clearly when a demo is named that is not there', async () => {
    const { code, output } = await porthole('--ports', 'auto', '--no-open', '--demo-port', 'finger=79');
    expect(code).toBe(2);
    expect(output).toContain('There is no demo "finger". The demos are echo, discard, daytime, chat-lines');
  });

  it('explains itself and its usage errors', async () => {
    expect((await porthole('--help')).output).toContain('Usage: porthole [options]');
    expect((await porthole('--version')).output).toMatch(/^\d+\.\d+\.\d+\s*$/);
    const elsewhere = await porthole('--ports', 'auto', '--no-open', '--host', '192.0.2.1');
    expect([elsewhere.code, elsewhere.output]).toEqual([1, expect.stringContaining('is no address of this machine')]);
    const wrong = await porthole('--port', 'high');
    expect([wrong.code, wrong.output]).toEqual([2, expect.stringContaining('--port takes a port from 0 to 65535')]);
  });
});

describe('porthole check', () => {
  const check = (...args: string[]) => runCommand(process.execPath, [SCRIPTS.server, 'check', ...args]);

  it('ends with 0 when the server passes, 1 when it does not, 2 when it is not understood', async () => {
    const server = await start();
    const passed = await check('echo', '--port', String(server.demo('echo').port));
    expect([passed.code, passed.output]).toEqual([0, expect.stringContaining('Passed: 90 points.')]);
    const failed = await check('echo', '--port', String(server.demo('discard').port), '--lang', 'zh');
    expect([failed.code, failed.output]).toEqual([1, expect.stringContaining('没有任何回应')]);
    expect((await check('echo')).code).toBe(2);
  });

  it('minds nothing when nobody reads to the end what it prints', async () => {
    const child = spawn(process.execPath, [SCRIPTS.server, 'check', '--list'], { stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.destroy();
    const complaint = text(child.stderr);
    const [code] = await once(child, 'close');
    expect([code, await complaint]).toEqual([0, '']);
  });
});
