import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { expect, it } from 'vitest';
import { Journal } from '../journal.ts';
import { Relays } from './relays.ts';

it('finds a server on the second address of its name, and says which one that is', async () => {
  const server = createServer((socket) => socket.on('error', () => {}).end('found')).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const relays = new Relays({
    journal: new Journal(),
    hosts: ['127.0.0.1'],
    lookup: async () => ['::1', '127.0.0.1'],
    mayReach: () => ({ allowed: true }),
    isPagePort: () => false,
    ports: new Set(),
    listen: async (open, wanted) => [await open('127.0.0.1', wanted)],
    randomSeed: () => 1,
  });
  const { listens } = await relays.add({ transport: 'tcp', port: 0, target: { host: 'localhost', port } });
  const client = connect({ host: '127.0.0.1', port: listens[0]?.port ?? 0 });
  expect(await text(client)).toBe('found');
  expect(relays.list()[0]?.target).toEqual({ address: '127.0.0.1', port });
  await relays.close();
  server.close();
});
