import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { createServer, type ViteDevServer } from 'vite';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { playgroundInDevelopment } from './development.ts';

/** A playground that starts when the test lets it, and answers every upgrade with its name. */
const playground = (name: string): string => `export async function startPlayground() {
  await globalThis.lettingStart('${name}');
  const upgrade = (request, socket) => (socket.end('HTTP/1.1 101 ${name}\\r\\n\\r\\n'), true);
  return { gateway: { upgrade, request() {} }, close: async () => {} };
}`;

const world: { lettingStart?: (name: string) => Promise<void> } = globalThis as never;

let folder = '';
let server: ViteDevServer;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'porthole-development-'));
  const entry = join(folder, 'playground.ts');
  await writeFile(entry, playground('first'));
  world.lettingStart = async () => {};
  server = await createServer({
    ...{ configFile: false, root: folder, cacheDir: join(folder, '.cache'), logLevel: 'silent', appType: 'custom' },
    server: { port: 0, host: '127.0.0.1', watch: null },
    plugins: [playgroundInDevelopment({ folder, entry, lessons: join(folder, 'lessons') })],
  });
  await server.listen();
});

afterEach(async () => {
  await server.close();
  await rm(folder, { recursive: true, force: true });
});

/** As when the file is saved. */
async function save(name: string): Promise<void> {
  await writeFile(join(folder, 'playground.ts'), playground(name));
  server.watcher.emit('change', join(folder, 'playground.ts'));
}

/** Asks for a WebSocket; gives all that comes back. */
function asked(): Promise<string> {
  const address = server.httpServer?.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  const socket = connect(port, '127.0.0.1');
  socket.write('GET /ws/wire HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n');
  return text(socket);
}

it('answers an upgrade that comes while the playground starts anew, once it has', async () => {
  expect(await asked()).toContain('101 first');
  let start = (): void => {};
  const starting = new Promise<string>((begins) => {
    world.lettingStart = (name) => {
      begins(name);
      return new Promise((resolve) => {
        start = resolve;
      });
    };
  });
  await save('second');
  expect(await starting).toBe('second');
  const answer = asked();
  await new Promise((came) => server.httpServer?.once('upgrade', came));
  start();
  expect(await answer).toContain('101 second');
});

it('refuses upgrades while the playground does not start', async () => {
  const refused = new Promise<void>((begins) => {
    world.lettingStart = () => {
      begins();
      return Promise.reject(new Error('broken'));
    };
  });
  await save('third');
  await refused;
  expect(await asked()).toContain('503 Service Unavailable');
});
