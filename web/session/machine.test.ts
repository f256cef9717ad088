import { expect, test } from 'vitest';
import { createMachineSource } from './machine.ts';

const machine = {
  certificateFingerprint: 'AB:CD',
  version: '1.0.0',
  platform: 'linux',
  ipv6: true,
  socketTable: true,
  tools: { nc: true },
  udpReceiveBuffer: { echo: 425_984 },
};

test('is asked once, however many want to know', async () => {
  let asked = 0;
  const source = createMachineSource(async () => {
    asked += 1;
    return Response.json(machine);
  });
  await Promise.all([source.load(), source.load()]);
  await source.load();
  expect([asked, source.store.getState()]).toEqual([1, { status: 'known', machine }]);
});

test.each([
  ['an error answer', async () => Response.json(machine, { status: 500 })],
  ['another shape', async () => Response.json({ version: 1 })],
  ['no JSON', async () => new Response('<html>')],
  ['no network', () => Promise.reject(new TypeError('Failed to fetch'))],
])('%s is said to be unknown, and asked again later', async (_, fetch: () => Promise<Response>) => {
  let answer = fetch;
  const source = createMachineSource(() => answer());
  await source.load();
  expect(source.store.getState().status).toBe('failed');
  answer = async () => Response.json(machine);
  await source.load();
  expect(source.store.getState().status).toBe('known');
});
