import { expect, it } from 'vitest';
import { sysctlsOf } from './sysctl.ts';

it.each([
  ['sysctl -w net.inet.tcp.sack.enable=1', [['net.inet.tcp.sack.enable', '1']]],
  [
    'sysctl -q net.ipv4.tcp_sack=0 net.ipv4.tcp_ecn=2',
    [
      ['net.ipv4.tcp_sack', '0'],
      ['net.ipv4.tcp_ecn', '2'],
    ],
  ],
  ['sysctl -q net.ipv4.tcp_rmem="4096 1 $((15*1024*1024))"', [['net.ipv4.tcp_rmem', '4096 1 15728640']]],
  ['../set.py /proc/sys/net/ipv4/tcp_wmem="4096 50000 4194304"', [['net.ipv4.tcp_wmem', '4096 50000 4194304']]],
  ['echo 0 > /proc/sys/net/ipv4/tcp_timestamps', [['net.ipv4.tcp_timestamps', '0']]],
  ['kern.ipc.maxsockbuf = 2097152', [['kern.ipc.maxsockbuf', '2097152']]],
  ['# sysctl net.ipv4.tcp_sack=0', []],
  ['tc qdisc replace dev tun0 root fq', []],
])('%s', (command, expected) => {
  expect(sysctlsOf(command).map(({ name, value }) => [name, value])).toEqual(expected);
});
