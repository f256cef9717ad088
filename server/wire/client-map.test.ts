import { describe, expect, it } from 'vitest';
import { ClientMap } from './client-map.ts';

describe('ClientMap', () => {
  it('tells clients apart by port and by address', () => {
    const map = new ClientMap<string>(3);
    map.add(5_000, '127.0.0.1', 'a');
    map.add(5_000, '127.0.0.2', 'b');
    map.add(5_001, '127.0.0.1', 'c');
    const found = [map.get(5_000, '127.0.0.1'), map.get(5_000, '127.0.0.2'), map.get(5_001, '127.0.0.1')];
    expect(found).toEqual(['a', 'b', 'c']);
    expect([map.get(5_001, '127.0.0.2'), map.get(5_002, '127.0.0.1')]).toEqual([undefined, undefined]);
  });

  it('lets the one added first go when it is full, and may take it again', () => {
    const map = new ClientMap<string>(2);
    expect([map.add(1, 'x', 'first'), map.add(1, 'y', 'second'), map.add(2, 'x', 'third')]).toEqual([
      null,
      null,
      'first',
    ]);
    expect([map.get(1, 'x'), map.get(1, 'y'), map.get(2, 'x')]).toEqual([undefined, 'second', 'third']);
    expect(map.add(1, 'x', 'again')).toBe('second');
    expect([map.get(1, 'x'), map.get(1, 'y')]).toEqual(['again', undefined]);
  });
});
