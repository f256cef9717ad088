import { describe, expect, it } from 'vitest';
import type { CapturedFrame } from '#protocol/capture.ts';
import { MAX_HELD_PACKET_BYTES, MAX_HELD_PACKETS, WritablePacketLog } from './packet-log.ts';

const frame = (number: number, bytes = 'AAAA'): CapturedFrame => ({
  number,
  seconds: 1,
  nanoseconds: number,
  timeUs: number,
  interface: 'lo',
  linkType: 1,
  bytes,
  originalLength: 3,
});

describe('the packets that the page holds', () => {
  it('are found by number, and not taken twice when the capture is looked at again', () => {
    const log = new WritablePacketLog();
    log.take([frame(3), frame(4)], 2);
    log.take([frame(3), frame(4), frame(6)], 1);
    expect(log.all.map(({ number }) => number)).toEqual([3, 4, 6]);
    expect([log.byNumber(4)?.nanoseconds, log.byNumber(5), log.missed]).toEqual([4, undefined, 3]);
  });

  it('are bounded in number, and count what went', () => {
    const log = new WritablePacketLog();
    const many = MAX_HELD_PACKETS + 5_000;
    log.take(
      Array.from({ length: many }, (_, at) => frame(at + 1)),
      0,
    );
    expect(log.all.length).toBeLessThan(many);
    expect(log.missed + log.all.length).toBe(many);
    expect(log.all.at(-1)?.number).toBe(many);
  });

  it('are bounded in octets', () => {
    const log = new WritablePacketLog();
    const large = Buffer.alloc(1024 * 1024).toString('base64');
    for (let number = 1; number <= 40; number += 1) log.take([frame(number, large)], 0);
    expect(log.all.length * 1024 * 1024).toBeLessThanOrEqual(MAX_HELD_PACKET_BYTES);
  });
});
