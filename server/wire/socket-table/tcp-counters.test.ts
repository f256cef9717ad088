import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { SocketRow } from '#protocol/wire.ts';
import { connectionKey, parseSs, withCounters } from './tcp-counters.ts';

const SS = `ESTAB 0      0      127.0.0.1:52918 127.0.0.1:9777  cubic wscale:10,10 rto:204 rtt:0.026/0.014 mss:32768 cwnd:11 ssthresh:7 bytes_acked:6 segs_out:3 retrans:0/2 rcv_space:65495
ESTAB 0 0 [::ffff:127.0.0.1]:7007 [::ffff:127.0.0.1]:5 bbr rto:200 cwnd:10
ESTAB 0 0 [fe80::1%eth0]:7007 [::1]:5 cubic
ESTAB 0 0 10.0.0.1:7007 10.0.0.2:5 ts sack ecn reno wscale:7,7 rto:204 app_limited
TIME-WAIT 0 0 127.0.0.1:7007 127.0.0.1:6
LISTEN 0 511 0.0.0.0:7007 0.0.0.0:* cubic cwnd:10
LISTEN 2 128 [::1]:7007 [::]:*
LISTEN 0 4096 *:7020 *:* cubic cwnd:10
torn line`;

const at = (address: string, port: number) => ({ address, port });

describe('what ss prints', () => {
  it('is read by name, and what it does not say is not made up', () => {
    const { counters } = parseSs(SS);
    expect(counters.get(connectionKey(at('127.0.0.1', 52_918), at('127.0.0.1', 9_777)))).toEqual({
      congestion: 'cubic',
      rttMs: 0.026,
      rttVariationMs: 0.014,
      rtoMs: 204,
      mss: 32_768,
      congestionWindow: 11,
      slowStartThreshold: 7,
      bytesAcked: 6,
      bytesReceived: null,
      retransmitted: 2,
    });
    expect(counters.get(connectionKey(at('127.0.0.1', 7_007), at('127.0.0.1', 5)))).toMatchObject({
      rttMs: null,
      rtoMs: 200,
    });
    expect(counters.has(connectionKey(at('fe80::1', 7_007), at('::1', 5)))).toBe(true);
    expect(counters.size).toBe(4);
  });

  it('names the congestion control behind the options of TCP', () => {
    const { counters } = parseSs(SS);
    expect(Array.from(counters.values(), ({ congestion }) => congestion)).toEqual(['cubic', 'bbr', 'cubic', 'reno']);
  });

  it('says of a listener how many connections may wait', () => {
    expect([...parseSs(SS).backlogs]).toEqual([
      ['0.0.0.0:7007', 511],
      ['[::1]:7007', 128],
      ['[::]:7020', 4_096],
    ]);
  });
});

/** A machine may be without it, and so without counters. */
const hasSs = spawnSync('ss', ['-V']).status === 0;

describe.runIf(process.platform === 'linux')('a live connection', () => {
  it('has counters at both ends, and a listener the length of its queue', async () => {
    const server = createServer((socket) => socket.pipe(socket)).listen({ port: 0, host: '127.0.0.1', backlog: 17 });
    await once(server, 'listening');
    const address = server.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const client = connect(port, '127.0.0.1');
    client.write('hello');
    await once(client, 'data');
    const local = at('127.0.0.1', client.localPort ?? 0);
    const common = { transport: 'tcp', state: 'ESTABLISHED', receiveQueue: 0, sendQueue: 0 } as const;
    const rows: SocketRow[] = [
      { ...common, local, remote: at('127.0.0.1', port) },
      { ...common, local: at('127.0.0.1', port), remote: local },
      { ...common, local: at('127.0.0.1', port), remote: null, state: 'LISTEN', sendQueue: null },
    ];
    const counted = await withCounters(rows, 'linux');
    client.destroy();
    server.close();
    if (!hasSs) return expect(counted).toEqual(rows);
    expect(counted[0]?.counters?.rttMs).toBeGreaterThan(0);
    expect(counted[1]?.counters?.bytesReceived).toBe(5);
    expect(counted[2]?.counters).toBeUndefined();
    expect(counted[2]?.sendQueue).toBe(17);
  });
});
