import { expect, it } from 'vitest';
import { CAPTURE_TOOLS, loopbackDevice, remedyFor } from './tools.ts';

it.each([
  ['linux', 'lo', true],
  ['darwin', 'lo0', false],
] as const)(
  'on %s tcpdump captures on %s, with nanoseconds where the kernel has them: %s',
  (platform, device, nano) => {
    const [tcpdump] = CAPTURE_TOOLS;
    const args = tcpdump?.arguments(loopbackDevice(platform), 'tcp', platform) ?? [];
    expect(args.slice(0, 2)).toEqual(['-i', device]);
    expect(args.includes('--time-stamp-precision=nano')).toBe(nano);
    expect(args.slice(-3)).toEqual(['-w', '-', 'tcp']);
  },
);

it.each(['linux', 'darwin', 'win32'] as const)(
  'on %s a command helps, which every shell takes as it stands',
  (platform) => {
    const tools = [null, { name: 'tcpdump', path: '/sbin/tcpdump' }, { name: 'dumpcap', path: '/usr/bin/dumpcap' }];
    for (const tool of tools) {
      const [command = '', ...more] = remedyFor(platform, tool);
      expect([command, more]).toEqual([expect.stringMatching(/^\w[^#]+$/), []]);
    }
  },
);
