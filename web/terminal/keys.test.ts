import { describe, expect, it } from 'vitest';
import { clipboardKeys, type KeyPress, keyUse } from './keys.ts';

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  shiftKey: false,
  altKey: false,
  metaKey: false,
  ...modifiers,
});

describe('keyUse', () => {
  it('lets Shift+Tab leave, and Tab complete', () => {
    expect(keyUse(press('Tab', { shiftKey: true }))).toBe('leave');
    expect(keyUse(press('Tab'))).toBe('terminal');
  });

  it('lets F6 leave either way', () => {
    expect(keyUse(press('F6'))).toBe('leave');
    expect(keyUse(press('F6', { shiftKey: true }))).toBe('leave');
    expect(keyUse(press('F5'))).toBe('terminal');
  });

  it('leaves Ctrl+C to the program', () => {
    expect(keyUse(press('c', { ctrlKey: true }))).toBe('terminal');
    expect(keyUse(press('C', { ctrlKey: true, shiftKey: true }))).toBe('copy');
  });

  it('knows both ways to copy and to paste', () => {
    expect(keyUse(press('Insert', { ctrlKey: true }))).toBe('copy');
    expect(keyUse(press('Insert', { shiftKey: true }))).toBe('paste');
    expect(keyUse(press('V', { ctrlKey: true, shiftKey: true }))).toBe('paste');
  });

  it('spells the keys as the system does', () => {
    expect(clipboardKeys('MacIntel').copy).toBe('⌘C');
    expect(clipboardKeys('Linux x86_64').paste).toBe('Ctrl+Shift+V');
  });
});
