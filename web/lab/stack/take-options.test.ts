import { describe, expect, it } from 'vitest';
import { DEFAULT_TCP_OPTIONS, type TcpOptions } from './options.ts';
import { takeOptions } from './take-options.ts';
import { CLIENT, connected, pattern, SERVER, send } from './testing/two-hosts.ts';

describe('options', () => {
  it('are those asked for, and the others as they were', () => {
    expect(takeOptions(DEFAULT_TCP_OPTIONS, { nagle: false, minRtoUs: 5_000 })).toEqual({
      ...DEFAULT_TCP_OPTIONS,
      nagle: false,
      minRtoUs: 5_000,
    });
  });

  it('out of bounds are put between them; what is no number is not taken', () => {
    const wanted = {
      delayedAckUs: 9e9,
      sendBufferBytes: -1,
      receiveBufferBytes: 1e15,
      minRtoUs: 0,
      dataRetries: Number.NaN,
    };
    expect(takeOptions(DEFAULT_TCP_OPTIONS, wanted)).toMatchObject({
      delayedAckUs: 500_000,
      sendBufferBytes: 1,
      receiveBufferBytes: 64 * 1024 * 1024,
      minRtoUs: 1_000,
      dataRetries: 15,
    });
  });

  it('that make no sense do not stop time', () => {
    const mad: Partial<TcpOptions> = {
      mss: Number.NaN,
      windowShift: -3,
      initialRtoUs: 0,
      minRtoUs: 0,
      maxRtoUs: 0,
      mslUs: -1,
      keepAlive: true,
      keepAliveIdleUs: 0,
      keepAliveIntervalUs: 0,
      initialWindowSegments: Number.POSITIVE_INFINITY,
      receiveBufferBytes: 0,
    };
    const two = connected({ a: mad, b: mad, delayUs: 100 });
    send(two, 'a', CLIENT, pattern(50));
    two.call('a', { call: 'tcp.set', socket: CLIENT, options: mad });
    two.run(1_000_000);
    two.call('a', { call: 'tcp.close', socket: CLIENT });
    two.call('b', { call: 'tcp.abort', socket: SERVER });
    two.run(10_000_000);
    expect(two.views('a')).toEqual([]);
  });
});
