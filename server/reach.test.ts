import { describe, expect, it } from 'vitest';
import { reachOf } from './reach.ts';

describe('reachOf', () => {
  const demos = () => [{ id: 'echo', transport: 'tcp' as const, host: '192.0.2.7', port: 7007 }];
  const mayReach = reachOf(new Set(['192.0.2.80 80']), demos);

  it('allows loopback, our own demos, and what the user allowed', () => {
    for (const [address, port] of [
      ['127.0.0.1', 22],
      ['127.8.9.1', 80],
      ['::1', 80],
      ['192.0.2.7', 7007],
      ['192.0.2.80', 80],
    ] as const) {
      expect(mayReach(address, port)).toEqual({ allowed: true });
    }
  });

  it('refuses everything else and names the flag that allows it', () => {
    for (const [address, port, flag] of [
      ['192.0.2.7', 22, '--allow 192.0.2.7:22'],
      ['192.0.2.80', 81, '--allow 192.0.2.80:81'],
      ['0.0.0.0', 80, '--allow 0.0.0.0:80'],
      ['::ffff:192.0.2.1', 80, '--allow [::ffff:192.0.2.1]:80'],
      ['2001:db8::1', 80, '--allow [2001:db8::1]:80'],
    ] as const) {
      expect(mayReach(address, port)).toMatchObject({ allowed: false, reason: expect.stringContaining(flag) });
    }
  });
});
