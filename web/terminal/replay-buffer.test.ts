import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ReplayBuffer } from './replay-buffer.ts';

describe('ReplayBuffer', () => {
  it('gives back everything below its bound', () => {
    const buffer = new ReplayBuffer(100);
    buffer.push('a\r\n');
    buffer.push('b');
    expect(buffer.text()).toBe('a\r\nb');
  });

  it('begins at a line once it had to let go', () => {
    const buffer = new ReplayBuffer(8);
    buffer.push('\u001b[31mfirst\u001b[0m\r\n');
    buffer.push('second');
    expect(buffer.text()).toBe('second');
  });

  it('forgets when cleared', () => {
    const buffer = new ReplayBuffer(8);
    buffer.push('x');
    buffer.clear();
    expect(buffer.text()).toBe('');
  });

  it('never holds more than its bound, and always the end of what came', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: fc.constantFrom('a', 'b', '\n'), maxLength: 12 })), (pieces) => {
        const buffer = new ReplayBuffer(20);
        for (const piece of pieces) buffer.push(piece);
        expect(buffer.text().length).toBeLessThanOrEqual(20);
        expect(pieces.join('').endsWith(buffer.text())).toBe(true);
      }),
    );
  });
});
