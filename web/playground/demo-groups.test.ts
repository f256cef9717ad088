import { expect, test } from 'vitest';
import { groupDemos } from './demo-groups.ts';
import { hostFor } from './demo-host.ts';

const at = (id: string, transport: 'tcp' | 'udp', host: string, port: number) => ({ id, transport, host, port });

test('addresses are grouped by demo, transport and port, TCP first', () => {
  const groups = groupDemos([
    at('echo', 'udp', '127.0.0.1', 1),
    at('echo', 'tcp', '127.0.0.1', 1),
    at('chat-lines', 'tcp', '127.0.0.1', 2),
    at('echo', 'tcp', '::1', 1),
  ]);
  expect(groups).toEqual([
    {
      id: 'echo',
      offers: [
        { transport: 'tcp', port: 1, hosts: ['127.0.0.1', '::1'] },
        { transport: 'udp', port: 1, hosts: ['127.0.0.1'] },
      ],
    },
    { id: 'chat-lines', offers: [{ transport: 'tcp', port: 2, hosts: ['127.0.0.1'] }] },
  ]);
});

test.each([
  ['tcp', ['127.0.0.1', '::1'], 'localhost'],
  ['udp', ['127.0.0.1', '::1'], '127.0.0.1'],
  ['tcp', ['::1'], '::1'],
  ['tcp', ['192.168.1.5'], '192.168.1.5'],
  ['tcp', ['0.0.0.0'], 'classroom.lan'],
  ['udp', ['::'], 'classroom.lan'],
] as const)('%s on %j is reached at %s', (transport, hosts, expected) => {
  expect(hostFor({ transport, port: 1, hosts }, 'classroom.lan')).toBe(expected);
});

test('an IPv6 page host loses its brackets', () => {
  expect(hostFor({ transport: 'tcp', port: 1, hosts: ['::'] }, '[2001:db8::1]')).toBe('2001:db8::1');
});
