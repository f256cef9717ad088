import { describe, expect, it } from 'vitest';
import { moveOf } from './use-row-keys.ts';

describe('moveOf', () => {
  it('begins at the newest row', () => {
    expect(moveOf('ArrowUp', -1, 5)).toEqual({ index: 4, step: -1 });
    expect(moveOf('ArrowDown', -1, 5)).toEqual({ index: 4, step: -1 });
  });

  it('steps to the neighbours', () => {
    expect(moveOf('ArrowUp', 3, 5)).toEqual({ index: 2, step: -1 });
    expect(moveOf('ArrowDown', 3, 5)).toEqual({ index: 4, step: 1 });
  });

  it('goes to both ends, and by pages within them', () => {
    expect(moveOf('Home', 3, 50)).toEqual({ index: 0, step: 1 });
    expect(moveOf('End', 3, 50)).toEqual({ index: 49, step: -1 });
    expect(moveOf('PageUp', 3, 50)).toEqual({ index: 0, step: 1 });
    expect(moveOf('PageDown', 45, 50)).toEqual({ index: 49, step: -1 });
  });

  it('leaves other keys alone', () => {
    expect(moveOf('a', 3, 5)).toBeNull();
  });
});
