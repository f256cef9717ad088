import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PayloadRing } from './payload-ring.ts';

describe('PayloadRing', () => {
  it('refuses what it could never hold', () => {
    expect(() => new PayloadRing(4).store(Buffer.alloc(5), 5)).toThrow(RangeError);
  });

  it('erases octets, and only those', () => {
    const ring = new PayloadRing(16);
    const [first, second] = [ring.store(Buffer.from('hunter2'), 7), ring.store(Buffer.from('kept'), 4)];
    ring.erase(first, 7);
    expect(ring.load(first, 11)?.toString('latin1')).toBe(`${'\0'.repeat(7)}kept`);
    expect(ring.load(second, 4)?.toString()).toBe('kept');
    ring.store(Buffer.alloc(12, 0x61), 12);
    ring.erase(first, 7);
    expect(ring.load(second, 4)?.toString() ?? 'gone').not.toContain('\0');
  });

  it('keeps the newest octets whole, and knows which it has overwritten', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ minLength: 1, maxLength: 20 }), { maxLength: 60 }), (pieces) => {
        const ring = new PayloadRing(64);
        const stored = pieces.map((bytes) => ({ bytes, position: ring.store(bytes, bytes.length) }));
        for (const { bytes, position } of stored) {
          const loaded = ring.load(position, bytes.length);
          if (loaded) expect(new Uint8Array(loaded)).toEqual(bytes);
        }
        const newest = stored.at(-1);
        if (newest) expect(ring.holds(newest.position)).toBe(true);
      }),
    );
  });
});
